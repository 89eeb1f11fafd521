"""HDF5 files and what is saved."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import h5py
import keras


@contextmanager
def compile_config_kept(model: keras.Model) -> Iterator[None]:
    """Undoes what an HDF5 save does to the live model: it takes the optimizer out of the compile configuration."""
    kept = getattr(model, "_compile_config", None)
    config = dict(kept.config) if kept is not None else {}
    try:
        yield
    finally:
        if kept is not None:
            kept.config = config


def write_model(file: h5py.File, model: keras.Model, include_optimizer: bool = True) -> None:
    """Writes a whole model in the HDF5 layout of Keras 2, into a file of any name."""
    from keras.src.legacy.saving import legacy_h5_format

    legacy_h5_format.save_model_to_hdf5(model, file, include_optimizer=include_optimizer)


def write_weights(file: h5py.File, model: keras.Model) -> None:
    """Writes weights in the layer by layer layout of Keras 2, the one `load_weights` reads under `.h5` and `.hdf5`."""
    from keras.src.legacy.saving import legacy_h5_format

    legacy_h5_format.save_weights_to_hdf5_group(file, model)


def weights_as_bytes(model: keras.Model) -> memoryview:
    """The content of a `.weights.h5` file: HDF5 takes the process down where a write to a file fails."""
    from keras.src.saving import saving_lib

    content = io.BytesIO()
    store = saving_lib.H5IOStore(content, mode="w")
    saving_lib._save_state(model, weights_store=store, assets_store=None, inner_path="", visited_saveables=set())
    store.close()
    return content.getbuffer()


def prepare_to_save() -> None:
    """Makes on this thread what Keras makes when it first saves there, which it cannot within a StatelessScope."""
    from keras.src.backend.common import global_state
    from keras.src.saving import saving_lib

    for sort in ("Operation", "Layer", "Functional", "Sequential", "Metric", "Optimizer", "Loss", "Cross", "Feature"):
        # Keras looks under this name, and keeps it under another one.
        global_state.set_global_attribute(f"saving_attr_skiplist_{sort}", saving_lib.get_attr_skipset(sort))


def read_model(file: h5py.File, custom_objects: dict[str, Any] | None, compile: bool) -> keras.Model:
    """Reads a whole model from an HDF5 file of any name.

    Code in the file is not run, unless `keras.config.enable_unsafe_deserialization()` was called, which Keras itself
    does not ask here.
    """
    from keras.src.legacy.saving import legacy_h5_format
    from keras.src.saving import serialization_lib

    safe = serialization_lib.in_safe_mode() is not False
    return legacy_h5_format.load_model_from_hdf5(file, custom_objects, compile, safe_mode=safe)


def read_values(group: h5py.Group, name: str) -> list[Any]:
    """Reads the weights of a layer, as arrays, in the layout of Keras 2.

    Raises:
        ValueError: They are in another file, which that one names.
    """
    from keras.src.legacy.saving import legacy_h5_format

    layer = group[name]
    if layer.file != group.file:
        raise ValueError(f"what it says of {name!r} is in another file")
    return list(legacy_h5_format.load_subset_weights_from_hdf5_group(layer))


def own_weights(model: keras.Model) -> list[keras.Variable]:
    """The weights that a model has besides those of its layers."""
    own = [*model._trainable_variables, *model._non_trainable_variables]
    known = {id(variable) for variable in model.weights}
    return [variable for variable in own if id(variable) in known]


def read_attribute(group: h5py.Group, name: str) -> list[str]:
    """Reads a list of names that was split over several attributes if it was long."""
    from keras.src.legacy.saving import legacy_h5_format

    return list(legacy_h5_format.load_attributes_from_hdf5_group(group, name))
