from .callbacks.backup_and_restore import callback_backup_and_restore as callback_backup_and_restore
from .callbacks.csv_logger import callback_csv_logger as callback_csv_logger
from .callbacks.early_stopping import callback_early_stopping as callback_early_stopping
from .callbacks.keras_callback import KerasCallback as KerasCallback
from .callbacks.lambda_callback import callback_lambda as callback_lambda
from .callbacks.learning_rate_scheduler import callback_learning_rate_scheduler as callback_learning_rate_scheduler
from .callbacks.model_checkpoint import callback_model_checkpoint as callback_model_checkpoint
from .callbacks.progbar_logger import callback_progbar_logger as callback_progbar_logger
from .callbacks.reduce_lr_on_plateau import callback_reduce_lr_on_plateau as callback_reduce_lr_on_plateau
from .callbacks.remote_monitor import callback_remote_monitor as callback_remote_monitor
from .callbacks.tensorboard import callback_tensorboard as callback_tensorboard
from .callbacks.terminate_on_nan import callback_terminate_on_naan as callback_terminate_on_naan
from .callbacks.terminate_on_nan import callback_terminate_on_nan as callback_terminate_on_nan
from .errors import ArgumentError as ArgumentError
from .models.hdf5 import load_model_hdf5 as load_model_hdf5
from .models.hdf5 import load_model_weights_hdf5 as load_model_weights_hdf5
from .models.training import evaluate as evaluate
from .models.training import fit as fit
from .models.training import last_history as last_history
from .models.training import predict as predict
from .notices import RKerasWarning as RKerasWarning

__version__: str
__all__: list[str]
