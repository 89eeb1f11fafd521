"""Recurrent layers that convolve."""

from typing import Any, Unpack

from ..language import MISSING, REQUIRED
from . import states
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
    RecurrentActivation,
    RecurrentConstraint,
    RecurrentInitializer,
    RecurrentRegularizer,
    Strides,
    UseBias,
)
from .arguments_recurrent import (
    DropoutShare,
    GoBackwards,
    RecurrentDropoutShare,
    ReturnSequences,
    ReturnState,
    Stateful,
    TailBeforeShape,
    UnitForgetBias,
)
from .initial_states import TargetWithStates


@layer(states.ConvLSTM1D, since="2.15.0")
def layer_conv_lstm_1d(
    object: TargetWithStates = MISSING,
    filters: Filters = REQUIRED,
    kernel_size: KernelSize = REQUIRED,
    strides: Strides = 1,
    padding: Padding = "valid",
    data_format: DataFormat = None,
    dilation_rate: Dilation = 1,
    activation: Activation = "tanh",
    recurrent_activation: RecurrentActivation = "hard_sigmoid",
    use_bias: UseBias = True,
    kernel_initializer: KernelInitializer = "glorot_uniform",
    recurrent_initializer: RecurrentInitializer = "orthogonal",
    bias_initializer: BiasInitializer = "zeros",
    unit_forget_bias: UnitForgetBias = True,
    kernel_regularizer: KernelRegularizer = None,
    recurrent_regularizer: RecurrentRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    kernel_constraint: KernelConstraint = None,
    recurrent_constraint: RecurrentConstraint = None,
    bias_constraint: BiasConstraint = None,
    return_sequences: ReturnSequences = False,
    return_state: ReturnState = False,
    go_backwards: GoBackwards = False,
    stateful: Stateful = False,
    dropout: DropoutShare = 0.0,
    recurrent_dropout: RecurrentDropoutShare = 0.0,
    **tail: Unpack[LayerTail],
) -> Any:
    """Long short-term memory of vectors (Shi and others, 2015): input (batch, steps, places, channels)."""


@layer(states.ConvLSTM2D)
def layer_conv_lstm_2d(
    object: TargetWithStates = MISSING,
    filters: Filters = REQUIRED,
    kernel_size: KernelSize = REQUIRED,
    strides: Strides = (1, 1),
    padding: Padding = "valid",
    data_format: DataFormat = None,
    dilation_rate: Dilation = (1, 1),
    activation: Activation = "tanh",
    recurrent_activation: RecurrentActivation = "hard_sigmoid",
    use_bias: UseBias = True,
    kernel_initializer: KernelInitializer = "glorot_uniform",
    recurrent_initializer: RecurrentInitializer = "orthogonal",
    bias_initializer: BiasInitializer = "zeros",
    unit_forget_bias: UnitForgetBias = True,
    kernel_regularizer: KernelRegularizer = None,
    recurrent_regularizer: RecurrentRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    kernel_constraint: KernelConstraint = None,
    recurrent_constraint: RecurrentConstraint = None,
    bias_constraint: BiasConstraint = None,
    return_sequences: ReturnSequences = False,
    go_backwards: GoBackwards = False,
    stateful: Stateful = False,
    dropout: DropoutShare = 0.0,
    recurrent_dropout: RecurrentDropoutShare = 0.0,
    *,
    return_state: ReturnState = False,
    **tail: Unpack[TailBeforeShape],
) -> Any:
    """Long short-term memory of images (Shi and others, 2015): input (batch, steps, rows, columns, channels)."""


@layer(states.ConvLSTM3D, since="2.15.0")
def layer_conv_lstm_3d(
    object: TargetWithStates = MISSING,
    filters: Filters = REQUIRED,
    kernel_size: KernelSize = REQUIRED,
    strides: Strides = (1, 1, 1),
    padding: Padding = "valid",
    data_format: DataFormat = None,
    dilation_rate: Dilation = (1, 1, 1),
    activation: Activation = "tanh",
    recurrent_activation: RecurrentActivation = "hard_sigmoid",
    use_bias: UseBias = True,
    kernel_initializer: KernelInitializer = "glorot_uniform",
    recurrent_initializer: RecurrentInitializer = "orthogonal",
    bias_initializer: BiasInitializer = "zeros",
    unit_forget_bias: UnitForgetBias = True,
    kernel_regularizer: KernelRegularizer = None,
    recurrent_regularizer: RecurrentRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    kernel_constraint: KernelConstraint = None,
    recurrent_constraint: RecurrentConstraint = None,
    bias_constraint: BiasConstraint = None,
    return_sequences: ReturnSequences = False,
    return_state: ReturnState = False,
    go_backwards: GoBackwards = False,
    stateful: Stateful = False,
    dropout: DropoutShare = 0.0,
    recurrent_dropout: RecurrentDropoutShare = 0.0,
    **tail: Unpack[LayerTail],
) -> Any:
    """Long short-term memory of volumes (Shi and others, 2015): input (batch, steps, three dimensions, channels)."""
