"""save_model_tf(), load_model_tf(), and the same for weights; export_savedmodel()."""

import datetime
import os
from collections.abc import Mapping
from typing import Annotated, Any

import keras

from .. import keras_internals
from ..language import Path, RDefault, Retired, r_function, refuse
from ..language.errors import ArgumentError
from ..language.notices import warn
from ..optimizers.by_name import optimizer_from_config
from ..saving import checkpoint, saved_model
from ..saving.files import make_parent
from ..saving.folders import replacing_folder
from ..saving.hdf5 import check_free
from .compile import compile as compile_model
from .hdf5 import under_their_names
from .structure import clone_model

_WHOLE = "model.keras"


@r_function
def save_model_tf(
    object: keras.Model,
    filepath: Path,
    overwrite: bool = True,
    include_optimizer: bool = True,
    signatures: Annotated[
        object, Retired("there is one, of the predictions; export_savedmodel() writes the same.")
    ] = None,
    options: Annotated[object, Retired("Keras 3 has no options of that kind.")] = None,
) -> bool:
    """Saves a model to a folder: as a SavedModel, which TensorFlow serves, with the whole model in `model.keras` in it.

    Args:
        object: The model.
        filepath: The folder.
        overwrite: Whether a folder that is there is replaced.
        include_optimizer: Whether the optimizer is saved with its state, so that a training can go on.
        signatures: Not used any more.
        options: Not used any more.

    Returns:
        `True`.

    Raises:
        ArgumentError: There is such a folder, and it is not to be replaced; or the model is not built.
        FileError: The folder cannot be written; one that was there is as it was.

    Source:
        R keras 2.2.5.0, `save_model_tf`; Keras, `Model.save` and `keras.export.ExportArchive`.
    """
    check_free(save_model_tf, filepath, overwrite)
    _check_built(save_model_tf, object)
    with replacing_folder(os.fspath(filepath), "save_model_tf") as folder:
        saved_model.export(object, folder)
        whole = object
        if not include_optimizer and object.compiled:
            whole = clone_model(object)
            whole.set_weights(object.get_weights())
        whole.save(os.path.join(folder, _WHOLE))
    return True


@r_function
def load_model_tf(
    filepath: Path, custom_objects: Mapping[str, object] | None = None, compile: bool = True
) -> keras.Model:
    """Loads a model from a folder that `save_model_tf` wrote, here or in R keras.

    Of a model that Keras 2 wrote the optimizer begins afresh.

    Args:
        filepath: The folder.
        custom_objects: The classes and functions that the model uses and Keras does not know, by name.
        compile: Whether to compile the model the way it was compiled when it was saved.

    Returns:
        The model.

    Raises:
        ArgumentError: There is no such folder, or there is no model of Keras in it.

    Source:
        R keras 2.2.5.0, `load_model_tf`; Keras, `keras.models.load_model`.
    """
    path = os.fspath(filepath)
    known = under_their_names(custom_objects or {})
    if not os.path.isdir(path):
        refuse(load_model_tf, "filepath", path, "the name of a folder that is there")
    whole = os.path.join(path, _WHOLE)
    if os.path.isfile(whole):
        model = keras.saving.load_model(whole, custom_objects=known, compile=compile)
    else:
        model = _of_keras_2(path, known, compile)
    if isinstance(model, keras.Sequential):
        keras_internals.show_ends(model)
    return model


def _of_keras_2(path: str, custom_objects: dict[str, Any], compile: bool) -> keras.Model:
    config = saved_model.keras_2_config(path)
    if config is None:
        way = f'keras.layers.TFSMLayer("{path}", call_endpoint="serving_default")'
        raise ArgumentError(
            f"load_model_tf(): {path} has no model of Keras in it. If it is a SavedModel, {way} predicts with it."
        )
    try:
        model = saved_model.keras_2_model(path, config, custom_objects)
    except (ValueError, TypeError) as error:
        raise ArgumentError(f"load_model_tf(): {path} cannot be loaded ({error}).") from error
    if compile and config["training_config"]:
        _compile_as_keras_2(model, config["training_config"])
    return model


def _compile_as_keras_2(model: keras.Model, config: Mapping[str, Any]) -> None:
    try:
        optimizer = config["optimizer_config"]
        sort = getattr(keras.optimizers, optimizer["class_name"].rpartition(">")[2])
        compile_model(
            model,
            optimizer=optimizer_from_config(sort, optimizer["config"], "legacy"),
            loss=config["loss"],
            metrics=_names(config.get("metrics")),
            loss_weights=config.get("loss_weights"),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        warn("load_model_tf", f"how the model was compiled is not known to Keras 3 ({error}); compile it again.")


def _names(metrics: Any) -> Any:
    """Metrics by their names, alone, in lists or by output."""
    if isinstance(metrics, list):
        names = [_names(one) for one in metrics]
        return names[0] if len(names) == 1 and isinstance(names[0], list) else names or None
    if isinstance(metrics, dict) and "class_name" not in metrics:
        return {output: _names(one) for output, one in metrics.items()}
    return metrics["config"]["name"] if isinstance(metrics, dict) else metrics


@r_function
def save_model_weights_tf(object: keras.Model, filepath: Path, overwrite: bool = True) -> bool:
    """Saves the weights of a model to a checkpoint of TensorFlow, which Keras 2 reads too.

    Args:
        object: The model.
        filepath: What the names of the files of the checkpoint begin with.
        overwrite: Whether a checkpoint that is there is replaced.

    Returns:
        `True`.

    Raises:
        ArgumentError: There is such a checkpoint, and it is not to be replaced; or the model is not built.

    Source:
        R keras 2.2.5.0, `save_model_weights_tf`; TensorFlow, `tf.train.Checkpoint`.
    """
    path = os.fspath(filepath)
    if not overwrite and checkpoint.exists(path):
        refuse(save_model_weights_tf, "filepath", path, "no checkpoint that is there, as overwrite is false")
    _check_built(save_model_weights_tf, object)
    make_parent(path)
    checkpoint.write(object, path)
    return True


@r_function
def load_model_weights_tf(
    object: keras.Model,
    filepath: Path,
    by_name: Annotated[bool, Retired("a checkpoint matches layers by their order.")] = False,
    skip_mismatch: Annotated[bool, Retired("a checkpoint is loaded as a whole.")] = False,
    reshape: Annotated[bool, Retired("weights are loaded in the shape they were saved in.")] = False,
) -> keras.Model:
    """Loads weights from a checkpoint of TensorFlow, all or none, also from one that Keras 2 wrote.

    Args:
        object: The model.
        filepath: What the names of the files of the checkpoint begin with.
        by_name: Not used any more.
        skip_mismatch: Not used any more.
        reshape: Not used any more.

    Returns:
        The model itself.

    Raises:
        ArgumentError: There is no such checkpoint, or it is not of a model of this architecture.

    Source:
        R keras 2.2.5.0, `load_model_weights_tf`; TensorFlow, `tf.train.load_checkpoint`.
    """
    path = os.fspath(filepath)
    if not checkpoint.exists(path):
        refuse(load_model_weights_tf, "filepath", path, "what the names of the files of a checkpoint begin with")
    _check_built(load_model_weights_tf, object)
    missing = checkpoint.read(object, path)
    if missing:
        some = ", ".join(missing[:3]) + (", …" if missing[3:] else "")
        raise ArgumentError(
            f"load_model_weights_tf(): {path} is of another model: it has no {some} of the right shape."
        )
    return object


@r_function
def export_savedmodel(
    object: keras.Model,
    export_dir_base: Path,
    overwrite: bool = True,
    versioned: Annotated[bool | None, RDefault("!overwrite")] = None,
    remove_learning_phase: Annotated[bool, Retired("predictions alone are exported.")] = True,
    as_text: Annotated[bool, Retired("TensorFlow writes no text any more.")] = False,
) -> str:
    """Writes the predictions of a model as a SavedModel, to be served; it is not to be trained any further.

    Inputs and outputs are called as R keras called them: `dense_input` and `dense_2` for a sequential model whose first
    and last layers are `dense` and `dense_2`, and the names of input and output layers for others.

    Args:
        object: The model.
        export_dir_base: The folder.
        overwrite: Whether a folder that is there is replaced.
        versioned: Whether it goes into a folder within, which is called after the time, as servers want it; if `None`,
            it does where `overwrite` is false.
        remove_learning_phase: Not used any more.
        as_text: Not used any more.

    Returns:
        The folder that was written.

    Raises:
        ArgumentError: There is such a folder, and it is not to be replaced; or the model is not built.
        FileError: The folder cannot be written; one that was there is as it was.

    Source:
        R keras 2.2.5.0, `export_savedmodel`; Keras, `keras.export.ExportArchive`.
    """
    path = os.fspath(export_dir_base)
    if versioned if versioned is not None else not overwrite:
        path = os.path.join(path, datetime.datetime.now(datetime.UTC).strftime("%Y%m%d%H%M%S"))
    if not overwrite and os.path.exists(path):
        refuse(export_savedmodel, "export_dir_base", path, "a folder that is not there, as overwrite is false")
    _check_built(export_savedmodel, object)
    with replacing_folder(path, "export_savedmodel") as folder:
        saved_model.export(object, folder)
    return path


def _check_built(function: Any, model: keras.Model) -> None:
    if not model.built:
        refuse(function, "object", model, "a model that is built: give it an input shape, or train it")
