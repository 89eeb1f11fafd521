"""callback_timer()."""

import datetime
import math
import re
import time
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from ..language import Count, Described, r_function
from ..language.kinds import Kind, Unfit, single
from ..language.scalars import Number
from .stopping import Stopping

_CLOCK = re.compile(r"(\d+):([0-5]\d):([0-5]\d)")


class Seconds(Kind):
    """A length of time, which the function sees in seconds."""

    def wants(self) -> str:
        return 'a number of seconds > 0 or a time as "hh:mm:ss"'

    def convert(self, value: Any) -> float:
        value = single(value)
        clock = _CLOCK.fullmatch(value) if isinstance(value, str) else None
        if clock:
            hours, minutes, rest = map(int, clock.groups())
            value = 3600 * hours + 60 * minutes + rest
        elif isinstance(value, datetime.timedelta):
            value = value.total_seconds()
        seconds = Number().convert(value)
        if not 0 < seconds < math.inf:
            raise Unfit
        return seconds


class Timer(Described, Stopping):
    """Ends a training when its time is over."""

    def __init__(self, *, duration: float, interval: Literal["epoch", "batch"], verbose: int) -> None:
        super().__init__()
        self.duration = duration
        self.interval = interval
        self.verbose = verbose
        self._epoch = 0
        self._end = math.inf
        if interval == "batch":
            self.on_train_batch_end = self._look

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        super().on_train_begin(logs)
        self._end = time.monotonic() + self.duration

    def get_state(self) -> dict[str, Any]:
        return {**super().get_state(), "seconds_left": self._end - time.monotonic()}

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Goes on with what was left of the time when the state was kept."""
        own = dict(state)
        self._end = time.monotonic() + own.pop("seconds_left")
        super().set_state(own)

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        self._epoch = epoch

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        self._look()

    def _look(self, batch: int = 0, logs: Mapping[str, Any] | None = None) -> None:
        if time.monotonic() >= self._end:
            minutes, seconds = divmod(self.duration, 60)
            spoken = f"{minutes // 60:.0f}:{minutes % 60:02.0f}:{seconds:02.0f}" if minutes else f"{seconds:.4g} s"
            self.stop(self._epoch, f"the time of {spoken} is over")


@r_function
def callback_timer(
    duration: Annotated[Any, Seconds()], interval: Literal["epoch", "batch"] = "epoch", verbose: Count = 0
) -> Timer:
    """Stops the training when its time is over.

    The time counts from the beginning of each training.

    Args:
        duration: How long the training may take: seconds, a time as `"hh:mm:ss"`, a `difftime` of R, or a `timedelta`
            of Python.
        interval: When to look at the clock: `"epoch"` lets the epoch come to its end in which the time is over,
            `"batch"` ends it after the batch; it is validated and logged as it is.
        verbose: 1 says when the training stops, 0 nothing.

    Returns:
        The callback. After the training `stopped_epoch` is the epoch (from 0) in which it stopped, and `stop_reason`
        says why.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        rkeras; compare PyTorch Lightning's `Timer`.
    """
    return Timer(**locals())
