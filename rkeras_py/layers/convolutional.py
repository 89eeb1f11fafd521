"""Convolutions."""

from typing import Any, Unpack

import keras

from ..language import MISSING, REQUIRED
from .adding import layer
from .arguments import (
    Activation,
    ActivityRegularizer,
    BiasConstraint,
    BiasInitializer,
    BiasRegularizer,
    CausalPadding,
    ChannelsLast,
    DataFormat,
    Dilation,
    Filters,
    Groups,
    KernelConstraint,
    KernelInitializer,
    KernelRegularizer,
    KernelSize,
    LayerTail,
    Padding,
    Strides,
    Target,
    UseBias,
)
from .channels_first import convolved, with_bias_of_channels


@layer(with_bias_of_channels(keras.layers.Conv1D, convolved))
def layer_conv_1d(
    object: Target = MISSING,
    filters: Filters = REQUIRED,
    kernel_size: KernelSize = REQUIRED,
    strides: Strides = 1,
    padding: CausalPadding = "valid",
    data_format: ChannelsLast = "channels_last",
    dilation_rate: Dilation = 1,
    activation: Activation = None,
    use_bias: UseBias = True,
    kernel_initializer: KernelInitializer = "glorot_uniform",
    bias_initializer: BiasInitializer = "zeros",
    kernel_regularizer: KernelRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    kernel_constraint: KernelConstraint = None,
    bias_constraint: BiasConstraint = None,
    *,
    groups: Groups = 1,
    **tail: Unpack[LayerTail],
) -> Any:
    """A convolution along one dimension, e.g. time: input (batch, steps, features)."""


@layer(with_bias_of_channels(keras.layers.Conv2D, convolved))
def layer_conv_2d(
    object: Target = MISSING,
    filters: Filters = REQUIRED,
    kernel_size: KernelSize = REQUIRED,
    strides: Strides = (1, 1),
    padding: Padding = "valid",
    data_format: DataFormat = None,
    dilation_rate: Dilation = (1, 1),
    activation: Activation = None,
    use_bias: UseBias = True,
    kernel_initializer: KernelInitializer = "glorot_uniform",
    bias_initializer: BiasInitializer = "zeros",
    kernel_regularizer: KernelRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    kernel_constraint: KernelConstraint = None,
    bias_constraint: BiasConstraint = None,
    *,
    groups: Groups = 1,
    **tail: Unpack[LayerTail],
) -> Any:
    """A convolution over images: input (batch, rows, columns, channels)."""


@layer(with_bias_of_channels(keras.layers.Conv3D, convolved))
def layer_conv_3d(
    object: Target = MISSING,
    filters: Filters = REQUIRED,
    kernel_size: KernelSize = REQUIRED,
    strides: Strides = (1, 1, 1),
    padding: Padding = "valid",
    data_format: DataFormat = None,
    dilation_rate: Dilation = (1, 1, 1),
    activation: Activation = None,
    use_bias: UseBias = True,
    kernel_initializer: KernelInitializer = "glorot_uniform",
    bias_initializer: BiasInitializer = "zeros",
    kernel_regularizer: KernelRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    kernel_constraint: KernelConstraint = None,
    bias_constraint: BiasConstraint = None,
    *,
    groups: Groups = 1,
    **tail: Unpack[LayerTail],
) -> Any:
    """A convolution over volumes: input (batch, depth, rows, columns, channels)."""
