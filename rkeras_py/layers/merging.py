"""Layers that make one tensor of several."""

from typing import Annotated, Any, Unpack

import keras
from typing_extensions import Doc

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


@layer(keras.layers.Add)
def layer_add(inputs: Inputs = MISSING, *more: Tensors, **tail: Unpack[TypedTail]) -> Any:
    """Adds tensors of the same shape.

    Args:
        more: Tensors, behind that in `inputs`.
    """
