"""What weights can be held to, under its R names."""

from typing import Annotated

import keras
from annotated_types import Ge, Gt
from typing_extensions import Doc

from ..language import IntegerTuple, r_function

AlongAxis = Annotated[
    IntegerTuple,
    Doc(
        "The axis along which the norm is taken, counted from 0, as in R keras: 0 in a dense layer, for the weights "
        "into each output; `c(0, 1, 2)` in a 2D convolution, for each filter."
    ),
]

_RETURNS = "The constraint."
_RAISES = "ArgumentError: An argument is not what it must be."


@r_function(Returns=_RETURNS, Raises=_RAISES)
def constraint_maxnorm(max_value: Annotated[int, Gt(0)] = 2, axis: AlongAxis = 0) -> keras.constraints.MaxNorm:
    """Shortens weight vectors that are longer than a norm.

    Args:
        max_value: The largest norm, a whole number.

    Source:
        R keras 2.2.5.0, `constraint_maxnorm`; Keras, `keras.constraints.MaxNorm`.
    """
    return keras.constraints.MaxNorm(**locals())


@r_function(Returns=_RETURNS, Raises=_RAISES)
def constraint_minmaxnorm(
    min_value: Annotated[float, Ge(0)] = 0.0,
    max_value: Annotated[float, Gt(0)] = 1.0,
    rate: float = 1.0,
    axis: AlongAxis = 0,
) -> keras.constraints.MinMaxNorm:
    """Holds the norm of weight vectors between two bounds.

    Args:
        min_value: The smallest norm.
        max_value: The largest norm.
        rate: How much of the way to the bounds a step goes, 1 for all of it.

    Source:
        R keras 2.2.5.0, `constraint_minmaxnorm`; Keras, `keras.constraints.MinMaxNorm`.
    """
    return keras.constraints.MinMaxNorm(**locals())


@r_function(Returns=_RETURNS, Raises=_RAISES)
def constraint_nonneg() -> keras.constraints.NonNeg:
    """Sets weights below 0 to 0.

    Source:
        R keras 2.2.5.0, `constraint_nonneg`; Keras, `keras.constraints.NonNeg`.
    """
    return keras.constraints.NonNeg()


@r_function(Returns=_RETURNS, Raises=_RAISES)
def constraint_unitnorm(axis: AlongAxis = 0) -> keras.constraints.UnitNorm:
    """Gives weight vectors the norm 1.

    Source:
        R keras 2.2.5.0, `constraint_unitnorm`; Keras, `keras.constraints.UnitNorm`.
    """
    return keras.constraints.UnitNorm(axis)
