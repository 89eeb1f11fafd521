"""Gradients of embeddings: a batch touches some rows of the variable and leaves the others alone.

TensorFlow gives such a gradient as `IndexedSlices`, a row for each word of the batch, so that a word that occurs twice
has two. JAX gives the whole gradient, with zeros where nothing was touched.
"""

import sys
from collections.abc import Callable, Sequence
from typing import Any

import keras


def is_sparse(gradient: Any) -> bool:
    """Whether a gradient has rows for some of the variable only."""
    tensorflow = sys.modules.get("tensorflow")
    return tensorflow is not None and isinstance(gradient, tensorflow.IndexedSlices)


def summed(gradient: Any, variable: Any) -> Any:
    """The whole gradient: the rows of one word added up, which Keras 3 does not do before it squares them."""
    if not is_sparse(gradient):
        return gradient
    import tensorflow as tf

    return tf.math.unsorted_segment_sum(gradient.values, gradient.indices, variable.shape[0])


def touched(gradient: Any, variable: Any) -> Any:
    """Which rows the batch has touched, to be broadcast over the variable; None where the gradient has all rows."""
    if is_sparse(gradient):
        import tensorflow as tf

        once = tf.ones_like(gradient.indices, variable.dtype)
        rows = tf.math.unsorted_segment_sum(once, gradient.indices, variable.shape[0])
        return tf.reshape(rows > 0, [-1] + [1] * (len(variable.shape) - 1))
    if keras.backend.backend() != "tensorflow" and variable.name == "embeddings":
        return keras.ops.any(gradient != 0, axis=tuple(range(1, len(variable.shape))), keepdims=True)
    return None


def mapped(function: Callable[[Any], Any], gradient: Any) -> Any:
    """The gradient with a function of its entries applied to it."""
    if not is_sparse(gradient):
        return None if gradient is None else function(gradient)
    import tensorflow as tf

    return tf.IndexedSlices(function(gradient.values), gradient.indices, gradient.dense_shape)


def clipped_by_global_norm(gradients: Sequence[Any], largest: float) -> list[Any]:
    """The gradients shortened together, where sparse ones stay sparse."""
    ops = keras.ops
    entries = [one.values if is_sparse(one) else one for one in gradients if one is not None]
    norm = ops.sqrt(sum(ops.sum(ops.square(ops.cast(one, "float32"))) for one in entries))
    # Where the norm is infinite the difference is NaN, and all gradients are, as in Keras.
    scale = largest / ops.maximum(norm, largest) + (norm - norm)
    return [mapped(lambda entry: entry * ops.cast(scale, entry.dtype), one) for one in gradients]
