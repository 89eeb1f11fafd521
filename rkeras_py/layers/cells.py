"""Cells of recurrent layers."""

from typing import Any, Unpack

import keras

from ..language import REQUIRED
from .adding import layer
from .arguments import (
    Activation,
    BiasConstraint,
    BiasInitializer,
    BiasRegularizer,
    KernelConstraint,
    KernelInitializer,
    KernelRegularizer,
    RecurrentActivation,
    RecurrentConstraint,
    RecurrentInitializer,
    RecurrentRegularizer,
    Units,
    UseBias,
)
from .arguments_recurrent import CellTail, DropoutShare, RecurrentDropoutShare, ResetAfter, UnitForgetBias
from .own_cells import Cells

_CELL = "The cell, for `layer_rnn`."


@layer(keras.layers.SimpleRNNCell, since="2.15.0", returns=_CELL)
def layer_simple_rnn_cell(
    units: Units = REQUIRED,
    activation: Activation = "tanh",
    use_bias: UseBias = True,
    kernel_initializer: KernelInitializer = "glorot_uniform",
    recurrent_initializer: RecurrentInitializer = "orthogonal",
    bias_initializer: BiasInitializer = "zeros",
    kernel_regularizer: KernelRegularizer = None,
    recurrent_regularizer: RecurrentRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    kernel_constraint: KernelConstraint = None,
    recurrent_constraint: RecurrentConstraint = None,
    bias_constraint: BiasConstraint = None,
    dropout: DropoutShare = 0.0,
    recurrent_dropout: RecurrentDropoutShare = 0.0,
    **tail: Unpack[CellTail],
) -> Any:
    """A step of `layer_simple_rnn`: called on an input and the states, it gives the output and the new states."""


@layer(keras.layers.GRUCell, since="2.15.0", returns=_CELL)
def layer_gru_cell(
    units: Units = REQUIRED,
    activation: Activation = "tanh",
    recurrent_activation: RecurrentActivation = "sigmoid",
    use_bias: UseBias = True,
    kernel_initializer: KernelInitializer = "glorot_uniform",
    recurrent_initializer: RecurrentInitializer = "orthogonal",
    bias_initializer: BiasInitializer = "zeros",
    kernel_regularizer: KernelRegularizer = None,
    recurrent_regularizer: RecurrentRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    kernel_constraint: KernelConstraint = None,
    recurrent_constraint: RecurrentConstraint = None,
    bias_constraint: BiasConstraint = None,
    dropout: DropoutShare = 0.0,
    recurrent_dropout: RecurrentDropoutShare = 0.0,
    reset_after: ResetAfter = True,
    **tail: Unpack[CellTail],
) -> Any:
    """A step of `layer_gru`: called on an input and the states, it gives the output and the new states."""


@layer(keras.layers.LSTMCell, since="2.15.0", returns=_CELL)
def layer_lstm_cell(
    units: Units = REQUIRED,
    activation: Activation = "tanh",
    recurrent_activation: RecurrentActivation = "sigmoid",
    use_bias: UseBias = True,
    kernel_initializer: KernelInitializer = "glorot_uniform",
    recurrent_initializer: RecurrentInitializer = "orthogonal",
    bias_initializer: BiasInitializer = "zeros",
    unit_forget_bias: UnitForgetBias = True,
    kernel_regularizer: KernelRegularizer = None,
    recurrent_regularizer: RecurrentRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    kernel_constraint: KernelConstraint = None,
    recurrent_constraint: RecurrentConstraint = None,
    bias_constraint: BiasConstraint = None,
    dropout: DropoutShare = 0.0,
    recurrent_dropout: RecurrentDropoutShare = 0.0,
    **tail: Unpack[CellTail],
) -> Any:
    """A step of `layer_lstm`: called on an input and the states, it gives the output and the new states."""


@layer(keras.layers.StackedRNNCells, since="2.15.0", returns=_CELL)
def layer_stacked_rnn_cells(cells: Cells = REQUIRED, **tail: Unpack[CellTail]) -> Any:
    """Cells one behind the other, as one: each is given the output of the one before.

    Args:
        cells: The cells, in a list.
    """
