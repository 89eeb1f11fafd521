"""Files as Keras 2.2 wrote them, made of those that tf_keras writes, or from scratch."""

import json

import h5py
import numpy as np

VERSION = b"2.2.4"
# What configurations of 2.2 did not have yet.
_LATER = {
    *("groups", "time_major", "ragged", "sparse", "optional", "activity_regularizer_", "build_input_shape", "module"),
    *("registered_name", "batch_size", "experimental_autocast", "dynamic", "robust_masking", "output_padding_"),
}
_SCALED = {
    "GlorotUniform": {"scale": 1.0, "mode": "fan_avg", "distribution": "uniform", "seed": None},
    "GlorotNormal": {"scale": 1.0, "mode": "fan_avg", "distribution": "normal", "seed": None},
    "HeNormal": {"scale": 2.0, "mode": "fan_in", "distribution": "normal", "seed": None},
}
_CLASSES = {"Functional": "Model"}


def as_of_2_2(config):
    """A configuration of tf_keras, as Keras 2.2 had it: classes, arguments, lists for sequential models."""
    if isinstance(config, list):
        return [as_of_2_2(one) for one in config]
    if not isinstance(config, dict):
        return config
    sort, inner = config.get("class_name"), config.get("config")
    if sort in _SCALED:
        return {"class_name": "VarianceScaling", "config": _SCALED[sort]}
    if sort == "Sequential":
        layers = [as_of_2_2(one) for one in inner["layers"] if one["class_name"] != "InputLayer"]
        shape = next((one["config"]["batch_input_shape"] for one in inner["layers"] if _begins(one)), None)
        first = layers
        while isinstance(first, list):  # of models within models
            first = first[0]["config"]
        if shape is not None:
            first["batch_input_shape"] = shape
        return {**config, "class_name": sort, "config": layers}
    config = {name: as_of_2_2(one) for name, one in config.items() if name not in _LATER}
    if sort in _CLASSES:
        config["class_name"] = _CLASSES[sort]
    if sort in ("GRU", "GRUCell") and not config["config"].get("reset_after"):
        config["config"].pop("reset_after", None)
    if sort == "BatchNormalization" and isinstance(config["config"]["axis"], list):
        (config["config"]["axis"],) = config["config"]["axis"]
    return config


def _begins(layer):
    return "batch_input_shape" in layer["config"]


def make_older(path):
    """Has a file of tf_keras be one of Keras 2.2; its attributes are bytes then."""
    with h5py.File(path, "a") as file:
        for group in (file, file["model_weights"]):
            group.attrs["keras_version"] = VERSION
            group.attrs["backend"] = b"tensorflow"
        config = as_of_2_2(json.loads(file.attrs["model_config"]))
        file.attrs["model_config"] = json.dumps(config).encode("utf8")


def write(path, config, weights, training=None, optimizer=None):
    """A file from scratch.

    Args:
        path: Where.
        config: That of the model.
        weights: Arrays, by layer.
        training: How it was compiled.
        optimizer: The state of the optimizer: names and arrays.
    """
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"], file.attrs["backend"] = VERSION, b"tensorflow"
        file.attrs["model_config"] = json.dumps(config).encode("utf8")
        if training is not None:
            file.attrs["training_config"] = json.dumps(training).encode("utf8")
        group = file.create_group("model_weights")
        group.attrs["keras_version"], group.attrs["backend"] = VERSION, b"tensorflow"
        group.attrs["layer_names"] = [name.encode("utf8") for name in weights]
        for name, values in weights.items():
            _write_arrays(group.create_group(name), {f"{name}/w_{at}:0": one for at, one in enumerate(values)})
        if optimizer is not None:
            _write_arrays(file.create_group("optimizer_weights"), optimizer)


def _write_arrays(group, arrays):
    group.attrs["weight_names"] = np.array([name.encode("utf8") for name in arrays])
    for name, value in arrays.items():
        group.create_dataset(name, data=np.asarray(value))
