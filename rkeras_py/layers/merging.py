"""Layers that make one tensor of several."""

from typing import Any

import keras

from .adding import layer
from .arguments import BatchSize, DType, LayerName, Tensors, Trainable, Weights


@layer(keras.layers.Concatenate)
def layer_concatenate(
    inputs: Tensors,
    axis: int = -1,
    batch_size: BatchSize = None,
    dtype: DType = None,
    name: LayerName = None,
    trainable: Trainable = None,
    weights: Weights = None,
) -> Any:
    """Puts tensors side by side.

    Args:
        inputs: A list of tensors, of the same shape but for the axis.
        axis: The axis along which they are put together, counted from 0 with the batch, or from -1 backwards.
    """


@layer(keras.layers.Add)
def layer_add(
    inputs: Tensors,
    batch_size: BatchSize = None,
    dtype: DType = None,
    name: LayerName = None,
    trainable: Trainable = None,
    weights: Weights = None,
) -> Any:
    """Adds tensors.

    Args:
        inputs: A list of tensors of the same shape.
    """
