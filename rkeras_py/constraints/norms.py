"""What weights can be held to, under its R names."""

from typing import Annotated

import keras
from annotated_types import Gt

from ..language import Count, r_function


@r_function
def constraint_maxnorm(max_value: Annotated[int, Gt(0)] = 2, axis: Count = 0) -> keras.constraints.MaxNorm:
    """Shortens weight vectors that are longer than a norm.

    Args:
        max_value: The largest norm, a whole number.
        axis: The axis along which the norm is taken, counted from 0, as in R keras: 0 in a dense layer, for the
            weights into each output.

    Returns:
        The constraint.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `constraint_maxnorm`; Keras, `keras.constraints.MaxNorm`.
    """
    return keras.constraints.MaxNorm(**locals())
