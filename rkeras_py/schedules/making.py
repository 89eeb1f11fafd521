"""What the schedule functions have in common: the arguments, and how Keras's object is made of them."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import keras
from annotated_types import Ge
from typing_extensions import Doc

from ..language import Size, r_function

F = TypeVar("F", bound=Callable[..., Any])

InitialRate = Annotated[float, Ge(0), Doc("The learning rate at the beginning.")]
DecaySteps = Annotated[Size, Doc("Batches over which the rate decays.")]
Staircase = Annotated[bool, Doc("Whether the rate changes once in `decay_steps` batches, not with every batch.")]
ScheduleName = Annotated[str | None, Doc("The name of the schedule; that of its class if `None`.")]

_RETURNS = "The schedule: `lr` of an optimizer; called with the number of a batch, from 0, it gives the rate for it."
_RAISES = "ArgumentError: An argument is not what it must be."


def schedule(
    sort: type[keras.optimizers.schedules.LearningRateSchedule], check: Callable[..., None] = lambda **arguments: None
) -> Callable[[F], F]:
    """Makes an R function of a signature that stands for a schedule of Keras; it needs no body.

    Args:
        sort: The class of Keras.
        check: Refuses arguments that do not go together.
    """

    def make(arguments: dict[str, Any]) -> Any:
        check(**arguments)
        return sort(**{name: value for name, value in arguments.items() if name != "name" or value is not None})

    def decorate(declared: F) -> F:
        source = f"R keras 2.15.0, `{declared.__name__}`; Keras, `keras.optimizers.schedules.{sort.__name__}`."
        function: F = r_function(make=make, Returns=_RETURNS, Raises=_RAISES, Source=source)(declared)  # type: ignore[assignment]
        return function

    return decorate
