"""Penalties on weights under their R names."""

from typing import Annotated

import keras
from annotated_types import Ge

from ..language import r_function


@r_function
def regularizer_l1(l: Annotated[float, Ge(0)] = 0.01) -> keras.regularizers.L1:  # noqa: E741 (R's name)
    """A penalty of `l` times the sum of the absolute values.

    Args:
        l: The factor.

    Returns:
        The regularizer.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `regularizer_l1`; Keras, `keras.regularizers.L1`.
    """
    return keras.regularizers.L1(l)


@r_function
def regularizer_l2(l: Annotated[float, Ge(0)] = 0.01) -> keras.regularizers.L2:  # noqa: E741 (R's name)
    """A penalty of `l` times the sum of the squares.

    Args:
        l: The factor.

    Returns:
        The regularizer.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `regularizer_l2`; Keras, `keras.regularizers.L2`.
    """
    return keras.regularizers.L2(l)
