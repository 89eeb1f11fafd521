"""serialize_model() and unserialize_model(): a model as bytes."""

import os
import tempfile
from collections.abc import Mapping
from typing import Annotated, Any

import keras

from ..language import r_function, refuse
from .arguments import Octets
from .hdf5 import load_model_hdf5, save_model_hdf5

_SIGNATURE = b"\x89HDF\r\n\x1a\n"


@r_function
def serialize_model(model: keras.Model, include_optimizer: bool = True) -> bytes:
    """Makes bytes of a model: architecture, weights and how it is trained; in R a raw vector, for `saveRDS` and others.

    A model itself cannot be kept in an R file: it lives in Python, and only as long as the session.

    Args:
        model: The model.
        include_optimizer: Whether the optimizer is kept with its state, so that a training can go on.

    Returns:
        The bytes, those of an HDF5 file.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `serialize_model`.
    """
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "model.h5")
        save_model_hdf5(model, path, include_optimizer=include_optimizer)
        with open(path, "rb") as file:
            return file.read()


@r_function
def unserialize_model(
    model: Annotated[Any, Octets()], custom_objects: Mapping[str, object] | None = None, compile: bool = True
) -> keras.Model:
    """Makes a model of what `serialize_model` returned.

    Args:
        model: The bytes, in R a raw vector.
        custom_objects: The classes and functions that the model uses and Keras does not know, by name.
        compile: Whether to compile the model the way it was compiled when it was serialized.

    Returns:
        The model.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `unserialize_model`.
    """
    if not model.startswith(_SIGNATURE):
        refuse(unserialize_model, "model", model, Octets().wants())
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "model.h5")
        with open(path, "wb") as file:
            file.write(model)
        return load_model_hdf5(path, custom_objects, compile)
