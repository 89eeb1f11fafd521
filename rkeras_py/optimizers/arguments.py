"""The arguments that optimizers share."""

from typing import Annotated, Any

import keras
from annotated_types import Ge, Gt, Lt
from typing_extensions import Doc

from .keras2_rate import with_keras2_rate

Rate = Annotated[float, Ge(0), Doc("The learning rate.")]
Decay = Annotated[float, Ge(0), Doc("Divides the rate by `1 + decay * n` after n batches; 0 for no decay.")]
Epsilon = Annotated[
    float | None, Ge(0), Doc("Added to the divisor, against a division by 0; the default of Keras, 1e-7, if `None`.")
]
ClipNorm = Annotated[float | None, Gt(0), Doc("The largest norm of a gradient: longer ones are shortened to it.")]
ClipValue = Annotated[float | None, Gt(0), Doc("The largest entry of a gradient: larger ones are cut to it.")]
Remembered = Annotated[float, Ge(0), Lt(1)]

ERRORS = "ArgumentError: An argument is not what it must be."


def made(sort: type[keras.optimizers.Optimizer], arguments: dict[str, Any]) -> keras.optimizers.Optimizer:
    """An optimizer of the Keras class, from R's arguments."""
    if "epsilon" in arguments and arguments["epsilon"] is None:
        arguments["epsilon"] = keras.config.epsilon()
    return with_keras2_rate(sort)(learning_rate=float(arguments.pop("lr")), **arguments)
