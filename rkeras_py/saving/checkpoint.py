"""Weights in checkpoints of TensorFlow, under the keys that they have in Keras 2, which reads what is written here."""

import os
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np

_SUFFIX = "/.ATTRIBUTES/VARIABLE_VALUE"


def keys(layer: keras.layers.Layer) -> dict[str, Any]:
    """The weights of a model or a layer by the keys that they have in a checkpoint of Keras 2."""
    within = {f"{name}/{key}": weight for name, one in _layers_in(layer) for key, weight in keys(one).items()}
    seen = {id(weight) for weight in within.values()}
    return {**{weight.name: weight for weight in layer.weights if id(weight) not in seen}, **within}


def _layers_in(layer: keras.layers.Layer) -> Iterator[tuple[str, keras.layers.Layer]]:
    """The layers within a layer: those of a model by their number among those with weights, others by attribute."""
    if isinstance(layer, keras.Sequential) or _is_functional(layer):
        with_weights = [one for one in layer.layers if one.weights]
        yield from ((f"layer_with_weights-{at}", one) for at, one in enumerate(with_weights))
        return
    seen: set[int] = set()
    for name, value in vars(layer).items():
        parts = {name: value}
        if isinstance(value, list | tuple):
            parts = {f"{name}/{at}": one for at, one in enumerate(value)}
        for key, one in parts.items():
            if isinstance(one, keras.layers.Layer) and id(one) not in seen and not key.startswith("_layers"):
                seen.add(id(one))
                yield key, one


def _is_functional(layer: keras.layers.Layer) -> bool:
    return isinstance(layer, keras.Model) and bool(getattr(layer, "inputs", None))


def write(model: keras.Model, path: str) -> None:
    """Writes the weights of a model to a checkpoint, and its name to the file `checkpoint` beside it."""
    import tensorflow as tf

    root = tf.Module()
    for key, weight in keys(model).items():
        *way, last = key.split("/")
        node = root
        for part in way:
            if not hasattr(node, part):
                setattr(node, part, tf.Module())
            node = getattr(node, part)
        setattr(node, last, tf.Variable(keras.ops.convert_to_numpy(weight)))
    tf.train.Checkpoint(root=root).write(path)
    folder = os.path.dirname(path) or "."
    name = os.path.basename(path)
    with open(os.path.join(folder, "checkpoint"), "w", encoding="utf-8") as file:
        file.write(f'model_checkpoint_path: "{name}"\nall_model_checkpoint_paths: "{name}"\n')


def read(model: keras.Model, path: str) -> list[str]:
    """Reads the weights of a model from a checkpoint, all of them or none.

    Returns:
        The keys that are not there, or have another shape; nothing is read then.
    """
    import tensorflow as tf

    reader = tf.train.load_checkpoint(path)
    shapes = {name.removesuffix(_SUFFIX): tuple(shape) for name, shape in reader.get_variable_to_shape_map().items()}
    wanted = keys(model)
    missing = [key for key, weight in wanted.items() if shapes.get(key) != tuple(weight.shape)]
    if not missing:
        for key, weight in wanted.items():
            weight.assign(np.asarray(reader.get_tensor(key + _SUFFIX)))
    return missing


def exists(path: str) -> bool:
    """Whether there is a checkpoint."""
    return os.path.isfile(f"{path}.index")
