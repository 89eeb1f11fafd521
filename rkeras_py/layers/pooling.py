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


@layer(keras.layers.MaxPooling3D)
def layer_max_pooling_3d(
    object: Target = MISSING,
    pool_size: PoolSize = (2, 2, 2),
    strides: PoolStrides = None,
    padding: Padding = "valid",
    data_format: DataFormat = None,
    **tail: Unpack[ShortTail],
) -> Any:
    """The largest value in each window of a volume: input (batch, depth, rows, columns, channels)."""


@layer(keras.layers.AveragePooling1D)
def layer_average_pooling_1d(
    object: Target = MISSING,
    pool_size: PoolSize = 2,
    strides: PoolStrides = None,
    padding: Padding = "valid",
    data_format: ChannelsLast = "channels_last",
    **tail: Unpack[ShortTail],
) -> Any:
    """The mean of each window of steps, without what is padded: input (batch, steps, features)."""


@layer(keras.layers.AveragePooling2D)
def layer_average_pooling_2d(
    object: Target = MISSING,
    pool_size: PoolSize = (2, 2),
    strides: PoolStrides = None,
    padding: Padding = "valid",
    data_format: DataFormat = None,
    **tail: Unpack[ShortTail],
) -> Any:
    """The mean of each window of an image, without what is padded: input (batch, rows, columns, channels)."""


@layer(keras.layers.AveragePooling3D)
def layer_average_pooling_3d(
    object: Target = MISSING,
    pool_size: PoolSize = (2, 2, 2),
    strides: PoolStrides = None,
    padding: Padding = "valid",
    data_format: DataFormat = None,
    **tail: Unpack[ShortTail],
) -> Any:
    """The mean of each window of a volume, without what is padded: input (batch, depth, rows, columns, channels)."""


@layer(keras.layers.GlobalMaxPooling1D)
def layer_global_max_pooling_1d(
    object: Target = MISSING,
    data_format: ChannelsLast = "channels_last",
    *,
    keepdims: KeepDims = False,
    **tail: Unpack[ShortTail],
) -> Any:
    """The largest value of each feature over all steps: input (batch, steps, features)."""


@layer(keras.layers.GlobalMaxPooling2D)
def layer_global_max_pooling_2d(
    object: Target = MISSING,
    data_format: DataFormat = None,
    *,
    keepdims: KeepDims = False,
    **tail: Unpack[ShortTail],
) -> Any:
    """The largest value of each channel of an image: input (batch, rows, columns, channels)."""


@layer(keras.layers.GlobalMaxPooling3D)
def layer_global_max_pooling_3d(
    object: Target = MISSING,
    data_format: DataFormat = None,
    *,
    keepdims: KeepDims = False,
    **tail: Unpack[ShortTail],
) -> Any:
    """The largest value of each channel of a volume: input (batch, depth, rows, columns, channels)."""


@layer(keras.layers.GlobalAveragePooling1D)
def layer_global_average_pooling_1d(
    object: Target = MISSING,
    data_format: ChannelsLast = "channels_last",
    *,
    keepdims: KeepDims = False,
    **tail: Unpack[ShortTail],
) -> Any:
    """The mean of each feature over all steps that are not masked: input (batch, steps, features)."""


@layer(keras.layers.GlobalAveragePooling2D)
def layer_global_average_pooling_2d(
    object: Target = MISSING,
    data_format: DataFormat = None,
    *,
    keepdims: KeepDims = False,
    **tail: Unpack[ShortTail],
) -> Any:
    """The mean of each channel of an image: input (batch, rows, columns, channels)."""


@layer(keras.layers.GlobalAveragePooling3D)
def layer_global_average_pooling_3d(
    object: Target = MISSING,
    data_format: DataFormat = None,
    *,
    keepdims: KeepDims = False,
    **tail: Unpack[ShortTail],
) -> Any:
    """The mean of each channel of a volume: input (batch, depth, rows, columns, channels)."""
