"""KerasCallback, the class to derive one's own callbacks from."""

from typing import Any

import keras

from ..language.notices import warn
from ..training.batch_logs import show_batches
from ..training.hooks import call_both_names, lend_logs


class KerasCallback(keras.callbacks.Callback):
    """The base class of one's own callbacks.

    A derived class defines the hooks it wants: `on_epoch_begin(epoch, logs)`, `on_epoch_end(epoch, logs)`,
    `on_batch_begin(batch, logs)`, `on_batch_end(batch, logs)`, `on_train_begin(logs)`, `on_train_end(logs)`, and the
    same for `on_train_batch_…`, `on_test_…` and `on_predict_…`. `epoch` and `batch` count from 0. Where `on_batch_end`
    and `on_train_batch_end` are both defined, both are called, in this order. The class need not call
    `super().__init__()`. In the logs `acc` finds `accuracy` and the other way round. After a batch they have the values
    of that batch alone, and `batch` and `size`: see `callback_lambda`.

    A class whose hooks remember something may define `get_state()`, which returns what has to be kept, and
    `set_state(state)`, which takes it back: `callback_backup_and_restore` calls them. A state is made of None, numbers,
    texts, bytes and arrays, and lists, tuples and dicts of them.

    Args:
        validation_data: What `self.validation_data` is to be. Keras 3 does not tell callbacks which data a training is
            validated on.

    Attributes:
        params: What Keras tells of the training: `epochs`, `steps` (batches an epoch) and `verbose`.
        model: The model that is trained.
        validation_data: As given, or None.

    Example:
        >>> class LossHistory(KerasCallback):
        ...     def on_train_begin(self, logs=None):
        ...         self.losses = []
        ...
        ...     def on_batch_end(self, batch, logs=None):
        ...         self.losses.append(logs["loss"])

    Source:
        R keras 2.2.5.0, `KerasCallback`; Keras, `keras.callbacks.Callback`.
    """

    params: dict[str, Any] | None = None
    _model: keras.Model | None = None
    _validation_data: Any = None

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for name in [name for name in vars(cls) if hasattr(keras.callbacks.Callback, name) and name.startswith("on_")]:
            setattr(cls, name, lend_logs(vars(cls)[name]))

    def __init__(self, validation_data: Any = None) -> None:
        super().__init__()
        self._validation_data = validation_data

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def set_model(self, model: keras.Model) -> None:
        super().set_model(model)
        call_both_names(self)
        show_batches(self)

    @property
    def model(self) -> Any:
        return super().model

    @model.setter
    def model(self, model: keras.Model) -> None:
        self.set_model(model)

    @property
    def validation_data(self) -> Any:
        if self._validation_data is None:
            warn(
                type(self).__name__,
                "`validation_data` is None, because Keras 3 does not tell callbacks which data a training is "
                "validated on. Give it to the callback: KerasCallback(validation_data = …).",
                stacklevel=3,
            )
        return self._validation_data

    @validation_data.setter
    def validation_data(self, data: Any) -> None:
        self._validation_data = data

    def get_state(self) -> Any:
        """What a training that broke off needs to go on with this callback, at the end of an epoch; None for nothing.

        Returns:
            None, numbers, texts, bytes and arrays, or lists, tuples and dicts of them.
        """
        return None

    def set_state(self, state: Any) -> None:
        """Takes back, after `on_train_begin` of the training that goes on, what `get_state` returned.

        Args:
            state: That.
        """

    def set_context(self, params: dict[str, Any] | None = None, model: keras.Model | None = None) -> None:
        """Says what is trained, and how.

        Args:
            params: `epochs`, `steps` and `verbose` of the training.
            model: The model.
        """
        self.set_params(params)
        self.set_model(model)
