"""Hinge losses, of classes as -1 and 1."""

from typing import Annotated, Any

import keras
from typing_extensions import Doc

from ..language import MISSING, Tensor
from .arguments import LossName, Predictions, Reduction, Targets
from .calling import loss

Signs = Annotated[
    Tensor,
    Doc("The targets, -1 or 1; where all are 0 or 1, 0 stands for -1; missing, as `y_pred`, for an object."),
]


@loss(keras.losses.Hinge, keras.losses.hinge)
def loss_hinge(
    y_true: Signs = MISSING,
    y_pred: Predictions = MISSING,
    *,
    reduction: Reduction = "auto",
    name: LossName = "hinge",
) -> Any:
    """Hinge loss: `mean(max(1 - y_true * y_pred, 0))`."""


@loss(keras.losses.SquaredHinge, keras.losses.squared_hinge)
def loss_squared_hinge(
    y_true: Signs = MISSING,
    y_pred: Predictions = MISSING,
    *,
    reduction: Reduction = "auto",
    name: LossName = "squared_hinge",
) -> Any:
    """Squared hinge loss: `mean(max(1 - y_true * y_pred, 0)^2)`."""


@loss(keras.losses.CategoricalHinge, keras.losses.categorical_hinge)
def loss_categorical_hinge(
    y_true: Targets = MISSING,
    y_pred: Predictions = MISSING,
    *,
    reduction: Reduction = "auto",
    name: LossName = "categorical_hinge",
) -> Any:
    """Categorical hinge loss, of one-hot targets: by how much the right class is not 1 above the best of the others."""
