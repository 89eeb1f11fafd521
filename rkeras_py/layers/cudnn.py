"""The layers that only a GPU had, and their weights: today a plain layer of the same numbers takes cuDNN by itself."""

from collections.abc import Sequence
from typing import Annotated, Any

import numpy as np
from typing_extensions import Doc

from ..language import MISSING, REQUIRED
from . import states
from .adding import layer
from .arguments import (
    ActivityRegularizer,
    BatchInputShape,
    BatchSize,
    BiasConstraint,
    BiasInitializer,
    BiasRegularizer,
    DType,
    InputShape,
    KernelConstraint,
    KernelInitializer,
    KernelRegularizer,
    LayerName,
    ListOfArrays,
    RecurrentConstraint,
    RecurrentInitializer,
    RecurrentRegularizer,
    Trainable,
    Units,
)
from .arguments_recurrent import ReturnSequences, ReturnState, Stateful, UnitForgetBias
from .initial_states import TargetWithStates

_GATES_OF_GRU, _GATES_OF_LSTM = 3, 4
_BIASES = 2  # one of the input and one of the state


def plain_weights(weights: Sequence[Any]) -> list[Any]:
    """The weights of a plain layer that computes what a cuDNN layer with these weights did.

    Args:
        weights: Those of `CuDNNGRU` or `CuDNNLSTM` of Keras 2: kernel (features, 3 or 4 units), recurrent kernel
            (units, 3 or 4 units), bias (6 or 8 units). Other weights come back as they are.

    Returns:
        Those of `GRU(reset_after=True)`, whose bias is (2, 3 units), or `LSTM`, whose bias is (4 units).
    """
    if not are_of_cudnn(weights):
        return list(weights)
    kernel, recurrent, bias = (np.asarray(one) for one in weights)
    gates = recurrent.shape[1] // recurrent.shape[0]
    # cuDNN has a kernel for each gate, transposed, in the order of its numbers.
    kernel = np.hstack([one.T.reshape(one.shape, order="F") for one in np.hsplit(kernel, gates)])
    recurrent = np.hstack([one.T for one in np.hsplit(recurrent, gates)])
    biases = bias.reshape(_BIASES, -1)
    return [kernel, recurrent, biases.sum(axis=0) if gates == _GATES_OF_LSTM else biases]


def are_of_cudnn(weights: Sequence[Any]) -> bool:
    """Whether weights are those of a cuDNN layer of Keras 2, which their bias tells."""
    shapes = [np.shape(one) for one in weights]
    if [len(shape) for shape in shapes] != [2, 2, 1]:
        return False
    units, width = shapes[1]
    return width in (_GATES_OF_GRU * units, _GATES_OF_LSTM * units) and shapes[2] == (_BIASES * width,)


class ListOfCuDNNWeights(ListOfArrays):
    """Arrays, one for each weight, of the plain layer or of the cuDNN layer."""

    def convert(self, value: Any) -> list[Any]:
        return plain_weights(super().convert(value))


CuDNNWeights = Annotated[
    Annotated[Any, ListOfCuDNNWeights()] | None,
    Doc("The values that the weights begin with: those of this layer, or of the layer of Keras 2."),
]


def _as_gru(arguments: dict[str, Any]) -> dict[str, Any]:
    return {**arguments, "recurrent_activation": "sigmoid", "reset_after": True}


def _as_lstm(arguments: dict[str, Any]) -> dict[str, Any]:
    return {**arguments, "recurrent_activation": "sigmoid"}


@layer(states.GRU, prepare=_as_gru)
def layer_cudnn_gru(
    object: TargetWithStates = MISSING,
    units: Units = REQUIRED,
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
    return_sequences: ReturnSequences = False,
    return_state: ReturnState = False,
    stateful: Stateful = False,
    input_shape: InputShape = None,
    batch_input_shape: BatchInputShape = None,
    batch_size: BatchSize = None,
    dtype: DType = None,
    name: LayerName = None,
    trainable: Trainable = None,
    weights: CuDNNWeights = None,
) -> Any:
    """`layer_gru` as cuDNN computes it: `recurrent_activation = "sigmoid"`, `reset_after = True`.

    It is the plain layer, which runs on any device, and takes cuDNN by itself where Keras does: on a GPU of NVIDIA's,
    with TensorFlow, and LSTM with JAX, too.
    """


@layer(states.LSTM, prepare=_as_lstm)
def layer_cudnn_lstm(
    object: TargetWithStates = MISSING,
    units: Units = REQUIRED,
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
    stateful: Stateful = False,
    input_shape: InputShape = None,
    batch_input_shape: BatchInputShape = None,
    batch_size: BatchSize = None,
    dtype: DType = None,
    name: LayerName = None,
    trainable: Trainable = None,
    weights: CuDNNWeights = None,
) -> Any:
    """`layer_lstm` as cuDNN computes it: `recurrent_activation = "sigmoid"`.

    It is the plain layer, which runs on any device, and takes cuDNN by itself where Keras does: on a GPU of NVIDIA's,
    with TensorFlow, and LSTM with JAX, too.
    """
