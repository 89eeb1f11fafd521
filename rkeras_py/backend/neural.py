"""Normalization, bias and crossentropies."""

from typing import Annotated, Any

import keras
from keras import ops
from typing_extensions import Doc

from .. import keras_internals
from ..language import IntegerTuple, refuse
from .arguments import AlongAxis, AnyTensor, DataFormat, Epsilon, FromLogits, X
from .declaring import backend, shape_of

Target = Annotated[AnyTensor, Doc("The targets, of the shape of `output`.")]
ClassTarget = Annotated[AnyTensor, Doc("The classes, as whole numbers from 0.")]
Output = Annotated[AnyTensor, Doc("The predictions.")]
Beta = Annotated[AnyTensor | None, Doc("What is added in the end, nothing if `None`.")]
Gamma = Annotated[AnyTensor | None, Doc("What is multiplied by in the end, nothing if `None`.")]


@backend("ops.batch_normalization")
def k_batch_normalization(
    x: X,
    mean: Annotated[AnyTensor, Doc("The mean, of each channel or of a shape that broadcasts.")],
    var: Annotated[AnyTensor, Doc("The variance.")],
    beta: Beta,
    gamma: Gamma,
    axis: AlongAxis = -1,
    epsilon: Epsilon = 0.001,
) -> Any:
    """Normalizes a batch: `(x - mean) / sqrt(var + epsilon) * gamma + beta`.

    Args:
        axis: The axis of the channels, counted from 1, or from -1 backwards.
    """
    shape = [1] * len(x.shape)
    shape[axis] = -1

    def along(one: Any) -> Any:
        return ops.reshape(one, shape) if one is not None and len(one.shape) == 1 else one

    return _normalized(x, along(mean), along(var), along(beta), along(gamma), epsilon)


@backend("ops.moments", returns="A list: the normalized batch, its mean and its variance.")
def k_normalize_batch_in_training(
    x: X,
    gamma: Gamma,
    beta: Beta,
    reduction_axes: Annotated[IntegerTuple, Doc("The axes to take the mean over, counted from 0, with the batch.")],
    epsilon: Epsilon = 0.001,
) -> Any:
    """Normalizes a batch by its own mean and variance."""
    axes = reduction_axes if isinstance(reduction_axes, tuple) else (reduction_axes,)
    rank = len(x.shape)
    if not all(-rank <= axis < rank for axis in axes):
        refuse(k_normalize_batch_in_training, "reduction_axes", list(axes), f"axes from 0 to {rank - 1}")
    mean, var = ops.moments(x, axes, keepdims=True)
    kept = [1 if axis in {one % rank for one in axes} else size for axis, size in enumerate(shape_of(x))]
    shape = [-1 if size is None else size for size in kept]

    def along(one: Any) -> Any:
        return None if one is None else ops.reshape(one, shape) if len(one.shape) < rank else one

    normed = _normalized(x, mean, var, along(beta), along(gamma), epsilon)
    if rank == 4 and axes == (0, 1, 2):
        # The variance of images was that of a sample; what was normalized by was not.
        count = ops.cast(ops.prod(ops.shape(x)[:3]), var.dtype)
        var = var * (count / (count - 1))
    return [normed, ops.squeeze(mean, axes), ops.squeeze(var, axes)]


@backend("ops.add")
def k_bias_add(
    x: X,
    bias: Annotated[AnyTensor, Doc("A bias for each channel, or for each place and channel.")],
    data_format: DataFormat = None,
) -> Any:
    """Adds a bias to a tensor of samples."""
    rank = len(x.shape)
    shape = shape_of(bias)
    if len(shape) not in (1, rank - 1):
        refuse(k_bias_add, "bias", bias, f"of rank 1 or {rank - 1}")
    if (data_format or keras.config.image_data_format()) == "channels_first":
        inner = (shape[-1], *([1] * (rank - 2) if len(shape) == 1 else shape[:-1]))
        return ops.add(x, ops.reshape(bias, (1, *inner)))
    return ops.add(x, bias)


@backend("ops.binary_crossentropy")
def k_binary_crossentropy(target: Target, output: Output, from_logits: FromLogits = False) -> Any:
    """The binary crossentropy, elementwise."""
    if from_logits or keras_internals.has_logits(output, "Sigmoid"):
        return ops.binary_crossentropy(target, output, from_logits=from_logits)
    # Keras 2 added epsilon once more to what it had clipped.
    epsilon = keras.config.epsilon()
    output = ops.clip(output, epsilon, 1 - epsilon)
    target = ops.cast(target, output.dtype)
    return -(target * ops.log(output + epsilon) + (1 - target) * ops.log(1 - output + epsilon))


@backend("ops.categorical_crossentropy")
def k_categorical_crossentropy(
    target: Target, output: Output, from_logits: FromLogits = False, axis: AlongAxis = -1
) -> Any:
    """The categorical crossentropy of each sample.

    Args:
        target: The targets, of the shape of `output`: probabilities or one-hot.
        axis: The axis of the classes, counted from 1, or from -1 backwards.
    """
    target = ops.cast(target, keras.backend.standardize_dtype(output.dtype))
    return ops.categorical_crossentropy(target, output, from_logits=from_logits, axis=axis)


@backend("ops.sparse_categorical_crossentropy", axes_of="output")
def k_sparse_categorical_crossentropy(
    target: ClassTarget, output: Output, from_logits: FromLogits = False, axis: AlongAxis = -1
) -> Any:
    """The categorical crossentropy of each sample, whose target is the number of a class.

    Args:
        axis: The axis of the classes, counted from 1, or from -1 backwards.
    """
    axis = axis % len(output.shape)
    classes = ops.cast(target, "int32")
    if len(classes.shape) == len(output.shape) and classes.shape[-1] == 1:
        classes = ops.squeeze(classes, -1)
    if axis != len(output.shape) - 1:
        output, axis = ops.moveaxis(output, axis, -1), -1
    if from_logits or keras_internals.has_logits(output, "Softmax"):
        return ops.sparse_categorical_crossentropy(classes, output, from_logits=from_logits, axis=axis)
    # Keras 2 made logits of probabilities, whatever they sum to.
    epsilon = keras.config.epsilon()
    logits = ops.log(ops.clip(output, epsilon, 1 - epsilon))
    return ops.sparse_categorical_crossentropy(classes, logits, from_logits=True, axis=axis)


@backend("ops.in_top_k", returns="A tensor of booleans, one for each sample.")
def k_in_top_k(
    predictions: Annotated[AnyTensor, Doc("A matrix of predictions, a row for each sample.")],
    targets: ClassTarget,
    k: Annotated[int, Doc("How many of the largest predictions count.")],
) -> Any:
    """Whether the target is among the largest predictions of a sample; it is not where one of these is not finite."""
    among = ops.in_top_k(ops.cast(targets, "int32"), predictions, k)
    return ops.logical_and(among, ops.all(ops.isfinite(predictions), axis=-1))  # as TensorFlow does by itself


def _normalized(x: Any, mean: Any, var: Any, beta: Any, gamma: Any, epsilon: float) -> Any:
    scale = ops.rsqrt(ops.add(var, epsilon))
    scale = scale if gamma is None else ops.multiply(scale, gamma)
    shift = ops.negative(ops.multiply(mean, scale))
    return ops.add(ops.multiply(x, scale), shift if beta is None else ops.add(beta, shift))
