"""predict_proba() and predict_classes()."""

from typing import Any

import keras
import numpy as np

from ..language import Count, Size, r_function, refuse
from .data import Samples
from .training import predict


@r_function
def predict_proba(
    object: keras.Model, x: Samples, batch_size: Size | None = None, verbose: Count = 0, steps: Size | None = None
) -> Any:
    """Predicts probabilities: the same as `predict`.

    Args:
        object: The model.
        x: The samples, the first dimension counts them; a list or a named list for several inputs.
        batch_size: Samples in a batch, 32 if `None`.
        verbose: 0 shows nothing, 1 a progress bar.
        steps: Batches to predict, where `x` does not end by itself.

    Returns:
        An array, the first dimension counts the samples, or a list of arrays for several outputs.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `predict_proba`; Keras 2, `Sequential.predict_proba`, which Keras 3 has not got.
    """
    return predict(object, x, batch_size, verbose, steps)


@r_function
def predict_classes(
    object: keras.Model, x: Samples, batch_size: Size | None = None, verbose: Count = 0, steps: Size | None = None
) -> Any:
    """Predicts the class of each sample.

    Args:
        object: The model, of one output.
        x: The samples, the first dimension counts them; a list or a named list for several inputs.
        batch_size: Samples in a batch, 32 if `None`.
        verbose: 0 shows nothing, 1 a progress bar.
        steps: Batches to predict, where `x` does not end by itself.

    Returns:
        For a model that predicts several probabilities the number of the largest one, counted from 0, a vector; for one
        that predicts a single one whether it is above 0.5, as 0 and 1, in the shape of the predictions.

    Raises:
        ArgumentError: An argument is not what it must be, or the model has several outputs.

    Source:
        R keras 2.2.5.0, `predict_classes`; Keras 2, `Sequential.predict_classes`, which Keras 3 has not got.
    """
    predicted = predict(object, x, batch_size, verbose, steps)
    if not isinstance(predicted, np.ndarray):
        refuse(predict_classes, "object", object, "a model of one output")
    if predicted.shape[-1] > 1:
        return predicted.argmax(axis=-1)
    return (predicted > 0.5).astype("int32")
