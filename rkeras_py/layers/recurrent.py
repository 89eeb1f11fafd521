"""Recurrent layers."""

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
    KernelConstraint,
    KernelInitializer,
    KernelRegularizer,
    LayerTail,
    RecurrentActivation,
    RecurrentConstraint,
    RecurrentInitializer,
    RecurrentRegularizer,
    Share,
    Target,
    TimeIsFirst,
    Units,
    UseBias,
)


@layer(keras.layers.LSTM)
def layer_lstm(
    object: Target = MISSING,
    units: Units = REQUIRED,
    activation: Activation = "tanh",
    recurrent_activation: RecurrentActivation = "hard_sigmoid",
    use_bias: UseBias = True,
    return_sequences: bool = False,
    return_state: bool = False,
    go_backwards: bool = False,
    stateful: bool = False,
    unroll: bool = False,
    kernel_initializer: KernelInitializer = "glorot_uniform",
    recurrent_initializer: RecurrentInitializer = "orthogonal",
    bias_initializer: BiasInitializer = "zeros",
    unit_forget_bias: bool = True,
    kernel_regularizer: KernelRegularizer = None,
    recurrent_regularizer: RecurrentRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    kernel_constraint: KernelConstraint = None,
    recurrent_constraint: RecurrentConstraint = None,
    bias_constraint: BiasConstraint = None,
    dropout: Share = 0.0,
    recurrent_dropout: Share = 0.0,
    *,
    time_major: TimeIsFirst = False,
    **tail: Unpack[LayerTail],
) -> Any:
    """Long short-term memory (Hochreiter and Schmidhuber, 1997): input (batch, steps, features).

    Args:
        return_sequences: Whether the output has every step, not the last alone.
        return_state: Whether the last state comes behind the output.
        go_backwards: Whether the steps are read from the last to the first.
        stateful: Whether each sample goes on with the state of the sample at its place in the batch before.
        unroll: Whether the steps are written out instead of looped over: faster and larger.
        unit_forget_bias: Whether the bias of the forget gate begins at 1.
        dropout: The share of the input that is dropped, from 0 to 1.
        recurrent_dropout: The share of the recurrent state that is dropped, from 0 to 1.
    """
