"""Input, dense layers, activations, and penalties on what comes out."""

from typing import Annotated, Any, Unpack

import keras
from annotated_types import Ge

from ..language import MISSING, REQUIRED, identifiers, r_function
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
    Shape,
    Target,
    Units,
    UseBias,
)


@r_function
def layer_input(
    shape: Shape | None = None,
    batch_shape: Shape | None = None,
    name: str | None = None,
    dtype: str | None = None,
    sparse: bool = False,
    tensor: object = None,
    ragged: bool = False,
) -> keras.KerasTensor:
    """The input of a functional model.

    Args:
        shape: The shape of a sample, without the batch; `NA` or `NULL` (in Python: `None`) for any size.
        batch_shape: The shape with the batch in front, instead of `shape`.
        name: The name of the input, made up if `None`.
        dtype: The type of the samples, that of Keras's default if `None`.
        sparse: Whether the samples come as sparse tensors.
        tensor: A tensor to take as the input.
        ragged: Whether the samples come as ragged tensors, which TensorFlow alone has.

    Returns:
        The tensor to build the model on.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `layer_input`; Keras, `keras.Input`.
    """
    return keras.Input(**locals())


@layer(keras.layers.Dense)
def layer_dense(
    object: Target = MISSING,
    units: Units = REQUIRED,
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
    """A dense layer: `activation(x * kernel + bias)`, every output connected with every input."""


@layer(keras.layers.Activation)
def layer_activation(
    object: Target = MISSING,
    activation: identifiers.Activation = REQUIRED,
    **tail: Unpack[LayerTail],
) -> Any:
    """An activation as a layer of its own.

    Args:
        activation: A name as `"relu"`, or a function. `"hard_sigmoid"` is Keras 2's.
    """


@layer(keras.layers.ActivityRegularization)
def layer_activity_regularization(
    object: Target = MISSING,
    l1: Annotated[float, Ge(0)] = 0,
    l2: Annotated[float, Ge(0)] = 0,
    **tail: Unpack[LayerTail],
) -> Any:
    """Puts out what comes in, and adds a penalty on it to the loss.

    Args:
        l1: The factor of the sum of absolute values.
        l2: The factor of the sum of squares.
    """
