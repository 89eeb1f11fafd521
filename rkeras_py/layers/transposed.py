"""Transposed convolutions, which go from what a convolution makes back to the shape of what it was made of."""

from typing import Annotated, Any, Unpack

import keras
from typing_extensions import Doc

from ..language import MISSING, REQUIRED, IntegerTuple
from .adding import layer
from .arguments import (
    Activation,
    ActivityRegularizer,
    BiasConstraint,
    BiasInitializer,
    BiasRegularizer,
    DataFormat,
    Dilation,
    Filters,
    KernelConstraint,
    KernelInitializer,
    KernelRegularizer,
    KernelSize,
    LayerTail,
    Padding,
    PlainDilation,
    PlainStrides,
    Target,
    UseBias,
)
from .channels_first import transposed, with_bias_of_channels

OutputPadding = Annotated[
    IntegerTuple | None,
    Doc("How much larger the output is to be, less than the stride: several sizes come to the same. Told if `None`."),
]


@layer(with_bias_of_channels(keras.layers.Conv1DTranspose, transposed), since="2.15.0")
def layer_conv_1d_transpose(
    object: Target = MISSING,
    filters: Filters = REQUIRED,
    kernel_size: KernelSize = REQUIRED,
    strides: PlainStrides = 1,
    padding: Padding = "valid",
    output_padding: OutputPadding = None,
    data_format: DataFormat = None,
    dilation_rate: PlainDilation = 1,
    activation: Activation = None,
    use_bias: UseBias = True,
    kernel_initializer: KernelInitializer = "glorot_uniform",
    bias_initializer: BiasInitializer = "zeros",
    kernel_regularizer: KernelRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    kernel_constraint: KernelConstraint = None,
    bias_constraint: BiasConstraint = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """A transposed convolution along one dimension: input (batch, steps, features)."""


@layer(with_bias_of_channels(keras.layers.Conv2DTranspose, transposed))
def layer_conv_2d_transpose(
    object: Target = MISSING,
    filters: Filters = REQUIRED,
    kernel_size: KernelSize = REQUIRED,
    strides: PlainStrides = (1, 1),
    padding: Padding = "valid",
    output_padding: OutputPadding = None,
    data_format: DataFormat = None,
    dilation_rate: PlainDilation = (1, 1),
    activation: Activation = None,
    use_bias: UseBias = True,
    kernel_initializer: KernelInitializer = "glorot_uniform",
    bias_initializer: BiasInitializer = "zeros",
    kernel_regularizer: KernelRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    kernel_constraint: KernelConstraint = None,
    bias_constraint: BiasConstraint = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """A transposed convolution over images: input (batch, rows, columns, channels)."""


@layer(with_bias_of_channels(keras.layers.Conv3DTranspose, transposed))
def layer_conv_3d_transpose(
    object: Target = MISSING,
    filters: Filters = REQUIRED,
    kernel_size: KernelSize = REQUIRED,
    strides: PlainStrides = (1, 1, 1),
    padding: Padding = "valid",
    output_padding: OutputPadding = None,
    data_format: DataFormat = None,
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
    dilation_rate: Dilation = (1, 1, 1),
    **tail: Unpack[LayerTail],
) -> Any:
    """A transposed convolution over volumes: input (batch, depth, rows, columns, channels)."""
