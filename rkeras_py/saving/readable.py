"""What Keras writes into HDF5 files and does not read again: configurations are mended before they stand there."""

from collections.abc import Iterator
from typing import Any

import keras

from .. import keras_internals
from ..language.errors import ArgumentError

Config = dict[str, Any]


def readable(config: Config, model: keras.Model, owner: str) -> Config:
    """The configuration of a model, made such that Keras makes the same model of it.

    Args:
        config: The configuration as it stands in the file, of which parts are changed.
        model: The model.
        owner: The R function in whose name it is written.

    Raises:
        ArgumentError: There is a layer that Keras would make another one of.
    """
    inner = config["config"]
    if "layers" not in inner:  # a class of one's own
        return config
    entries = {_name(layer): layer for layer in inner["layers"]}
    for layer in model.layers:
        entry = entries.get(layer.name, {})
        if isinstance(layer, keras.Model) and "layers" in entry.get("config", {}):
            readable(entry, layer, owner)
        elif "config" in entry:
            _mend(entry["config"], owner)
    if "output_layers" in inner:
        _without_own_masks(entries, model)
        kept = set(_reached(entries, [*_histories(inner["output_layers"]), *_histories(inner["input_layers"])]))
        inner["layers"] = [layer for layer in inner["layers"] if _name(layer) in kept]
    return config


def _name(entry: Config) -> Any:
    """The name of a layer: one whose class takes none has it beside its configuration, if at all."""
    return entry["config"].get("name", entry.get("name"))


def _mend(config: Config, owner: str) -> None:
    if config.get("score_mode") == "dot":  # the default, for which Keras would take its function of that name
        del config["score_mode"]
    axis = config.get("axis")
    if isinstance(axis, list) and len(axis) > 1:
        raise ArgumentError(
            f"{owner}(): layer {config['name']!r} has several axes, {axis}, which Keras does not read from an HDF5 "
            'file: save the model as Keras 3 does, by its method save(), to a file named "....keras".'
        )


def _without_own_masks(entries: dict[str, Config], model: keras.Model) -> None:
    """Takes out the masks that layers find with what they are called on: Keras writes how each is computed, by
    operations that it does not know when it reads.
    """
    for name, calls in keras_internals.calls_in(model).items():
        for node, (arguments, named) in zip(entries[name]["inbound_nodes"], calls, strict=True):
            tensors = [one for one in keras.tree.flatten([arguments, named]) if isinstance(one, keras.KerasTensor)]
            own = {id(keras_internals.mask_of(one)) for one in tensors}
            for argument in [one for one in named if one == "mask" or one.endswith("_mask")]:
                masks = [one for one in keras.tree.flatten(named[argument]) if one is not None]
                if masks and all(id(mask) in own for mask in masks):
                    del node["kwargs"][argument]


def _reached(entries: dict[str, Config], waiting: list[str]) -> Iterator[str]:
    """The layers that outputs are computed by."""
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            yield name
            waiting += _histories(entries[name]["inbound_nodes"])


def _histories(part: Any) -> list[str]:
    """The names of the layers that stand in a part of a configuration."""
    if isinstance(part, dict):
        if part.get("class_name") == "__keras_tensor__":
            return [part["config"]["keras_history"][0]]
        part = list(part.values())
    if not isinstance(part, list):
        return []
    if len(part) == 3 and isinstance(part[0], str) and all(isinstance(one, int) for one in part[1:]):
        return [part[0]]
    return [name for one in part for name in _histories(one)]
