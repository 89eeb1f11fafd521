"""Pooling."""

from typing import Any

import keras

from ..language import MISSING
from .adding import layer
from .arguments import (
    BatchSize,
    ChannelsLast,
    DataFormat,
    LayerName,
    Padding,
    PoolSize,
    PoolStrides,
    Target,
    Trainable,
    Weights,
)


@layer(keras.layers.MaxPooling1D)
def layer_max_pooling_1d(
    object: Target = MISSING,
    pool_size: PoolSize = 2,
    strides: PoolStrides = None,
    padding: Padding = "valid",
    batch_size: BatchSize = None,
    name: LayerName = None,
    trainable: Trainable = None,
    weights: Weights = None,
) -> Any:
    """The largest value in each window of steps: input (batch, steps, features)."""


@layer(keras.layers.MaxPooling2D)
def layer_max_pooling_2d(
    object: Target = MISSING,
    pool_size: PoolSize = (2, 2),
    strides: PoolStrides = None,
    padding: Padding = "valid",
    data_format: DataFormat = None,
    batch_size: BatchSize = None,
    name: LayerName = None,
    trainable: Trainable = None,
    weights: Weights = None,
) -> Any:
    """The largest value in each window of an image: input (batch, rows, columns, channels)."""


@layer(keras.layers.GlobalMaxPooling1D)
def layer_global_max_pooling_1d(
    object: Target = MISSING,
    data_format: ChannelsLast = "channels_last",
    batch_size: BatchSize = None,
    name: LayerName = None,
    trainable: Trainable = None,
    weights: Weights = None,
) -> Any:
    """The largest value of each feature over all steps: input (batch, steps, features)."""
