"""Normalization: over the batch, within a sample, to the length 1."""

from typing import Annotated, Any, Unpack

import keras
from annotated_types import Ge
from keras import ops

from ..backend.arguments import AxesFromOne
from ..language import MISSING, IntegerTuple, RInteger
from ..language.identifiers import Constraint, Initializer, Regularizer
from .adding import layer
from .arguments import LayerName, LayerTail, Share, Target, Trainable

_FUSED_TYPES = ("float16", "bfloat16", "float32")


class BatchNormalization(keras.layers.BatchNormalization):
    """Keeps the moving variance of Keras 2, which for images is made of the unbiased variance: N / (N - 1) times it."""

    def call(self, inputs: Any, training: Any = None, mask: Any = None) -> Any:
        """Normalizes a batch."""
        if not self._is_of_images(inputs):
            return super().call(inputs, training=training, mask=mask)
        kept = ops.multiply(self.moving_variance, self.momentum)
        outputs = super().call(inputs, training=training)
        if training and self.trainable:
            after = ops.convert_to_tensor(self.moving_variance)
            share = after - kept
            self.moving_variance.assign(after + share / ops.cast(self._numbers_in(inputs) - 1, after.dtype))
        return outputs

    def _is_of_images(self, inputs: Any) -> bool:
        """Whether Keras 2 had an operation for all of it at once, which computes so."""
        rank = len(inputs.shape)
        own = rank in (4, 5) and self.axis % rank in (1, rank - 1) and self.compute_dtype in _FUSED_TYPES
        return own and not self.synchronized

    def _numbers_in(self, inputs: Any) -> Any:
        """How many numbers of a channel there are, at least 2."""
        shape = list(ops.shape(inputs))
        del shape[self.axis]
        count = 1
        for size in shape:
            count = count * size
        return ops.maximum(count, 2)


class UnitNormalization(keras.layers.UnitNormalization):
    """Divides by no less than 1e-6, as Keras 2; Keras 3 makes 1 of any length."""

    def call(self, inputs: Any) -> Any:
        """Brings each vector to the length 1."""
        return unit_length(inputs, self.axis)


def unit_length(x: Any, axis: Any) -> Any:
    """Vectors along axes, which count from 0, brought to the length 1 as Keras 2 did it."""
    return ops.multiply(x, ops.rsqrt(ops.maximum(ops.sum(ops.square(x), axis=axis, keepdims=True), 1e-12)))


for _sort in (BatchNormalization, UnitNormalization):
    _sort.__module__ = "keras.layers"  # by which a saved model finds it: plain Keras loads it too


@layer(BatchNormalization)
def layer_batch_normalization(
    object: Target = MISSING,
    axis: Annotated[int, RInteger()] = -1,
    momentum: Share = 0.99,
    epsilon: Annotated[float, Ge(0)] = 0.001,
    center: bool = True,
    scale: bool = True,
    beta_initializer: Initializer = "zeros",
    gamma_initializer: Initializer = "ones",
    moving_mean_initializer: Initializer = "zeros",
    moving_variance_initializer: Initializer = "ones",
    beta_regularizer: Regularizer | None = None,
    gamma_regularizer: Regularizer | None = None,
    beta_constraint: Constraint | None = None,
    gamma_constraint: Constraint | None = None,
    *,
    synchronized: bool = False,
    **tail: Unpack[LayerTail],
) -> Any:
    """Brings each feature to mean 0 and variance 1 over the batch, in prediction by what training has seen.

    Args:
        axis: The axis of the features, counted from 0 with the batch, or from -1 backwards.
        momentum: How much of the moving mean and variance is kept at each batch.
        epsilon: Added to the variance, against a division by 0.
        center: Whether an offset, beta, is learnt.
        scale: Whether a factor, gamma, is learnt.
        beta_initializer: How the offset begins.
        gamma_initializer: How the factor begins.
        moving_mean_initializer: How the moving mean begins.
        moving_variance_initializer: How the moving variance begins.
        beta_regularizer: A penalty on the offset.
        gamma_regularizer: A penalty on the factor.
        beta_constraint: What the offset is held to.
        gamma_constraint: What the factor is held to.
        synchronized: Whether mean and variance are those of the batches on all devices together.
    """


def _with_list(arguments: dict[str, Any]) -> dict[str, Any]:
    axis = arguments["axis"]
    return {**arguments, "axis": list(axis) if isinstance(axis, tuple) else axis}


@layer(keras.layers.LayerNormalization, since="2.15.0", prepare=_with_list)
def layer_layer_normalization(
    object: Target = MISSING,
    axis: IntegerTuple = -1,
    epsilon: Annotated[float, Ge(0)] = 0.001,
    center: bool = True,
    scale: bool = True,
    beta_initializer: Initializer = "zeros",
    gamma_initializer: Initializer = "ones",
    beta_regularizer: Regularizer | None = None,
    gamma_regularizer: Regularizer | None = None,
    beta_constraint: Constraint | None = None,
    gamma_constraint: Constraint | None = None,
    trainable: Trainable = True,
    name: LayerName = None,
) -> Any:
    """Brings each sample to mean 0 and variance 1 (Ba et al., 2016).

    Args:
        axis: The axis over which mean and variance are taken, counted from 0 with the batch, or from -1 backwards; or
            several.
        epsilon: Added to the variance, against a division by 0.
        center: Whether an offset, beta, is learnt.
        scale: Whether a factor, gamma, is learnt.
        beta_initializer: How the offset begins.
        gamma_initializer: How the factor begins.
        beta_regularizer: A penalty on the offset.
        gamma_regularizer: A penalty on the factor.
        beta_constraint: What the offset is held to.
        gamma_constraint: What the factor is held to.
    """


@layer(UnitNormalization, since="2.15.0", prepare=_with_list)
def layer_unit_normalization(
    object: Target = MISSING,
    axis: Annotated[Any, AxesFromOne(), RInteger()] = -1,
    **tail: Unpack[LayerTail],
) -> Any:
    """Brings each vector to the Euclidean length 1.

    Args:
        axis: The axis along which vectors are, counted from 1, which is the batch, or from -1 backwards; or several.
    """
