"""Input, dense layers, activations, dropout, flattening."""

from typing import Any, Unpack

import keras

from ..language import MISSING, REQUIRED, identifiers, r_function
from .adding import layer
from .arguments import (
    Activation,
    ActivityRegularizer,
    BatchInputShape,
    BiasConstraint,
    BiasInitializer,
    BiasRegularizer,
    DataFormat,
    DType,
    InputShape,
    KernelConstraint,
    KernelInitializer,
    KernelRegularizer,
    LayerName,
    LayerTail,
    Shape,
    Share,
    ShortTail,
    Target,
    Trainable,
    Units,
    UseBias,
    Weights,
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


@layer(keras.layers.Dropout)
def layer_dropout(
    object: Target = MISSING,
    rate: Share = REQUIRED,
    noise_shape: Shape | None = None,
    seed: int | None = None,
    input_shape: InputShape = None,
    batch_input_shape: BatchInputShape = None,
    **tail: Unpack[ShortTail],
) -> Any:
    """Sets a random share of the input to 0 in training, and scales up the rest.

    Args:
        rate: The share, from 0 to 1.
        noise_shape: The shape of the mask, with the batch; `None` in it, or 1, for what is dropped together.
        seed: The seed of the mask; drawn from Keras's own if `None`.
    """


@layer(keras.layers.Flatten)
def layer_flatten(
    object: Target = MISSING,
    data_format: DataFormat = None,
    input_shape: InputShape = None,
    dtype: DType = None,
    name: LayerName = None,
    trainable: Trainable = None,
    weights: Weights = None,
) -> Any:
    """Makes one dimension of all that are behind the batch."""
