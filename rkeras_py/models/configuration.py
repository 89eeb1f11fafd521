"""What a model is made of, without its weights: get_config(), from_config(), and the same as JSON."""

import json as json_format
from collections.abc import Mapping
from typing import Annotated, Any

import keras

from .. import keras_internals
from ..language import r_function, refuse
from ..language.errors import GoneError
from ..saving.keras2_models import made_model
from .arguments import Configuration, HasConfig
from .hdf5 import under_their_names


class Config(dict[str, Any]):
    """A configuration, which knows what it is the configuration of.

    Attributes:
        config_class: The class.
    """

    config_class: type


@r_function
def get_config(object: Annotated[Any, HasConfig()]) -> Config:
    """The configuration of a layer or of a model: what it was made of, without its weights.

    Args:
        object: The layer or the model.

    Returns:
        The configuration, in Python a dict; in R its elements are read by `$`.

    Raises:
        ArgumentError: It has no configuration.

    Source:
        R keras 2.2.5.0, `get_config`; Keras, `Layer.get_config`.
    """
    config = Config(object.get_config())
    config.config_class = type(object)
    return config


@r_function
def from_config(config: Annotated[Any, Configuration()], custom_objects: Mapping[str, object] | None = None) -> Any:
    """Makes a layer or a model of a configuration.

    Args:
        config: What `get_config` returned, or the same as a named list.
        custom_objects: The classes and functions that it names and Keras does not know, by name.

    Returns:
        The layer or the model, with new weights, not compiled.

    Raises:
        ArgumentError: It is not the configuration of a model, and does not say of what else.

    Source:
        R keras 2.2.5.0, `from_config`; Keras, `Layer.from_config`.
    """
    sort = getattr(config, "config_class", None) or _class_of(config)
    if sort is None:
        refuse(from_config, "config", dict(config), "what get_config() returned")
    with keras.saving.custom_object_scope(under_their_names(custom_objects or {})):
        return _finished(sort.from_config(dict(config)))


def _class_of(config: Mapping[str, Any]) -> Any:
    """The class that a configuration without one looks like."""
    if "input_layers" in config:
        return keras.Model
    if "layers" in config:
        return keras.Sequential
    return None


@r_function
def model_to_json(object: keras.Model) -> str:
    """The architecture of a model as JSON, without its weights and how it was compiled.

    Args:
        object: The model.

    Returns:
        The JSON, a string.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `model_to_json`; Keras, `Model.to_json`.
    """
    return json_format.dumps(_without_compilation(json_format.loads(object.to_json())))


@r_function
def model_from_json(json: str, custom_objects: Mapping[str, object] | None = None) -> keras.Model:
    """Makes a model of JSON that `model_to_json` wrote, here or in R keras.

    Args:
        json: The JSON.
        custom_objects: The classes and functions that the model uses and Keras does not know, by name.

    Returns:
        The model, with new weights, not compiled.

    Raises:
        ArgumentError: It is no JSON, or not that of a model.

    Source:
        R keras 2.2.5.0, `model_from_json`; Keras, `keras.models.model_from_json`.
    """
    try:
        config = json_format.loads(json)
    except json_format.JSONDecodeError:
        refuse(model_from_json, "json", json, "the JSON of a model")
    if not isinstance(config, dict) or "class_name" not in config:
        refuse(model_from_json, "json", json, "the JSON of a model")
    known = under_their_names(custom_objects or {})
    if "module" not in config:
        return _finished(made_model(config, known))
    config = _without_compilation(config)
    return _finished(keras.saving.deserialize_keras_object(config, custom_objects=known))


@r_function
def model_to_yaml(object: keras.Model) -> str:
    """YAML of a model: Keras has written none since 2021, as reading it could run code; an error that names JSON.

    Args:
        object: The model.

    Returns:
        Nothing.

    Raises:
        ArgumentError: An argument is not what it must be.
        GoneError: Always.

    Source:
        R keras 2.2.5.0, `model_to_yaml`.
    """
    raise GoneError("model_to_yaml(): Keras writes no YAML any more; model_to_json() writes the same as JSON.")


@r_function
def model_from_yaml(yaml: str, custom_objects: Mapping[str, object] | None = None) -> keras.Model:
    """YAML of a model: Keras has read none since 2021, as that could run code; an error that names JSON.

    Args:
        yaml: The YAML.
        custom_objects: The classes and functions that the model uses and Keras does not know, by name.

    Returns:
        Nothing.

    Raises:
        ArgumentError: An argument is not what it must be.
        GoneError: Always.

    Source:
        R keras 2.2.5.0, `model_from_yaml`.
    """
    raise GoneError(
        "model_from_yaml(): Keras reads no YAML any more. Make JSON of it, e.g. with the package yaml, and give that "
        "to model_from_json()."
    )


def _without_compilation(config: Any) -> Any:
    """Architecture alone, as in Keras 2: a model that is read is not compiled."""
    if isinstance(config, list):
        return [_without_compilation(one) for one in config]
    if not isinstance(config, dict):
        return config
    return {name: _without_compilation(one) for name, one in config.items() if name != "compile_config"}


def _finished(made: Any) -> Any:
    if isinstance(made, keras.Sequential):
        keras_internals.show_ends(made)
    return made
