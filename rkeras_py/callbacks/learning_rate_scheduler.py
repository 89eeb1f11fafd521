"""callback_learning_rate_scheduler()."""

import math
from collections.abc import Callable, MutableMapping
from typing import Any

import keras

from ..language import Count, Described, r_function
from ..language.errors import ArgumentError
from ..language.kinds import Unfit
from ..language.notices import tell
from ..language.scalars import Number
from ..language.wording import show
from ..training import learning_rate
from ..training.hooks import check_arity, takes_rate


class LearningRateScheduler(Described, keras.callbacks.LearningRateScheduler):
    """Keeps the promise that a schedule may have one argument or two: Keras calls it twice to find out, and hides the
    errors of the user's function in doing so.
    """

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._takes_rate = takes_rate(self.schedule)

    def on_train_begin(self, logs: MutableMapping[str, Any] | None = None) -> None:
        learning_rate.check_settable(callback_learning_rate_scheduler, self.model)

    def on_epoch_begin(self, epoch: int, logs: MutableMapping[str, Any] | None = None) -> None:
        for _, optimizer in learning_rate.optimizers(self.model):
            old = learning_rate.get(optimizer)
            new = _checked(epoch, self.schedule(epoch, old) if self._takes_rate else self.schedule(epoch))
            optimizer.learning_rate = new
            if self.verbose > 0:
                tell(f"\nEpoch {epoch + 1:05d}: LearningRateScheduler setting learning rate to {new}.")

    def on_epoch_end(self, epoch: int, logs: MutableMapping[str, Any] | None = None) -> None:
        learning_rate.log(self.model, {} if logs is None else logs)


def _checked(epoch: int, rate: Any) -> float:
    try:
        value = Number().convert(rate)
    except Unfit:
        value = math.nan
    if math.isfinite(value) and value >= 0:
        return value
    raise ArgumentError(
        f"callback_learning_rate_scheduler(): `schedule` must return a number >= 0, not {show(rate)} "
        f"(for epoch {epoch}, counted from 0)."
    )


@r_function
def callback_learning_rate_scheduler(
    schedule: Callable[..., Any], verbose: Count = 0
) -> keras.callbacks.LearningRateScheduler:
    """Sets the learning rate at the beginning of each epoch.

    The rate in force is logged as `lr`.

    Args:
        schedule: A function of the epoch (a whole number, from 0), or of the epoch and the rate in force, that returns
            the rate for the epoch. A second argument with a default is left alone, unless it is called `lr`.
        verbose: 1 says what the rate is set to, 0 nothing.

    Returns:
        The callback.

    Raises:
        ArgumentError: An argument is not what it must be, or the schedule returns something else than a rate.
        ValueError: When the training begins, if the rate follows a schedule of the optimizer's own.

    Source:
        R keras 2.2.5.0, `callback_learning_rate_scheduler`; Keras, `keras.callbacks.LearningRateScheduler`.
    """
    check_arity(callback_learning_rate_scheduler, "schedule", schedule, ["epoch", "lr"], least=1)
    return LearningRateScheduler(**locals())
