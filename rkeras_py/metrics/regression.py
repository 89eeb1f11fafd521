"""Metrics of numbers, of directions and of distances."""

from typing import Annotated, Any

import keras
from typing_extensions import Doc

from ..language import MISSING, Tensor, r_function
from ..language.notices import warn
from ..losses.arguments import Predictions, Targets, VectorAxis
from ..losses.hinge import Signs
from .arguments import DType, MetricName
from .calling import metric, metric_object
from .classes import MeanRelativeError


@metric(keras.metrics.MeanSquaredError, keras.losses.mean_squared_error)
def metric_mean_squared_error(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    *,
    name: MetricName = "mean_squared_error",
    dtype: DType = None,
) -> Any:
    """Mean squared error: `mean((y_true - y_pred)^2)`."""


@metric(keras.metrics.MeanAbsoluteError, keras.losses.mean_absolute_error)
def metric_mean_absolute_error(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    *,
    name: MetricName = "mean_absolute_error",
    dtype: DType = None,
) -> Any:
    """Mean absolute error: `mean(abs(y_true - y_pred))`."""


@metric(keras.metrics.MeanAbsolutePercentageError, keras.losses.mean_absolute_percentage_error)
def metric_mean_absolute_percentage_error(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    *,
    name: MetricName = "mean_absolute_percentage_error",
    dtype: DType = None,
) -> Any:
    """Mean absolute percentage error: `100 * mean(abs((y_true - y_pred) / y_true))`."""


@metric(keras.metrics.MeanSquaredLogarithmicError, keras.losses.mean_squared_logarithmic_error)
def metric_mean_squared_logarithmic_error(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    *,
    name: MetricName = "mean_squared_logarithmic_error",
    dtype: DType = None,
) -> Any:
    """Mean squared logarithmic error: `mean((log(y_true + 1) - log(y_pred + 1))^2)`, negative numbers taken for 0."""


@metric(keras.metrics.Hinge, keras.losses.hinge)
def metric_hinge(
    y_true: Signs = MISSING,
    y_pred: Predictions = MISSING,
    *,
    name: MetricName = "hinge",
    dtype: DType = None,
) -> Any:
    """Hinge loss: `mean(max(1 - y_true * y_pred, 0))`."""


@metric(keras.metrics.SquaredHinge, keras.losses.squared_hinge)
def metric_squared_hinge(
    y_true: Signs = MISSING,
    y_pred: Predictions = MISSING,
    *,
    name: MetricName = "squared_hinge",
    dtype: DType = None,
) -> Any:
    """Squared hinge loss: `mean(max(1 - y_true * y_pred, 0)^2)`."""


@metric_object(keras.metrics.CategoricalHinge, keras_name="categorical_hinge")
def metric_categorical_hinge(*, name: MetricName = None, dtype: DType = None) -> keras.metrics.Metric:
    """Categorical hinge loss, of one-hot targets: by how much the right class is not 1 above the best of the others."""


@metric_object(keras.metrics.RootMeanSquaredError, keras_name="root_mean_squared_error")
def metric_root_mean_squared_error(*, name: MetricName = None, dtype: DType = None) -> keras.metrics.Metric:
    """Root of the mean squared error."""


@metric_object(keras.metrics.LogCoshError, keras_name="logcosh")
def metric_logcosh_error(*, name: MetricName = "logcosh", dtype: DType = None) -> keras.metrics.Metric:
    """Mean logarithm of the hyperbolic cosine of the error."""


@metric_object(keras.metrics.CosineSimilarity, keras_name="cosine_similarity")
def metric_cosine_similarity(
    *, axis: VectorAxis = -1, name: MetricName = "cosine_similarity", dtype: DType = None
) -> keras.metrics.Metric:
    """Cosine similarity: 1 where vectors have the same direction, 0 at a right angle, -1 where they are opposite.

    `loss_cosine_similarity()` has the other sign.
    """


@r_function(keras_name="cosine_proximity")
def metric_cosine_proximity(
    y_true: Annotated[Tensor, Doc("The targets, one row for each sample.")], y_pred: Predictions
) -> Any:
    """Older name of the cosine similarity, with a warning: 1 where vectors have the same direction.

    Returns:
        A value for each sample.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `metric_cosine_proximity`; Keras, `keras.losses.cosine_similarity` with its sign turned.
    """
    warn("metric_cosine_proximity", "metric_cosine_similarity() is what this is called now.", stacklevel=3)
    return -keras.losses.cosine_similarity(y_true, y_pred)


@metric_object(MeanRelativeError, replaces="MeanRelativeError")
def metric_mean_relative_error(
    *,
    normalizer: Annotated[Tensor, Doc("What the errors are divided by, in the shape of the predictions of a batch.")],
    name: MetricName = None,
    dtype: DType = None,
) -> keras.metrics.Metric:
    """Mean relative error: `mean(abs(y_true - y_pred) / normalizer)`, 0 where the normalizer is 0.

    Keras 3 has no such metric: a model that is compiled with it is loaded where rkeras is imported.
    """
