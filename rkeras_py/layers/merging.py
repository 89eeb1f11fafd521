"""Layers that make one tensor of several."""

from typing import Annotated, Any, Unpack

import keras
from typing_extensions import Doc

from ..keras_internals import AddHooks
from ..language import MISSING
from .adding import layer
from .arguments import Tensors, TypedTail

Inputs = Annotated[Tensors, Doc("Tensors, in a list or one by one; or missing.")]


@layer(keras.layers.Concatenate)
def layer_concatenate(inputs: Inputs = MISSING, axis: int = -1, *more: Tensors, **tail: Unpack[TypedTail]) -> Any:
    """Puts tensors side by side, of the same shape but for the axis.

    Args:
        axis: The axis along which they are put together, counted from 0 with the batch, or from -1 backwards.
        more: Tensors, behind that in `inputs`.
    """


class Add(AddHooks, keras.layers.Add):
    """Adds what is broadcast, too: on TensorFlow, Keras 3 takes a tensor of shape (n, 1) for a bias and adds its rows
    to the columns of one of shape (n, n).
    """

    def added(self, one: Any, other: Any) -> Any:
        """The sum of two tensors."""
        if tuple(one.shape) == tuple(other.shape):
            return keras.ops.add(one, other)
        return keras.ops.subtract(one, keras.ops.negative(other))


Add.__module__ = "keras.layers"  # by which a saved model finds it: plain Keras loads it too


@layer(Add)
def layer_add(inputs: Inputs = MISSING, *more: Tensors, **tail: Unpack[TypedTail]) -> Any:
    """Adds tensors of the same shape.

    Args:
        more: Tensors, behind that in `inputs`.
    """
