"""Functions as metrics: they are given floats, as in Keras 2."""

import functools
from typing import Any

import keras

from ..language.functions_of_r import FunctionOfR


def of_floats(metric: Any) -> Any:
    """A function that may subtract predictions from targets that are whole numbers; another metric as it is.

    Keras 3 hands the types of the data and, under mixed precision, half floats on, of which TensorFlow computes no
    difference.
    """
    if not callable(metric) or (hasattr(metric, "get_config") and not isinstance(metric, FunctionOfR)):
        return metric

    @functools.wraps(metric)
    def with_floats(y_true: Any, y_pred: Any) -> Any:
        return metric(keras.ops.cast(y_true, keras.config.floatx()), keras.ops.cast(y_pred, keras.config.floatx()))

    if not hasattr(metric, "__name__"):
        with_floats.__name__ = type(metric).__name__
    return with_floats
