"""Models and weights in HDF5 files, whatever the name of the file ends in.

The layout is the one of Keras 2, so that Keras itself loads what is written here if the name ends in `.h5` or `.hdf5`.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import h5py
import keras
import numpy as np

from .. import keras_internals
from ..language import refuse
from ..language.errors import ArgumentError
from ..language.notices import warn
from ..optimizers.by_name import optimizer_from_config
from ..optimizers.keras2_rate import Steps
from ..optimizers.keras2_steps import Keras2Steps
from .files import replacing
from .keras2_layers import OUR_CLASSES, Unreadable
from .keras2_models import reason
from .readable import readable
from .versions import text

# Keras cannot train a model any further that it loaded together with "optimizer_weights": it builds the optimizer
# for no variables. Under a name of its own the state does not get in its way, and `load_model_hdf5` restores it.
_KERAS_STATE = "optimizer_weights"
_OUR_STATE = "rkeras_optimizer_weights"
_STEPS = "rkeras_steps_of_keras2"  # says that the optimizer is not the one that Keras makes of its configuration

_LAYERS = "rkeras_layers"  # says that the layers are those of rkeras, which compute what those of Keras 2 did


def write_model(model: keras.Model, path: str, owner: str, include_optimizer: bool = True) -> None:
    """Writes a whole model, in the name of an R function.

    The live model and what stands at the path stay as they are until all is written.
    """
    with _replacing(path, owner) as file, keras_internals.compile_config_kept(model):
        keras_internals.write_model(file, model, include_optimizer)
        config = readable(json.loads(file.attrs["model_config"]), model, owner)
        file.attrs["model_config"] = json.dumps(config).encode("utf-8")
        file.attrs[_LAYERS] = True
        _write_names(file)
        optimizer = getattr(model, "optimizer", None)
        optimizer = getattr(optimizer, "inner_optimizer", optimizer)
        if isinstance(optimizer, Keras2Steps):
            file.attrs[_STEPS] = optimizer.steps_of_keras2
        if _KERAS_STATE in file:
            file.move(_KERAS_STATE, _OUR_STATE)


def write_weights(model: keras.Model, path: str, owner: str) -> None:
    """Writes the weights alone, in the name of an R function."""
    with _replacing(path, owner) as file:
        keras_internals.write_weights(file, model)


def write_keras_weights(model: keras.Model, path: str, owner: str) -> None:
    """Writes the weights alone as Keras 3 does, for names that end in `.weights.h5`."""
    with replacing(path, owner) as beside, open(beside, "wb") as file:
        file.write(keras_internals.weights_as_bytes(model))


@contextmanager
def _replacing(path: str, owner: str) -> Iterator[h5py.File]:
    # To a file of Python's: where a write fails, HDF5 that writes by itself takes the process down.
    with replacing(path, owner) as beside, open(beside, "w+b") as disk, h5py.File(disk, "w") as file:
        yield file


def check_free(owner: Any, filepath: Any, overwrite: bool) -> None:
    if not overwrite and os.path.exists(filepath):
        refuse(owner, "filepath", os.fspath(filepath), "the name of a file that is not there, as overwrite is false")


@contextmanager
def opened(owner: Any, path: str) -> Iterator[h5py.File]:
    if not os.path.isfile(path):
        refuse(owner, "filepath", path, "the name of a file that is there")
    if not h5py.is_hdf5(path):
        refuse(owner, "filepath", path, "the name of an HDF5 file")
    try:
        with h5py.File(path, "r") as file:
            yield file
    except OSError as error:
        raise ArgumentError(f"{owner.__name__}(): {path} is damaged or not complete ({error}).") from error


def unloadable(file: h5py.File, path: str, error: Exception) -> ArgumentError:
    """Why there is no model to be had from a file, and what there is to do about it."""
    said = reason(error)
    theirs, ours = text(file.attrs.get("keras_version", "?")), keras.__version__
    if "Lambda" in said and "deserialization" in said:
        what = (
            "has a Lambda layer with code of its own, which is not run. If you trust the file, call"
            " keras.config.enable_unsafe_deserialization() before."
        )
    elif isinstance(error, Unreadable):
        what = f"cannot be loaded: {error}."
    elif said.startswith("Unknown") or "not locate" in said:
        what = f"cannot be loaded: {said}. It is to be named in `custom_objects`, or of Keras {theirs}; this is {ours}."
    else:
        of_keras = f" ({said})" if type(error) is ValueError else ""
        what = f"cannot be loaded: it is damaged or no model of Keras{of_keras}."
    return ArgumentError(f"load_model_hdf5(): {path} {what}")


def own_layers(file: h5py.File) -> dict[str, Any]:
    """Our classes of layers, by the names of those of Keras that a file of ours has in their place."""
    return {sort.__name__: sort for sort in OUR_CLASSES.values()} if _LAYERS in file.attrs else {}


def _write_names(file: h5py.File) -> None:
    """Writes what Keras makes the right thing of when it loads an HDF5 file.

    It does not find the loss "mse" then, but it finds "mean_squared_error"; and it finds the metric "mse", but logs it
    under another name, if the file does not say which.
    """
    if "training_config" not in file.attrs:
        return
    config = json.loads(file.attrs["training_config"])
    config["loss"] = _each(config.get("loss"), _long_name)
    for sort in ("metrics", "weighted_metrics"):
        config[sort] = _each(config.get(sort), _named_metric)
    file.attrs["training_config"] = json.dumps(config).encode("utf8")


def _each(structure: Any, change: Callable[[str], Any]) -> Any:
    """Changes the names in it, alone, in lists or by output, and leaves what has a configuration."""
    if isinstance(structure, list):
        return [_each(one, change) for one in structure]
    if isinstance(structure, dict) and "class_name" not in structure:
        return {output: _each(one, change) for output, one in structure.items()}
    return change(structure) if isinstance(structure, str) else structure


def _long_name(loss: str) -> str:
    try:
        return getattr(keras.losses.get(loss), "__name__", loss)
    except ValueError:  # a function of one's own
        return loss


def _named_metric(metric: str) -> Any:
    if metric in ("acc", "accuracy", "ce", "crossentropy"):  # what they are is for the output to say
        return metric
    try:
        known = keras.metrics.get(metric)
    except ValueError:
        return metric
    is_object = isinstance(known, keras.metrics.Metric)
    return {"class_name": type(known).__name__, "config": {"name": metric}} if is_object else metric


def restore_optimizer(model: keras.Model, file: h5py.File) -> None:
    if not type(model.optimizer).__module__.startswith("keras."):
        return
    saved_config = json.loads(file.attrs["training_config"]).get("optimizer_config", {}).get("config", {})
    said = file.attrs.get(_STEPS, "keras3")
    steps: Steps = said if isinstance(said, str) else "legacy"  # type: ignore[assignment]  # earlier files say `True`
    optimizer = optimizer_from_config(type(model.optimizer), saved_config, steps)
    model.optimizer = optimizer
    group = file.get(_OUR_STATE) or file.get(_KERAS_STATE)
    if group is None:
        return
    saved = [group[name][()] for name in keras_internals.read_attribute(group, "weight_names")]
    if not _fits(optimizer, saved):  # as it does for a model that was saved before it was trained
        optimizer.build(model.trainable_variables)
    if not _fits(optimizer, saved):
        warn(
            "load_model_hdf5",
            f"the optimizer state in {file.filename} is laid out in another way; the optimizer starts afresh.",
        )
        return
    for variable, value in zip(optimizer.variables, saved, strict=True):
        variable.assign(value)


def _fits(optimizer: keras.optimizers.Optimizer, saved: list[Any]) -> bool:
    return [np.shape(value) for value in saved] == [tuple(variable.shape) for variable in optimizer.variables]
