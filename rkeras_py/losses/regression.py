"""Losses of numbers, of directions and of distributions."""

from typing import Annotated, Any

import keras
from annotated_types import Ge
from typing_extensions import Doc

from ..language import MISSING
from .arguments import LossName, Predictions, Reduction, Targets, VectorAxis
from .calling import loss

Delta = Annotated[float, Ge(0), Doc("The error from which on the loss grows linearly.")]


@loss(keras.losses.MeanSquaredError, keras.losses.mean_squared_error)
def loss_mean_squared_error(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    *,
    reduction: Reduction = "auto",
    name: LossName = "mean_squared_error",
) -> Any:
    """Mean squared error: `mean((y_true - y_pred)^2)`."""


@loss(keras.losses.MeanAbsoluteError, keras.losses.mean_absolute_error)
def loss_mean_absolute_error(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    *,
    reduction: Reduction = "auto",
    name: LossName = "mean_absolute_error",
) -> Any:
    """Mean absolute error: `mean(abs(y_true - y_pred))`."""


@loss(keras.losses.MeanAbsolutePercentageError, keras.losses.mean_absolute_percentage_error)
def loss_mean_absolute_percentage_error(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    *,
    reduction: Reduction = "auto",
    name: LossName = "mean_absolute_percentage_error",
) -> Any:
    """Mean absolute percentage error: `100 * mean(abs((y_true - y_pred) / y_true))`.

    Targets nearer to 0 than the fuzz factor of Keras, 1e-7, are divided by that.
    """


@loss(keras.losses.MeanSquaredLogarithmicError, keras.losses.mean_squared_logarithmic_error)
def loss_mean_squared_logarithmic_error(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    *,
    reduction: Reduction = "auto",
    name: LossName = "mean_squared_logarithmic_error",
) -> Any:
    """Mean squared logarithmic error: `mean((log(y_true + 1) - log(y_pred + 1))^2)`, negative numbers taken for 0."""


@loss(keras.losses.LogCosh, keras.losses.log_cosh, keras_name="log_cosh")
def loss_logcosh(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    *,
    reduction: Reduction = "auto",
    name: LossName = "log_cosh",
) -> Any:
    """Mean logarithm of the hyperbolic cosine of the error: nearly its half square where it is small, linear beyond."""


@loss(keras.losses.Huber, keras.losses.huber)
def loss_huber(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    delta: Delta = 1.0,
    *,
    reduction: Reduction = "auto",
    name: LossName = "huber_loss",
) -> Any:
    """Huber loss: half the squared error where that is at most `delta`, linear beyond."""


@loss(keras.losses.KLDivergence, keras.losses.kl_divergence, keras_name="kl_divergence")
def loss_kullback_leibler_divergence(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    *,
    reduction: Reduction = "auto",
    name: LossName = "kl_divergence",
) -> Any:
    """Kullback-Leibler divergence: `sum(y_true * log(y_true / y_pred))`, of distributions."""


@loss(keras.losses.KLDivergence, keras.losses.kl_divergence, since="2.15.0")
def loss_kl_divergence(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    *,
    reduction: Reduction = "auto",
    name: LossName = "kl_divergence",
) -> Any:
    """Kullback-Leibler divergence by its shorter name: `loss_kullback_leibler_divergence`."""


@loss(keras.losses.Poisson, keras.losses.poisson)
def loss_poisson(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    *,
    reduction: Reduction = "auto",
    name: LossName = "poisson",
) -> Any:
    """Poisson loss, of predicted rates of counts: `mean(y_pred - y_true * log(y_pred))`."""


@loss(keras.losses.CosineSimilarity, keras.losses.cosine_similarity)
def loss_cosine_similarity(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    axis: VectorAxis = -1,
    *,
    reduction: Reduction = "auto",
    name: LossName = "cosine_similarity",
) -> Any:
    """Cosine similarity with its sign turned: -1 where vectors have the same direction, 0 at a right angle.

    `metric_cosine_similarity()` is 1 where they have the same direction.
    """


@loss(
    keras.losses.CosineSimilarity,
    keras.losses.cosine_similarity,
    keras_name="cosine_similarity",
    older="loss_cosine_similarity",
)
def loss_cosine_proximity(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    axis: VectorAxis = -1,
    *,
    reduction: Reduction = "auto",
    name: LossName = "cosine_similarity",
) -> Any:
    """Older name of `loss_cosine_similarity()`, with a warning."""
