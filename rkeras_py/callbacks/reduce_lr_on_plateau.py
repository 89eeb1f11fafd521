"""callback_reduce_lr_on_plateau()."""

from collections.abc import MutableMapping
from typing import Annotated, Any, Literal

import keras
import numpy as np
from annotated_types import Ge, Gt, Lt

from ..language import Count, Described, Name, r_function
from ..language.notices import tell
from ..training import learning_rate
from .monitored import Monitored
from .state import Stateful


class ReduceLROnPlateau(Described, Stateful, keras.callbacks.ReduceLROnPlateau):
    """Keeps Keras 2.2.4's promise: any monitor has a direction, NaN is no improvement, the rate is logged as `lr`."""

    remembered = frozenset({"best", "wait", "cooldown_counter"})
    best: float | None
    cooldown_counter: int

    def __init__(self, *, min_delta: float = 1e-4, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.min_delta = min_delta  # Keras takes the absolute value
        self.watched = Monitored(
            "callback_reduce_lr_on_plateau", self.monitor, self.mode, min_delta, "the epoch is passed over"
        )

    def on_train_begin(self, logs: MutableMapping[str, Any] | None = None) -> None:
        super().on_train_begin(logs)
        learning_rate.check_settable(callback_reduce_lr_on_plateau, self.model)
        self.watched.begin()
        self.best = None

    def on_epoch_end(self, epoch: int, logs: MutableMapping[str, Any] | None = None) -> None:
        logs = {} if logs is None else logs
        learning_rate.log(self.model, logs)
        value = self.watched.read(logs, self.model)
        if value is None:
            return
        # The counter goes down before it is looked at, so that `cooldown = 1` waits for no epoch: as in Keras 2 and 3.
        if self.in_cooldown():
            self.cooldown_counter -= 1
            self.wait = 0
        if self.watched.better(value, self.best):
            self.best = value
            self.wait = 0
        elif not self.in_cooldown():
            self.wait += 1
            if self.wait >= self.patience and self._reduce(epoch):
                self.cooldown_counter = self.cooldown
                self.wait = 0

    def _reduce(self, epoch: int) -> bool:
        reduced = False
        for _, optimizer in learning_rate.optimizers(self.model):
            old = learning_rate.get(optimizer)
            if old > np.float32(self.min_lr):
                new = max(old * self.factor, self.min_lr)
                optimizer.learning_rate = new
                reduced = True
                if self.verbose > 0:
                    tell(f"\nEpoch {epoch + 1:05d}: ReduceLROnPlateau reducing learning rate to {new}.")
        return reduced


@r_function(renamed={"epsilon": "min_delta"})
def callback_reduce_lr_on_plateau(
    monitor: Name = "val_loss",
    factor: Annotated[float, Gt(0), Lt(1)] = 0.1,
    patience: Count = 10,
    verbose: Count = 0,
    mode: Literal["auto", "min", "max"] = "auto",
    min_delta: float = 1e-4,
    cooldown: Count = 0,
    min_lr: Annotated[float, Ge(0)] = 0,
) -> keras.callbacks.ReduceLROnPlateau:
    """Reduces the learning rate when a monitored quantity has stopped improving.

    The rate in force at the end of each epoch is logged as `lr`.

    Args:
        monitor: The quantity to watch, as it is called in the logs. `acc` and `accuracy` stand for each other.
        factor: What the rate is multiplied by, between 0 and 1.
        patience: Epochs without improvement after which the rate is reduced; 0 and 1 both reduce at the first.
        verbose: 1 says when the rate is reduced, 0 nothing.
        mode: `"min"`: less is better; `"max"`: more is better; `"auto"`: the metric of that name knows, or else its
            name decides.
        min_delta: By how much the quantity must be better than the best so far to count as an improvement. A negative
            value is a tolerance. Its older name `epsilon` is understood.
        cooldown: Epochs after a reduction, less one, in which none is counted as being without improvement.
        min_lr: The rate is not reduced below this.

    Returns:
        The callback.

    Raises:
        ArgumentError: An argument is not what it must be.
        ValueError: When the training begins, if the rate follows a schedule of the optimizer's own.

    Source:
        R keras 2.2.5.0, `callback_reduce_lr_on_plateau`; Keras 2.2.4 and `keras.callbacks.ReduceLROnPlateau`.
    """
    return ReduceLROnPlateau(**locals())
