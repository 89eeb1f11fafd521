"""Models in the SavedModel format of TensorFlow, as Keras 2 wrote them: what serves them finds the same names."""

import json
import os
from collections.abc import Iterator
from typing import Any

import keras

from .keras2_models import made_model

_VARINT, _BYTES = 0, 2


def export(model: keras.Model, path: str) -> None:
    """Writes the predictions of a model as a SavedModel, whose inputs and outputs are called as in Keras 2."""
    import tensorflow as tf

    inputs = getattr(model, "inputs", None)
    if not inputs:
        model.export(path, verbose=False)
        return
    names = _input_names(model)
    signature = [tf.TensorSpec(one.shape, one.dtype, name) for one, name in zip(inputs, names, strict=True)]

    def predict(tensors: list[Any]) -> dict[str, Any]:
        together = tensors[0] if len(tensors) == 1 else keras.tree.pack_sequence_as(model.input, tensors)
        return dict(zip(_output_names(model), keras.tree.flatten(model(together, training=False)), strict=True))

    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint("serving_default", predict, input_signature=[signature])
    archive.write_out(path, verbose=False)


def _input_names(model: keras.Model) -> list[str]:
    if isinstance(model, keras.Sequential):
        return [f"{model.layers[0].name}_input"]
    return [tensor.name for tensor in model.inputs]


def _output_names(model: keras.Model) -> list[str]:
    return [model.layers[-1].name] if isinstance(model, keras.Sequential) else list(model.output_names)


def keras_2_config(path: str) -> dict[str, Any] | None:
    """What Keras 2 wrote beside a SavedModel: the configuration of the model, and how it was compiled.

    Returns:
        `class_name` and `config`, and `training_config` if it was compiled; None where there is no such thing.
    """
    file = os.path.join(path, "keras_metadata.pb")
    if not os.path.isfile(file):
        return None
    with open(file, "rb") as content:
        nodes = [dict(_fields(node)) for number, node in _fields(content.read()) if number == 1]
    root: dict[str, Any] = next((json.loads(node[5]) for node in nodes if node.get(3) == b"root"), {})
    config = root.get("model_config")
    return None if config is None else {**config, "training_config": root.get("training_config")}


def keras_2_model(path: str, config: dict[str, Any], custom_objects: dict[str, Any]) -> keras.Model:
    """The model of a SavedModel that Keras 2 wrote, with its weights.

    Raises:
        ValueError: Keras 3 has no counterpart for something in it, or the weights are not those of the model.
    """
    import tensorflow as tf

    model = made_model(config, custom_objects)
    model.set_weights([variable.numpy() for variable in tf.saved_model.load(path).variables])
    return model


def _fields(message: bytes) -> Iterator[tuple[int, Any]]:
    """The fields of a message of Protocol Buffers, numbers and bytes, in their order."""
    at = 0
    while at < len(message):
        key, at = _number(message, at)
        number, sort = key >> 3, key & 7
        value, at = _number(message, at)
        if sort == _BYTES:
            yield number, message[at : at + value]
            at += value
        elif sort == _VARINT:
            yield number, value
        else:
            raise ValueError(f"a field of sort {sort}")


def _number(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if byte < 0x80:
            return value, at
