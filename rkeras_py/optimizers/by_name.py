"""Optimizers by their names, as they were saved, and for a model."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import keras

from .adagrad import optimizer_adadelta, optimizer_adagrad, optimizer_ftrl
from .adam import optimizer_adam, optimizer_adamax, optimizer_nadam
from .keras2_rate import Steps, with_keras2_rate
from .rmsprop import optimizer_rmsprop
from .sgd import optimizer_sgd

_FUNCTIONS: dict[str, Callable[[], keras.optimizers.Optimizer]] = {
    **{"adadelta": optimizer_adadelta, "adagrad": optimizer_adagrad, "adam": optimizer_adam},
    **{"adamax": optimizer_adamax, "ftrl": optimizer_ftrl, "nadam": optimizer_nadam},
    **{"rmsprop": optimizer_rmsprop, "sgd": optimizer_sgd},
}


def optimizer_named(name: str) -> keras.optimizers.Optimizer:
    """The optimizer of a name as Keras knows it, e.g. `"adam"`: what `optimizer_adam()` makes."""
    make = _FUNCTIONS.get(name.lower()) or with_keras2_rate(type(keras.optimizers.get(name)))
    return make()


def optimizer_from_config(sort: type[keras.optimizers.Optimizer], config: Mapping[str, Any], steps: Steps) -> Any:
    """An optimizer as it was saved: by rkeras, by Keras 3 or by Keras 2, which wrote `lr`."""
    if "inner_optimizer" in config:  # under mixed precision
        inner = config["inner_optimizer"]
        inner_sort = getattr(keras.optimizers, inner["class_name"].rpartition(">")[2])
        made = optimizer_from_config(inner_sort, inner["config"], steps)
        options = {name: value for name, value in config.items() if name != "inner_optimizer"}
        return with_keras2_rate(sort)(made, **options)
    known = {*inspect.signature(sort).parameters, "decay", "schedule_decay"}
    renamed = {"learning_rate" if name == "lr" else name: value for name, value in config.items()}
    options = {name: value for name, value in renamed.items() if name in known}
    return with_keras2_rate(sort, steps).from_config(options)
