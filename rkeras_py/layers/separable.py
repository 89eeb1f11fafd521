"""Convolutions of each channel by itself: depthwise, and separable, which mix the channels behind that."""

from typing import Annotated, Any, Unpack

import keras
from typing_extensions import Doc

from ..language import MISSING, REQUIRED, RInteger, Size, identifiers
from .adding import layer
from .arguments import (
    Activation,
    ActivityRegularizer,
    BiasConstraint,
    BiasInitializer,
    BiasRegularizer,
    ChannelsLast,
    DataFormat,
    Dilation,
    Filters,
    KernelSize,
    LayerTail,
    Padding,
    PlainDilation,
    PlainStrides,
    Strides,
    Target,
    UseBias,
)
from .channels_first import depthwise, separable, with_bias_of_channels

DepthMultiplier = Annotated[Size, Doc("How many channels come of each.")]
WholeDepthMultiplier = Annotated[DepthMultiplier, RInteger()]
DepthwiseInitializer = Annotated[identifiers.Initializer, Doc("How the kernel of the single channels begins.")]
DepthwiseRegularizer = Annotated[
    identifiers.Regularizer | None, Doc("A penalty on the kernel of the single channels, e.g. `regularizer_l2(0.001)`.")
]
DepthwiseConstraint = Annotated[
    identifiers.Constraint | None, Doc("What the kernel of the single channels is held to.")
]
PointwiseInitializer = Annotated[identifiers.Initializer, Doc("How the kernel that mixes the channels begins.")]
PointwiseRegularizer = Annotated[
    identifiers.Regularizer | None, Doc("A penalty on the kernel that mixes the channels.")
]
PointwiseConstraint = Annotated[
    identifiers.Constraint | None, Doc("What the kernel that mixes the channels is held to.")
]


@layer(with_bias_of_channels(keras.layers.SeparableConv1D, separable))
def layer_separable_conv_1d(
    object: Target = MISSING,
    filters: Filters = REQUIRED,
    kernel_size: KernelSize = REQUIRED,
    strides: PlainStrides = 1,
    padding: Padding = "valid",
    data_format: ChannelsLast = "channels_last",
    dilation_rate: PlainDilation = 1,
    depth_multiplier: DepthMultiplier = 1,
    activation: Activation = None,
    use_bias: UseBias = True,
    depthwise_initializer: DepthwiseInitializer = "glorot_uniform",
    pointwise_initializer: PointwiseInitializer = "glorot_uniform",
    bias_initializer: BiasInitializer = "zeros",
    depthwise_regularizer: DepthwiseRegularizer = None,
    pointwise_regularizer: PointwiseRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    depthwise_constraint: DepthwiseConstraint = None,
    pointwise_constraint: PointwiseConstraint = None,
    bias_constraint: BiasConstraint = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """A convolution along one dimension in two parts: of each channel by itself, then of the channels at each step."""


@layer(with_bias_of_channels(keras.layers.SeparableConv2D, separable))
def layer_separable_conv_2d(
    object: Target = MISSING,
    filters: Filters = REQUIRED,
    kernel_size: KernelSize = REQUIRED,
    strides: PlainStrides = (1, 1),
    padding: Padding = "valid",
    data_format: DataFormat = None,
    dilation_rate: PlainDilation = 1,
    depth_multiplier: DepthMultiplier = 1,
    activation: Activation = None,
    use_bias: UseBias = True,
    depthwise_initializer: DepthwiseInitializer = "glorot_uniform",
    pointwise_initializer: PointwiseInitializer = "glorot_uniform",
    bias_initializer: BiasInitializer = "zeros",
    depthwise_regularizer: DepthwiseRegularizer = None,
    pointwise_regularizer: PointwiseRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    depthwise_constraint: DepthwiseConstraint = None,
    pointwise_constraint: PointwiseConstraint = None,
    bias_constraint: BiasConstraint = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """A convolution over images in two parts: of each channel by itself, then of the channels at each place."""


@layer(with_bias_of_channels(keras.layers.DepthwiseConv1D, depthwise), since="2.15.0")
def layer_depthwise_conv_1d(
    object: Target = MISSING,
    kernel_size: KernelSize = REQUIRED,
    strides: Strides = 1,
    padding: Padding = "valid",
    depth_multiplier: WholeDepthMultiplier = 1,
    data_format: DataFormat = None,
    dilation_rate: Dilation = 1,
    activation: Activation = None,
    use_bias: UseBias = True,
    depthwise_initializer: DepthwiseInitializer = "glorot_uniform",
    bias_initializer: BiasInitializer = "zeros",
    depthwise_regularizer: DepthwiseRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    depthwise_constraint: DepthwiseConstraint = None,
    bias_constraint: BiasConstraint = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """A convolution along one dimension of each channel by itself: input (batch, steps, features)."""


@layer(with_bias_of_channels(keras.layers.DepthwiseConv2D, depthwise))
def layer_depthwise_conv_2d(
    object: Target = MISSING,
    kernel_size: KernelSize = REQUIRED,
    strides: PlainStrides = (1, 1),
    padding: Padding = "valid",
    depth_multiplier: DepthMultiplier = 1,
    data_format: DataFormat = None,
    activation: Activation = None,
    use_bias: UseBias = True,
    depthwise_initializer: DepthwiseInitializer = "glorot_uniform",
    bias_initializer: BiasInitializer = "zeros",
    depthwise_regularizer: DepthwiseRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    depthwise_constraint: DepthwiseConstraint = None,
    bias_constraint: BiasConstraint = None,
    *,
    dilation_rate: PlainDilation = (1, 1),
    **tail: Unpack[LayerTail],
) -> Any:
    """A convolution over images of each channel by itself: input (batch, rows, columns, channels)."""
