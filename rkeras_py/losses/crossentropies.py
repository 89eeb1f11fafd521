"""Crossentropies."""

from typing import Annotated, Any

import keras

from ..language import MISSING, RInteger
from .arguments import (
    ClassAxis,
    ClassNumbers,
    ClassProbabilities,
    FromLogits,
    LabelSmoothing,
    LossName,
    MeanAxis,
    Predictions,
    Reduction,
    Targets,
)
from .calling import loss
from .keras2 import binary_crossentropy, sparse_categorical_crossentropy


@loss(keras.losses.BinaryCrossentropy, binary_crossentropy)
def loss_binary_crossentropy(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    from_logits: FromLogits = False,
    label_smoothing: LabelSmoothing = 0.0,
    axis: MeanAxis = -1,
    *,
    reduction: Reduction = "auto",
    name: LossName = "binary_crossentropy",
) -> Any:
    """Binary crossentropy: of probabilities for targets of 0 and 1, the mean over the axis.

    A prediction of exactly 0 or 1 that is wrong counts 15.42 or 15.33 as in Keras 2; Keras 3 alone says 16.12 or 15.94,
    also where the loss is given by its name. Behind a sigmoid layer the loss is computed from its logits, but on JAX,
    where it does not learn from predictions that are wrong and saturated: leave the activation away there, and give
    `loss_binary_crossentropy(from_logits = True)`.
    """


@loss(keras.losses.CategoricalCrossentropy, keras.losses.categorical_crossentropy)
def loss_categorical_crossentropy(
    y_true: Targets = MISSING,
    y_pred: ClassProbabilities = MISSING,
    from_logits: FromLogits = False,
    label_smoothing: Annotated[LabelSmoothing, RInteger()] = 0,
    axis: ClassAxis = -1,
    *,
    reduction: Reduction = "auto",
    name: LossName = "categorical_crossentropy",
) -> Any:
    """Categorical crossentropy: of probabilities for one-hot targets.

    The predictions of a sample are made to add up to 1. On JAX the loss behind a softmax layer does not learn from
    predictions that are wrong and saturated: leave the activation away there, and give
    `loss_categorical_crossentropy(from_logits = True)`.
    """


@loss(keras.losses.SparseCategoricalCrossentropy, sparse_categorical_crossentropy)
def loss_sparse_categorical_crossentropy(
    y_true: ClassNumbers = MISSING,
    y_pred: ClassProbabilities = MISSING,
    from_logits: FromLogits = False,
    axis: ClassAxis = -1,
    *,
    reduction: Reduction = "auto",
    name: LossName = "sparse_categorical_crossentropy",
) -> Any:
    """Categorical crossentropy: of probabilities for the numbers of classes.

    The predictions of a sample are made to add up to 1, on JAX too, where Keras 3 alone does not. On JAX the loss
    behind a softmax layer does not learn from predictions that are wrong and saturated: leave the activation away
    there, and give `loss_sparse_categorical_crossentropy(from_logits = True)`.
    """
