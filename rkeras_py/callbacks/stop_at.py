"""callback_stop_at()."""

from collections.abc import Mapping
from typing import Any, Literal

from ..language import Count, Described, Name, r_function
from .monitored import Monitored
from .stopping import Stopping


class StopAt(Described, Stopping):
    """Ends a training when a quantity reaches a threshold."""

    def __init__(self, *, monitor: str, threshold: float, mode: Literal["auto", "min", "max"], verbose: int) -> None:
        super().__init__()
        self.monitor = monitor
        self.threshold = threshold
        self.mode = mode
        self.verbose = verbose
        self.watched = Monitored("callback_stop_at", monitor, mode, 0.0, "the epoch is passed over")

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        super().on_train_begin(logs)
        self.watched.begin()

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        value = self.watched.read(logs, self.model)
        if value is not None and (value == self.threshold or self.watched.better(value, self.threshold)):
            self.stop(epoch, f"{self.monitor} has reached {self.threshold:.4g}: it is {value:.4g}")


@r_function
def callback_stop_at(
    monitor: Name, threshold: float, mode: Literal["auto", "min", "max"] = "auto", verbose: Count = 0
) -> StopAt:
    """Stops the training when a monitored quantity is good enough.

    Args:
        monitor: The quantity to watch, as it is called in the logs. `acc` and `accuracy` stand for each other.
        threshold: The value to reach: the training stops after the first epoch in which the quantity is as good or
            better.
        mode: `"min"`: less is better; `"max"`: more is better; `"auto"`: the metric of that name knows, or else its
            name decides.
        verbose: 1 says when and why the training stops, 0 nothing.

    Returns:
        The callback. After the training `stopped_epoch` is the epoch (from 0) at which it stopped, and `stop_reason`
        says why.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        rkeras; compare `stopping_threshold` of PyTorch Lightning's `EarlyStopping`.
    """
    return StopAt(**locals())
