"""Whole models in HDF5 files that Keras 2 wrote."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import h5py
import keras

from . import keras2_state, keras2_training, keras2_weights
from .keras2_config import model_config
from .keras2_layers import OUR_CLASSES, Config, Unreadable
from .versions import text

# What Keras raises where a configuration makes no sense.
FAILURES = (ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError)


def read_model(file: h5py.File, custom_objects: Mapping[str, Any], compile: bool) -> keras.Model:
    """Makes the model of a file, with its weights, and its optimizer as it was.

    Code in the file is not run, unless `keras.config.enable_unsafe_deserialization()` was called.

    Args:
        file: The file.
        custom_objects: Classes and functions that the file names and Keras does not know.
        compile: Whether to compile it, if it was.

    Raises:
        Unreadable: There is something in it that Keras 3 has no counterpart for; the message names the layer.
        ValueError: The weights are not those of the model.
    """
    model = made_model(json.loads(text(file.attrs["model_config"])), custom_objects)
    keras2_weights.read(file["model_weights"], model)
    training = json.loads(text(file.attrs.get("training_config", "null"))) if compile else None
    if training is not None:
        keras2_training.compiled(model, training, custom_objects)
        keras2_state.restore(model, file)
    return model


def made_model(config: Any, custom_objects: Mapping[str, Any]) -> keras.Model:
    """Makes a model, not compiled, with new weights, of a configuration that Keras 2 wrote.

    Args:
        config: The class of the model, `class_name`, and its configuration, `config`.
        custom_objects: Classes and functions that it names and Keras does not know.

    Raises:
        Unreadable: There is something in it that Keras 3 has no counterpart for; the message names the layer.
    """
    translated = model_config(config, custom_objects)
    known = {**OUR_CLASSES, **custom_objects}
    try:
        model: keras.Model = keras.saving.deserialize_keras_object(translated, custom_objects=known)
    except FAILURES as error:
        name = _first_to_fail(translated, known)
        if name is None:
            raise
        raise Unreadable(f"{name}: {reason(error)}") from error
    return model


def reason(error: Exception) -> str:
    """What went wrong, in a part of a sentence."""
    # What is nested in a layer is said behind all of the layer's configuration.
    said = str(error).rsplit("Exception encountered: ", 1)[-1]
    return said.split("\n")[0].split(". ")[0].removesuffix(".")


def _first_to_fail(config: Config, known: Mapping[str, Any]) -> str | None:
    """The first layer of a model that cannot be made; None where they can, and do not fit together."""
    for layer in _layers(config):
        try:
            keras.saving.deserialize_keras_object(layer, custom_objects=dict(known))
        except FAILURES:
            return f'layer "{layer["config"].get("name", "")}" ({layer["class_name"]})'
    return None


def _layers(config: Config) -> Iterator[Config]:
    for layer in config["config"].get("layers", ()):
        if "layers" in layer["config"]:
            yield from _layers(layer)
        else:
            yield layer
