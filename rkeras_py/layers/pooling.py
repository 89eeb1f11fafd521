"""Pooling."""

from typing import Any, Unpack

import keras

from ..language import MISSING
from .adding import layer
from .arguments import ChannelsLast, DataFormat, KeepDims, Padding, PoolSize, PoolStrides, ShortTail, Target


@layer(keras.layers.MaxPooling1D)
def layer_max_pooling_1d(
    object: Target = MISSING,
    pool_size: PoolSize = 2,
    strides: PoolStrides = None,
    padding: Padding = "valid",
    *,
    data_format: ChannelsLast = "channels_last",
    **tail: Unpack[ShortTail],
) -> Any:
    """The largest value in each window of steps: input (batch, steps, features)."""


@layer(keras.layers.MaxPooling2D)
def layer_max_pooling_2d(
    object: Target = MISSING,
    pool_size: PoolSize = (2, 2),
    strides: PoolStrides = None,
    padding: Padding = "valid",
    data_format: DataFormat = None,
    **tail: Unpack[ShortTail],
) -> Any:
    """The largest value in each window of an image: input (batch, rows, columns, channels)."""


@layer(keras.layers.GlobalMaxPooling1D)
def layer_global_max_pooling_1d(
    object: Target = MISSING,
    data_format: ChannelsLast = "channels_last",
    *,
    keepdims: KeepDims = False,
    **tail: Unpack[ShortTail],
) -> Any:
    """The largest value of each feature over all steps: input (batch, steps, features)."""
