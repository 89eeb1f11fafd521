"""callback_early_stopping()."""

from collections.abc import Mapping
from typing import Any, Literal

import keras

from ..language import Count, Described, Name, r_function
from ..language.wording import counted
from .monitored import Monitored
from .stopping import StoppingWithBest


class EarlyStopping(Described, StoppingWithBest, keras.callbacks.EarlyStopping):
    """Keeps Keras 2.2.4's promise: a run that does not beat `baseline` within `patience` epochs stops."""

    remembered = frozenset({"best", "wait"})
    best: float | None

    def __init__(self, *, min_delta: float = 0.0, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.min_delta = min_delta  # Keras takes the absolute value
        self.watched = Monitored(
            "callback_early_stopping", self.monitor, self.mode, min_delta, "the epoch is passed over"
        )

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        super().on_train_begin(logs)
        self.best = self.baseline

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        value = self.watched.read(logs, self.model)
        if value is None or epoch < self.start_from_epoch:
            return
        self.keep_if_best(epoch, value)
        if self.watched.better(value, self.best):
            self.best = value
            self.wait = 0
            return
        self.wait += 1
        if self.wait >= self.patience:
            than = "" if self.best is None else f" on {self.best:.4g}"
            self.stop(epoch, f"{self.monitor} has not improved{than} for {counted(self.wait, 'epoch')}")

    def farewell(self) -> str:
        return f"Epoch {self.stopped_epoch + 1:05d}: early stopping"


@r_function
def callback_early_stopping(
    monitor: Name = "val_loss",
    min_delta: float = 0,
    patience: Count = 0,
    verbose: Count = 0,
    mode: Literal["auto", "min", "max"] = "auto",
    baseline: float | None = None,
    restore_best_weights: bool = False,
    start_from_epoch: Count = 0,
) -> keras.callbacks.EarlyStopping:
    """Stops the training when a monitored quantity has stopped improving.

    Args:
        monitor: The quantity to watch, as it is called in the logs. `acc` and `accuracy` stand for each other.
        min_delta: By how much the quantity must be better than the best so far to count as an improvement. A negative
            value is a tolerance.
        patience: Epochs without improvement after which the training stops; 0 and 1 both stop at the first.
        verbose: 1 says when the training stops, 0 nothing.
        mode: `"min"`: less is better; `"max"`: more is better; `"auto"`: the metric of that name knows, or else its
            name decides.
        baseline: A value to be beaten: a run that does not beat it within `patience` epochs stops.
        restore_best_weights: Whether the model is given the weights of its best epoch when the training ends, early or
            not. If `False`, it keeps those of the last step.
        start_from_epoch: Epochs to let pass before the first one is looked at.

    Returns:
        The callback. After the training `stopped_epoch` is the epoch (from 0) at which it stopped, and `stop_reason`
        says why.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `callback_early_stopping`; Keras 2.2.4 and `keras.callbacks.EarlyStopping`.
    """
    return EarlyStopping(**locals())
