"""Crossentropies as Keras 2 computed them, where Keras 3 does otherwise.

Of a prediction of 0 or 1 that is wrong Keras 2's binary crossentropy is 15.42 or 15.33, and Keras 3's 16.12 or 15.94;
and of predictions that do not add up to 1 the sparse one on JAX is another. Both are mended by the logits of the
predictions.
"""

from typing import Any

import keras

from .. import keras_internals


def binary_crossentropy(
    y_true: Any, y_pred: Any, from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1
) -> Any:
    """`-log(p + epsilon)`, of a p that is cut to be `epsilon` away from 0 and 1, and so on."""
    if not from_logits and not keras_internals.has_logits(y_pred, "Sigmoid"):
        epsilon = keras.config.epsilon()
        p = _within(y_pred)
        y_pred, from_logits = keras.ops.log(p + epsilon) - keras.ops.log(1 - p + epsilon), True
    return keras.losses.binary_crossentropy(y_true, y_pred, from_logits, label_smoothing, axis)


def sparse_categorical_crossentropy(
    y_true: Any, y_pred: Any, from_logits: bool = False, axis: int = -1, ignore_class: int | None = None
) -> Any:
    """Of predictions that add up to 1, or else are made to."""
    if not from_logits and not keras_internals.has_logits(y_pred, "Softmax"):
        y_pred, from_logits = keras.ops.log(_within(y_pred)), True
    return keras.losses.sparse_categorical_crossentropy(y_true, y_pred, from_logits, ignore_class, axis)


def _within(probabilities: Any) -> Any:
    epsilon = keras.config.epsilon()
    p = keras.ops.convert_to_tensor(probabilities)
    p = p if keras.backend.is_float_dtype(p.dtype) else keras.ops.cast(p, keras.config.floatx())
    return keras.ops.clip(p, epsilon, 1 - epsilon)
