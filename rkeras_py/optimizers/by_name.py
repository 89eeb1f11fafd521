"""Optimizers by their names, with the rates they had in Keras 2."""

import inspect
from collections.abc import Mapping
from typing import Any

import keras

from .keras2_rate import with_keras2_rate

# Where Keras 3 has another default rate: `optimizer = "adadelta"` would train a thousand times slower.
_KERAS2_RATES = {"adagrad": 0.01, "adadelta": 1.0, "adamax": 0.002, "nadam": 0.002}


def optimizer_named(name: str) -> keras.optimizers.Optimizer:
    """The optimizer of a name as Keras knows it, e.g. `"adam"`, with `lr` and `decay`."""
    name = name.lower()
    rate = {"learning_rate": _KERAS2_RATES[name]} if name in _KERAS2_RATES else {}
    return with_keras2_rate(type(keras.optimizers.get(name)))(**rate)


def optimizer_from_config(
    sort: type[keras.optimizers.Optimizer], config: Mapping[str, Any], steps_of_keras2: bool
) -> Any:
    """An optimizer as it was saved: by rkeras, by Keras 3 or by Keras 2, which wrote `lr`."""
    known = inspect.signature(sort).parameters
    renamed = {"learning_rate" if name == "lr" else name: value for name, value in config.items()}
    options = {name: value for name, value in renamed.items() if name in known or name == "decay"}
    return with_keras2_rate(sort, steps_of_keras2).from_config(options)
