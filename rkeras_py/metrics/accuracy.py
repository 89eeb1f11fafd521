"""Accuracies."""

from typing import Annotated, Any

import keras
from typing_extensions import Doc

from ..language import MISSING
from ..losses.arguments import ClassNumbers, ClassProbabilities, Predictions, Targets
from .arguments import DType, MetricName, Top
from .calling import metric, metric_object

Threshold = Annotated[float, Doc("What a prediction must be above to stand for 1.")]


def binary_accuracy(y_true: Any, y_pred: Any, threshold: float) -> Any:
    """Keras 3's own gives a value for each prediction."""
    return keras.ops.mean(keras.metrics.binary_accuracy(y_true, y_pred, threshold), axis=-1)


@metric(keras.metrics.BinaryAccuracy, binary_accuracy)
def metric_binary_accuracy(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    threshold: Threshold = 0.5,
    *,
    name: MetricName = "binary_accuracy",
    dtype: DType = None,
) -> Any:
    """Share of predictions that are on the right side of the threshold, for targets of 0 and 1.

    Called with `y_true` and `y_pred` it gives the mean of each sample, as in Keras 2.
    """


@metric(keras.metrics.CategoricalAccuracy, keras.metrics.categorical_accuracy)
def metric_categorical_accuracy(
    y_true: Targets = MISSING,
    y_pred: ClassProbabilities = MISSING,
    *,
    name: MetricName = "categorical_accuracy",
    dtype: DType = None,
) -> Any:
    """Share of samples whose highest prediction is that of the right class, for one-hot targets."""


@metric(keras.metrics.SparseCategoricalAccuracy, keras.metrics.sparse_categorical_accuracy)
def metric_sparse_categorical_accuracy(
    y_true: ClassNumbers = MISSING,
    y_pred: ClassProbabilities = MISSING,
    *,
    name: MetricName = "sparse_categorical_accuracy",
    dtype: DType = None,
) -> Any:
    """Share of samples whose highest prediction is that of the right class, for targets that are numbers of classes."""


@metric(keras.metrics.TopKCategoricalAccuracy, keras.metrics.top_k_categorical_accuracy)
def metric_top_k_categorical_accuracy(
    y_true: Targets = MISSING,
    y_pred: ClassProbabilities = MISSING,
    k: Top = 5,
    *,
    name: MetricName = "top_k_categorical_accuracy",
    dtype: DType = None,
) -> Any:
    """Share of samples whose right class is among the `k` highest predictions, for one-hot targets."""


@metric(keras.metrics.SparseTopKCategoricalAccuracy, keras.metrics.sparse_top_k_categorical_accuracy)
def metric_sparse_top_k_categorical_accuracy(
    y_true: ClassNumbers = MISSING,
    y_pred: ClassProbabilities = MISSING,
    k: Top = 5,
    *,
    name: MetricName = "sparse_top_k_categorical_accuracy",
    dtype: DType = None,
) -> Any:
    """Share of samples whose right class is among the `k` highest predictions, for numbers of classes."""


@metric_object(keras.metrics.Accuracy, keras_name="accuracy")
def metric_accuracy(*, name: MetricName = None, dtype: DType = None) -> keras.metrics.Metric:
    """Share of predictions that equal their targets exactly.

    The name `"accuracy"` in `compile` is another thing: the accuracy that fits to the output of the model.
    """
