"""save_model_hdf5(), load_model_hdf5() and the same for weights."""

import os
import types
import warnings
from collections.abc import Mapping
from typing import Annotated, Any

import h5py
import keras

from .. import keras_internals
from ..language import Path, Retired, r_function, refuse
from ..language.errors import ArgumentError
from ..metrics.custom import named
from ..saving import keras2_weights
from ..saving.hdf5 import check_free, opened, own_layers, restore_optimizer, unloadable, write_model, write_weights
from ..saving.keras2_layers import Unreadable
from ..saving.keras2_models import FAILURES, read_model, reason
from ..saving.versions import is_of_keras2


@r_function
def load_model_hdf5(
    filepath: Path, custom_objects: Mapping[str, object] | None = None, compile: bool = True
) -> keras.Model:
    """Loads a model from an HDF5 file, ready to be trained further with the state of its optimizer.

    Args:
        filepath: The file, whatever its name ends in.
        custom_objects: The classes and functions that the model uses and Keras does not know, by name.
        compile: Whether to compile the model the way it was compiled when it was saved.

    Returns:
        The model.

    Raises:
        ArgumentError: There is no such file, or it is not an HDF5 file with a whole model in it; or the model has code
            of its own (a Lambda layer), which is not run unless Keras is told to trust it, or something that Keras 3
            has no counterpart for: the message says which layer, and what.

    Source:
        R keras 2.2.5.0, `load_model_hdf5`; Keras, `keras.models.load_model`.
    """
    with opened(load_model_hdf5, os.fspath(filepath)) as file:
        if "model_config" not in file.attrs:
            refuse(load_model_hdf5, "filepath", filepath, "an HDF5 file with a whole model in it")
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Argument `decay` is no longer supported")  # it is restored below
            known = under_their_names(custom_objects or {})
            try:
                model = _read(file, known, compile)
            except FAILURES as error:
                if custom_objects and not isinstance(error, Unreadable):  # it may be one of theirs
                    raise
                raise unloadable(file, os.fspath(filepath), error) from error
        if compile and model.compiled and not is_of_keras2(file):
            with keras.saving.custom_object_scope(known):
                restore_optimizer(model, file)
    if isinstance(model, keras.Sequential):
        keras_internals.show_ends(model)
    return model


@r_function
def load_model_weights_hdf5(
    object: keras.Model,
    filepath: Path,
    by_name: bool = False,
    skip_mismatch: bool = False,
    reshape: Annotated[bool, Retired("Keras 3 loads weights in the shape they were saved in.")] = False,
) -> keras.Model:
    """Loads weights from an HDF5 file into a model of the same architecture.

    Args:
        object: The model.
        filepath: The file, whatever its name ends in: weights, or a whole model.
        by_name: Whether to match layers by their name instead of their order.
        skip_mismatch: Whether to pass over layers whose weights do not fit, with a warning.
        reshape: Not used any more.

    Returns:
        The model itself.

    Raises:
        ArgumentError: There is no such file, or it is not an HDF5 file with weights in it; or they are not those of the
            model, which is as it was.

    Source:
        R keras 2.2.5.0, `load_model_weights_hdf5`; Keras, `Model.load_weights`.
    """
    path = os.fspath(filepath)
    with opened(load_model_weights_hdf5, path) as file:
        group = file.get("model_weights", file)
        if "layer_names" in group.attrs or "layer_names0" in group.attrs:
            try:
                keras2_weights.read(group, object, by_name, skip_mismatch)
            except FAILURES as error:
                raise ArgumentError(f"load_model_weights_hdf5(): {path} does not fit: {reason(error)}.") from error
            return object
    if not path.endswith(".weights.h5"):
        refuse(load_model_weights_hdf5, "filepath", filepath, "an HDF5 file with weights in it")
    object.load_weights(filepath, skip_mismatch=skip_mismatch)
    return object


@r_function
def save_model_hdf5(
    object: keras.Model, filepath: Path, overwrite: bool = True, include_optimizer: bool = True
) -> bool:
    """Saves a model to an HDF5 file: architecture, weights, and how it is trained.

    Plain Keras loads it too, but for layers that Keras 3 has given up, such as `layer_locally_connected_1d()`: of those
    it says `Unknown layer: 'rkeras>...'` unless all of rkeras was imported before, by `from rkeras_py import *`.

    Args:
        object: The model.
        filepath: The file, whatever its name ends in.
        overwrite: Whether a file that is there is replaced.
        include_optimizer: Whether the optimizer is saved with its state, so that a training can go on.

    Returns:
        `True`.

    Raises:
        ArgumentError: There is such a file, and it is not to be replaced.
        FileError: The file cannot be written; a file that was there is as it was.

    Source:
        R keras 2.2.5.0, `save_model_hdf5`; Keras, `Model.save`.
    """
    check_free(save_model_hdf5, filepath, overwrite)
    write_model(object, os.fspath(filepath), "save_model_hdf5", include_optimizer)
    return True


@r_function
def save_model_weights_hdf5(object: keras.Model, filepath: Path, overwrite: bool = True) -> bool:
    """Saves the weights of a model to an HDF5 file.

    Args:
        object: The model.
        filepath: The file, whatever its name ends in.
        overwrite: Whether a file that is there is replaced.

    Returns:
        `True`.

    Raises:
        ArgumentError: There is such a file, and it is not to be replaced.
        FileError: The file cannot be written; a file that was there is as it was.

    Source:
        R keras 2.2.5.0, `save_model_weights_hdf5`; Keras, `Model.save_weights`.
    """
    check_free(save_model_weights_hdf5, filepath, overwrite)
    write_weights(object, os.fspath(filepath), "save_model_weights_hdf5")
    return True


def _read(file: h5py.File, custom_objects: dict[str, Any], compile: bool) -> keras.Model:
    if not is_of_keras2(file):
        return keras_internals.read_model(file, {**own_layers(file), **custom_objects}, compile)
    return read_model(file, custom_objects, compile)


def under_their_names(custom_objects: Mapping[str, Any]) -> dict[str, Any]:
    """A function under another name than its own is logged and saved again under that."""
    return {
        name: named(one, name) if isinstance(one, types.FunctionType) and one.__name__ != name else one
        for name, one in custom_objects.items()
    }
