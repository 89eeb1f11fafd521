"""Initializers that draw nothing."""

import math
from typing import Any

import keras
import numpy as np

from ..language import Tensor
from .making import initializer


class _Constant(keras.initializers.Constant):
    """Fills the weights with as many numbers row by row, as Keras 2 did; Keras 3 takes their own shape only."""

    value: Any

    def __call__(self, shape: Any, dtype: Any = None) -> Any:
        if np.size(self.value) == math.prod(shape) > 1:
            # Kept in that shape, in which plain Keras reads it from a file.
            self.value = np.reshape(keras.ops.convert_to_numpy(self.value), shape)
        return super().__call__(shape, dtype)


class _Identity(keras.initializers.Identity):
    """Has its gain in its configuration, from which Keras makes copies; Keras's own forgets it."""

    def get_config(self) -> dict[str, Any]:
        return {"gain": self.gain}


_Constant.__name__, _Identity.__name__ = "Constant", "Identity"


@initializer(keras.initializers.Zeros)
def initializer_zeros() -> Any:
    """Fills the weights with 0."""


@initializer(keras.initializers.Ones)
def initializer_ones() -> Any:
    """Fills the weights with 1."""


@initializer(_Constant)
def initializer_constant(value: float | Tensor = 0.0) -> Any:
    """Fills the weights with a constant.

    Args:
        value: A number, or an array of numbers, one for each weight or one for each of the last axis.
    """


@initializer(_Identity)
def initializer_identity(gain: float = 1.0) -> Any:
    """Fills a matrix of weights with the identity matrix.

    It is for matrices only; what goes beyond the square is 0.

    Args:
        gain: A factor for the matrix.
    """
