"""Normalization."""

from typing import Annotated, Any, Unpack

import keras
from annotated_types import Ge

from ..language import MISSING, RInteger
from ..language.identifiers import Constraint, Initializer, Regularizer
from .adding import layer
from .arguments import LayerTail, Share, Target


@layer(keras.layers.BatchNormalization)
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
