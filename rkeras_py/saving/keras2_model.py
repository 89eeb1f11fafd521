"""Models of configurations that Keras 2 wrote, which name no module."""

import copy
from collections.abc import Mapping
from typing import Any

import keras

from .. import keras_internals_of_models as internals

# Arguments that Keras 3 has given up, at the values that meant nothing.
_WITHOUT_MEANING = {"time_major": False, "groups": 1}


def model_of_keras_2(config: Mapping[str, Any], custom_objects: Mapping[str, Any]) -> keras.Model:
    """Makes a model, not compiled, with new weights.

    Args:
        config: The class of the model, `class_name`, and its configuration, `config`.
        custom_objects: The classes and functions that it names and Keras does not know, by name.

    Raises:
        ValueError: Keras 3 has no counterpart for something in it.
        TypeError: The same.
    """
    config = copy.deepcopy(dict(config))
    shapes = _made_fit(config["config"])
    model = internals.model_of_keras_2(config, custom_objects)
    if not model.built and shapes:
        model.build(tuple(shapes[0]))
    return model


def _made_fit(config: Any) -> list[Any]:
    """Takes out of the layers what Keras 3 has not got.

    Returns:
        The shapes of inputs that layers had, which in Keras 3 are a matter of the model.
    """
    layers = config if isinstance(config, list) else config.get("layers", [])
    taken = []
    for layer in layers:
        inner = layer.get("config", {})
        if isinstance(inner, list) or "layers" in inner:
            taken += _made_fit(inner)
            continue
        for wrapped in ("layer", "backward_layer"):
            if isinstance(inner.get(wrapped), dict):
                _made_fit([inner[wrapped]])
        if layer.get("class_name") != "InputLayer" and "batch_input_shape" in inner:
            taken.append(inner.pop("batch_input_shape"))
        for name, value in _WITHOUT_MEANING.items():
            if inner.get(name, ...) == value:
                del inner[name]
    return taken
