"""Crossentropies and other measures of predicted probabilities."""

from typing import Any

import keras

from ..language import MISSING
from ..losses.arguments import (
    ClassAxis,
    ClassNumbers,
    ClassProbabilities,
    FromLogits,
    LabelSmoothing,
    MeanAxis,
    Predictions,
    Targets,
)
from ..losses.keras2 import binary_crossentropy, sparse_categorical_crossentropy
from .arguments import DType, MetricName
from .calling import metric
from .classes import metric_of_keras


def _binary_crossentropy(axis: int, **options: Any) -> keras.metrics.Metric:
    """Keras's class always goes over the last axis."""
    if axis == -1:
        return metric_of_keras(keras.metrics.BinaryCrossentropy, binary_crossentropy)(**options)
    function = keras.losses.binary_crossentropy
    return metric_of_keras(keras.metrics.MeanMetricWrapper)(fn=function, axis=axis, **options)


def _sparse_categorical_crossentropy(**options: Any) -> keras.metrics.Metric:
    sort = metric_of_keras(keras.metrics.SparseCategoricalCrossentropy, sparse_categorical_crossentropy)
    return sort(**options)


@metric(keras.metrics.BinaryCrossentropy, binary_crossentropy, made_by=_binary_crossentropy)
def metric_binary_crossentropy(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    from_logits: FromLogits = False,
    label_smoothing: LabelSmoothing = 0.0,
    axis: MeanAxis = -1,
    *,
    name: MetricName = "binary_crossentropy",
    dtype: DType = None,
) -> Any:
    """Binary crossentropy: of probabilities for targets of 0 and 1.

    Of predictions of 0 and 1 that are wrong it says what `loss_binary_crossentropy()` says.
    """


@metric(keras.metrics.CategoricalCrossentropy, keras.losses.categorical_crossentropy)
def metric_categorical_crossentropy(
    y_true: Targets = MISSING,
    y_pred: ClassProbabilities = MISSING,
    from_logits: FromLogits = False,
    label_smoothing: LabelSmoothing = 0.0,
    axis: ClassAxis = -1,
    *,
    name: MetricName = "categorical_crossentropy",
    dtype: DType = None,
) -> Any:
    """Categorical crossentropy: of probabilities for one-hot targets."""


@metric(
    keras.metrics.SparseCategoricalCrossentropy,
    sparse_categorical_crossentropy,
    made_by=_sparse_categorical_crossentropy,
)
def metric_sparse_categorical_crossentropy(
    y_true: ClassNumbers = MISSING,
    y_pred: ClassProbabilities = MISSING,
    from_logits: FromLogits = False,
    axis: ClassAxis = -1,
    *,
    name: MetricName = "sparse_categorical_crossentropy",
    dtype: DType = None,
) -> Any:
    """Categorical crossentropy: of probabilities for the numbers of classes."""


@metric(keras.metrics.KLDivergence, keras.losses.kl_divergence)
def metric_kullback_leibler_divergence(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    *,
    name: MetricName = "kullback_leibler_divergence",
    dtype: DType = None,
) -> Any:
    """Kullback-Leibler divergence: `sum(y_true * log(y_true / y_pred))`, of distributions.

    It is logged under its old name; Keras 3 alone says `"kl_divergence"`.
    """


@metric(keras.metrics.Poisson, keras.losses.poisson)
def metric_poisson(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    *,
    name: MetricName = "poisson",
    dtype: DType = None,
) -> Any:
    """Poisson loss, of predicted rates of counts: `mean(y_pred - y_true * log(y_pred))`."""
