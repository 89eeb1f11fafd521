"""What TensorBoard shows of a model beside its weights: activations and gradients, over one batch."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np


def first_batch(data: Any, size: int) -> Any:
    """The first samples of arrays in any structure; None where they are no arrays."""
    leaves = keras.tree.flatten(data)
    if not leaves or not all(hasattr(leaf, "__array__") and np.ndim(leaf) for leaf in leaves if leaf is not None):
        return None
    return keras.tree.map_structure(lambda leaf: None if leaf is None else np.asarray(leaf)[:size], data)


def activations(model: keras.Model, x: Any) -> dict[str, Any]:
    """What each layer puts out for samples, in prediction.

    Layers that are called more than once, or put out several tensors, are left out, and so are all of a model that is
    no graph of layers.
    """
    outputs = {layer.name: output for layer in model.layers if (output := _output_of(layer)) is not None}
    if not outputs or not getattr(model, "inputs", None):
        return {}
    inputs = [x[one.name] for one in model.inputs] if isinstance(x, dict) else keras.tree.flatten(x)
    values = keras.Model(model.inputs, outputs)(inputs, training=False)
    return {name: keras.ops.convert_to_numpy(value) for name, value in values.items()}


def gradients(model: keras.Model, x: Any, y: Any, sample_weight: Any) -> dict[str, Any]:
    """The gradient of the loss by each weight, on TensorFlow; the model and its metrics stay as they are."""
    import tensorflow as tf

    with _metrics_kept(model), tf.GradientTape() as tape:
        prediction = model(x, training=False)
        loss = model.compute_loss(x=x, y=y, y_pred=prediction, sample_weight=sample_weight, training=False)
        weights = model.trainable_weights
        found = tape.gradient(loss, weights)
    known = zip(weights, found, strict=True)
    return {weight.path: tf.convert_to_tensor(gradient).numpy() for weight, gradient in known if gradient is not None}


def _output_of(layer: keras.layers.Layer) -> Any:
    try:
        output = layer.output
    except (AttributeError, ValueError):  # Keras's words for none and for several
        return None
    return output if isinstance(output, keras.KerasTensor) else None


@contextmanager
def _metrics_kept(model: keras.Model) -> Iterator[None]:
    variables = model.metrics_variables
    values = [keras.ops.convert_to_numpy(variable) for variable in variables]
    try:
        yield
    finally:
        for variable, value in zip(variables, values, strict=True):
            variable.assign(value)
