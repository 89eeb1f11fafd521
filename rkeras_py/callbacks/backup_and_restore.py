"""callback_backup_and_restore()."""

from typing import Annotated, Literal

import keras
from annotated_types import Ge

from ..semantics import Described, Path, r_function


class BackupAndRestore(Described, keras.callbacks.BackupAndRestore):
    """Keras's own, with a printed form."""


@r_function
def callback_backup_and_restore(
    backup_dir: Path,
    save_freq: Literal["epoch"] | Annotated[int, Ge(1)] = "epoch",
    double_checkpoint: bool = False,
    delete_checkpoint: bool = True,
) -> keras.callbacks.BackupAndRestore:
    """Keeps the state of a training, so that the same script, run again after an interruption, goes on from there.

    Args:
        backup_dir: A directory for this callback alone.
        save_freq: `"epoch"`, or the number of batches from one backup to the next.
        double_checkpoint: Whether to keep the backup before the last one too.
        delete_checkpoint: Whether to delete the backup when the training has come to its end.

    Returns:
        The callback.

    Raises:
        ArgumentError: An argument is not what it must be.
        ValueError: When the training begins, if the model is not built yet.

    Source:
        R keras 2.15.0, `callback_backup_and_restore`; Keras, `keras.callbacks.BackupAndRestore`.
    """
    return BackupAndRestore(**locals())
