"""Tensors as arguments: whatever R or Python has that stands for one."""

import sys
from typing import Any

import numpy as np

from .kinds import Kind, Unfit
from .wording import RFactor, RValue


def is_tensor(value: Any) -> bool:
    """Whether a value is a tensor of the backend, a symbolic one or a variable: what an array is not."""
    if type(value) in known_types:
        return True
    keras = sys.modules.get("keras")  # without Keras there are none
    found = keras is not None and bool(
        isinstance(value, keras.KerasTensor | keras.Variable) or (not _is_plain(value) and keras.ops.is_tensor(value))
    )
    if found:
        known_types.add(type(value))
    return found


known_types: set[type] = set()  # those seen so far: of a type all values are tensors, or none


class TensorLike(Kind):
    """A tensor as it is; arrays and numbers in Keras's float type, as R's are of doubles."""

    @property
    def keeps_tensors(self) -> bool:
        return True

    def wants(self) -> str:
        return "a tensor, an array or a number"

    def plural(self) -> str:
        return "tensors or arrays"

    def convert(self, value: Any) -> Any:
        if is_tensor(value):
            return value
        if isinstance(value, RValue | RFactor):
            raise Unfit(value.hint)
        if not _is_plain(value) or value is None or isinstance(value, str):
            raise Unfit
        try:
            array = np.asarray(value)
        except ValueError:  # rows of different lengths
            raise Unfit from None
        if array.dtype.kind not in "biuf":
            raise Unfit
        return array.astype(_float_type()) if array.dtype == np.float64 else array


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float | list | tuple | np.ndarray | np.generic)


def _float_type() -> str:
    import keras  # an array alone loads no Keras

    return str(keras.config.floatx())
