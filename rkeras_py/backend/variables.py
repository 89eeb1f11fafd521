"""The values of variables: k_get_value() and k_set_value()."""

from typing import Any

import keras
import numpy as np

from ..language import r_function, refuse
from ..language.compound import Anything
from ..language.kinds import Unfit
from ..language.scalars import Number


@r_function
def k_get_value(x: object) -> Any:
    """The value of a variable or a tensor.

    Args:
        x: A variable, as `model$optimizer$lr` (in Python: `model.optimizer.lr`), or a tensor.

    Returns:
        A number, or an array of the variable's shape.

    Raises:
        ArgumentError: `x` is no variable or tensor.

    Source:
        R keras 2.2.5.0, `k_get_value`; Keras, `keras.ops.convert_to_numpy`.
    """
    if not (isinstance(x, keras.Variable | np.ndarray | int | float) or keras.ops.is_tensor(x)):
        refuse(k_get_value, "x", x, "a variable or a tensor")
    value = np.asarray(keras.ops.convert_to_numpy(x))
    return value.item() if value.ndim == 0 else value


@r_function
def k_set_value(x: object, value: object) -> None:
    """Sets the value of a variable.

    Args:
        x: A variable, as `model$optimizer$lr` (in Python: `model.optimizer.lr`).
        value: A number, or an array of the variable's shape.

    Returns:
        Nothing.

    Raises:
        ArgumentError: `x` is no variable, or the value is not of its shape.

    Source:
        R keras 2.2.5.0, `k_set_value`; Keras, `Variable.assign`.
    """
    if not isinstance(x, keras.Variable):
        refuse(k_set_value, "x", x, "a variable")
    shape = tuple(x.shape)
    try:
        array = np.asarray(Anything().convert(value) if shape else Number().convert(value))
    except Unfit:
        array = None
    if array is None or array.shape != shape:
        refuse(k_set_value, "value", value, f"an array of shape {shape}" if shape else "a number")
    x.assign(array)
