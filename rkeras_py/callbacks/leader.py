"""The callback that stands first in every `fit` of rkeras, for what has to be done before any other callback looks."""

from collections.abc import MutableMapping
from typing import Any

import keras

from ..training import learning_rate
from ..training.batch_logs import sees, show_batches
from .keras_callback import KerasCallback
from .lambda_callback import LambdaCallback
from .learning_rate_scheduler import LearningRateScheduler
from .prechelt import Criterion
from .reduce_lr_on_plateau import ReduceLROnPlateau
from .state import Stateful


class Leader(Stateful, keras.callbacks.Callback):
    """Honours a rate that was assigned as `lr`, puts the rate into the logs where a callback sets it, and the values of
    stopping criteria, and opens and closes the batches for callbacks that look at them.

    Args:
        callbacks: The others.

    Attributes:
        metrics: The names that Keras itself logs, before callbacks add theirs, and those of stopping criteria.
        epoch: The epoch (from 0) that was begun last, None before the first.
    """

    remembered = frozenset({"metrics", "epoch", "_logs"})

    def __init__(self, callbacks: list[keras.callbacks.Callback]) -> None:
        super().__init__()
        self._logs: dict[str, Any] = {}
        self.metrics: list[str] = []
        self.epoch: int | None = None
        self._criteria = [one for one in callbacks if isinstance(one, Criterion)]
        self._logs_rate = any(isinstance(one, LearningRateScheduler | ReduceLROnPlateau) for one in callbacks)
        for hook in ("on_train_batch_end", "on_test_batch_end"):
            if any(_looks(one, hook) for one in callbacks):
                setattr(self, hook, _look_only)
        show_batches(self)

    def on_epoch_begin(self, epoch: int, logs: MutableMapping[str, Any] | None = None) -> None:
        self.epoch = epoch
        learning_rate.take_over(self.model)

    def on_epoch_end(self, epoch: int, logs: MutableMapping[str, Any] | None = None) -> None:
        logs = {} if logs is None else logs
        self._logs = dict(logs)
        self.metrics = [*logs, *(criterion.logged_as for criterion in self._criteria)]
        for criterion in self._criteria:
            criterion.measure_early(epoch, logs)
        if self._logs_rate:
            learning_rate.log(self.model, logs)

    def on_train_end(self, logs: MutableMapping[str, Any] | None = None) -> None:
        if logs is not None and not logs:  # a training that was complete when it was to go on
            logs.update(self._logs)
        learning_rate.take_over(self.model)


def _looks(callback: keras.callbacks.Callback, hook: str) -> bool:
    own = isinstance(callback, KerasCallback | LambdaCallback) and sees(callback, hook)
    return own or hasattr(getattr(callback, hook), "shows_batches")


def _look_only(batch: int, logs: Any = None) -> None:
    """The hook of the leader, whose point is that it is called."""
