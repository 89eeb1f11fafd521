"""train_on_batch(), test_on_batch() and predict_on_batch()."""

from collections.abc import Mapping
from typing import Any

import keras

from ..language import r_function
from .data import Samples, Targets, class_weights, loss_first
from .trainable import as_compiled


@r_function
def train_on_batch(
    object: keras.Model,
    x: Samples,
    y: Targets,
    class_weight: Mapping[str, float] | None = None,
    sample_weight: Samples | None = None,
) -> float | list[float]:
    """Trains a compiled model on one batch.

    Args:
        object: The model.
        x: The samples, the first dimension counts them; a list or a named list for several inputs.
        y: The targets.
        class_weight: A weight for each class, by its number.
        sample_weight: A weight for each sample.

    Returns:
        The loss of the batch before the step; with metrics, the loss and their values, in the order of `evaluate`.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `train_on_batch`; Keras, `Model.train_on_batch`.
    """
    weights = class_weights(train_on_batch, class_weight)
    object.reset_metrics()  # Keras 3.12 goes on with the means of the batches before
    with as_compiled(object, "train_on_batch"):
        return _values(object.train_on_batch(x, y, sample_weight, weights, return_dict=True))


@r_function
def test_on_batch(
    object: keras.Model,
    x: Samples,
    y: Targets,
    sample_weight: Samples | None = None,  # noqa: PT028
) -> float | list[float]:
    """Evaluates a compiled model on one batch.

    Args:
        object: The model.
        x: The samples, the first dimension counts them; a list or a named list for several inputs.
        y: The targets.
        sample_weight: A weight for each sample.

    Returns:
        The loss of the batch; with metrics, the loss and their values, in the order of `evaluate`.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `test_on_batch`; Keras, `Model.test_on_batch`.
    """
    object.reset_metrics()
    return _values(object.test_on_batch(x, y, sample_weight, return_dict=True))


@r_function
def predict_on_batch(object: keras.Model, x: Samples) -> Any:
    """Predicts the outputs for one batch.

    Args:
        object: The model.
        x: The samples, the first dimension counts them; a list or a named list for several inputs.

    Returns:
        An array, the first dimension counts the samples, or a list of arrays for several outputs.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `predict_on_batch`; Keras, `Model.predict_on_batch`.
    """
    return object.predict_on_batch(x)


def _values(logs: Mapping[str, Any]) -> float | list[float]:
    values = [float(logs[name]) for name in sorted(logs, key=loss_first)]
    return values[0] if len(values) == 1 else values
