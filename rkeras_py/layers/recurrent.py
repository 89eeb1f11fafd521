"""Recurrent layers."""

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
    KernelConstraint,
    KernelInitializer,
    KernelRegularizer,
    LayerTail,
    RecurrentActivation,
    RecurrentConstraint,
    RecurrentInitializer,
    RecurrentRegularizer,
    TimeIsFirst,
    Units,
    UseBias,
)
from .arguments_recurrent import (
    DropoutShare,
    GoBackwards,
    RecurrentDropoutShare,
    ResetAfter,
    ReturnSequences,
    ReturnState,
    Stateful,
    UnitForgetBias,
    Unroll,
)
from .initial_states import TargetWithStates
from .own_cells import CellOrCells


@layer(states.SimpleRNN)
def layer_simple_rnn(
    object: TargetWithStates = MISSING,
    units: Units = REQUIRED,
    activation: Activation = "tanh",
    use_bias: UseBias = True,
    return_sequences: ReturnSequences = False,
    return_state: ReturnState = False,
    go_backwards: GoBackwards = False,
    stateful: Stateful = False,
    unroll: Unroll = False,
    kernel_initializer: KernelInitializer = "glorot_uniform",
    recurrent_initializer: RecurrentInitializer = "orthogonal",
    bias_initializer: BiasInitializer = "zeros",
    kernel_regularizer: KernelRegularizer = None,
    recurrent_regularizer: RecurrentRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    kernel_constraint: KernelConstraint = None,
    recurrent_constraint: RecurrentConstraint = None,
    bias_constraint: BiasConstraint = None,
    dropout: DropoutShare = 0.0,
    recurrent_dropout: RecurrentDropoutShare = 0.0,
    **tail: Unpack[LayerTail],
) -> Any:
    """A recurrent layer whose output is its state: input (batch, steps, features)."""


@layer(states.GRU)
def layer_gru(
    object: TargetWithStates = MISSING,
    units: Units = REQUIRED,
    activation: Activation = "tanh",
    recurrent_activation: RecurrentActivation = "hard_sigmoid",
    use_bias: UseBias = True,
    return_sequences: ReturnSequences = False,
    return_state: ReturnState = False,
    go_backwards: GoBackwards = False,
    stateful: Stateful = False,
    unroll: Unroll = False,
    reset_after: ResetAfter = False,
    kernel_initializer: KernelInitializer = "glorot_uniform",
    recurrent_initializer: RecurrentInitializer = "orthogonal",
    bias_initializer: BiasInitializer = "zeros",
    kernel_regularizer: KernelRegularizer = None,
    recurrent_regularizer: RecurrentRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    kernel_constraint: KernelConstraint = None,
    recurrent_constraint: RecurrentConstraint = None,
    bias_constraint: BiasConstraint = None,
    dropout: DropoutShare = 0.0,
    recurrent_dropout: RecurrentDropoutShare = 0.0,
    *,
    time_major: TimeIsFirst = False,
    **tail: Unpack[LayerTail],
) -> Any:
    """Gated recurrent units (Cho and others, 2014): input (batch, steps, features).

    R keras 2.15.0 had other defaults: `recurrent_activation = "sigmoid"` and `reset_after = TRUE`.
    """


@layer(states.LSTM)
def layer_lstm(
    object: TargetWithStates = MISSING,
    units: Units = REQUIRED,
    activation: Activation = "tanh",
    recurrent_activation: RecurrentActivation = "hard_sigmoid",
    use_bias: UseBias = True,
    return_sequences: ReturnSequences = False,
    return_state: ReturnState = False,
    go_backwards: GoBackwards = False,
    stateful: Stateful = False,
    unroll: Unroll = False,
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
    dropout: DropoutShare = 0.0,
    recurrent_dropout: RecurrentDropoutShare = 0.0,
    *,
    time_major: TimeIsFirst = False,
    **tail: Unpack[LayerTail],
) -> Any:
    """Long short-term memory (Hochreiter and Schmidhuber, 1997): input (batch, steps, features)."""


@layer(states.RNN, since="2.15.0")
def layer_rnn(
    object: TargetWithStates = MISSING,
    cell: CellOrCells = REQUIRED,
    return_sequences: ReturnSequences = False,
    return_state: ReturnState = False,
    go_backwards: GoBackwards = False,
    stateful: Stateful = False,
    unroll: Unroll = False,
    time_major: TimeIsFirst = False,
    *,
    zero_output_for_mask: bool = False,
    **tail: Unpack[LayerTail],
) -> Any:
    """A recurrent layer of cells: `layer_lstm_cell` and the like, or one's own.

    A cell of one's own is a layer with `state_size` and `call(inputs, states)`, which returns the output and a list of
    the new states, or a named list (in R also an R6 object) with these. It may have an `output_size`, where that is
    not the size of the first state, and a function `build(input_shape)` that makes its weights and returns them in a
    list.

    Args:
        zero_output_for_mask: Whether the output of a masked step is 0, and not that of the step before.
    """
