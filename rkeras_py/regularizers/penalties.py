"""Penalties on weights under their R names."""

from typing import Annotated, Literal

import keras
from annotated_types import Ge
from typing_extensions import Doc

from ..language import RDefault, r_function

Factor = Annotated[float, Ge(0), Doc("The factor.")]

_RETURNS = "The regularizer."
_RAISES = "ArgumentError: An argument is not what it must be."


@r_function(Returns=_RETURNS, Raises=_RAISES)
def regularizer_l1(l: Factor = 0.01) -> keras.regularizers.L1:  # noqa: E741 (R's name)
    """A penalty of `l` times the sum of the absolute values.

    Source:
        R keras 2.2.5.0, `regularizer_l1`; Keras, `keras.regularizers.L1`.
    """
    return keras.regularizers.L1(l)


@r_function(Returns=_RETURNS, Raises=_RAISES)
def regularizer_l2(l: Factor = 0.01) -> keras.regularizers.L2:  # noqa: E741 (R's name)
    """A penalty of `l` times the sum of the squares.

    Source:
        R keras 2.2.5.0, `regularizer_l2`; Keras, `keras.regularizers.L2`.
    """
    return keras.regularizers.L2(l)


@r_function(Returns=_RETURNS, Raises=_RAISES)
def regularizer_l1_l2(
    l1: Annotated[float, Ge(0)] = 0.01, l2: Annotated[float, Ge(0)] = 0.01
) -> keras.regularizers.L1L2:
    """A penalty on the absolute values and on the squares.

    Keras 3 alone has 0 as the default of both factors.

    Args:
        l1: The factor of the sum of the absolute values.
        l2: The factor of the sum of the squares.

    Source:
        R keras 2.2.5.0, `regularizer_l1_l2`; Keras, `keras.regularizers.L1L2`.
    """
    return keras.regularizers.L1L2(l1, l2)


@r_function(Returns=_RETURNS, Raises=_RAISES)
def regularizer_orthogonal(
    factor: Factor = 0.01,
    mode: Annotated[
        Literal["rows", "columns"], RDefault('"rows"'), Doc("Whether rows or columns are to be orthogonal.")
    ] = "rows",
) -> keras.regularizers.OrthogonalRegularizer:
    """A penalty on the rows or columns of a matrix of weights that are not orthogonal to each other.

    Source:
        R keras 2.15.0, `regularizer_orthogonal`; Keras, `keras.regularizers.OrthogonalRegularizer`.
    """
    return keras.regularizers.OrthogonalRegularizer(factor, mode)
