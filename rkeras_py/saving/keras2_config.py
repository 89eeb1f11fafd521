"""Configurations of models as Keras 2 wrote them into files, from 2.0 to 2.15: as Keras 3 writes them.

Nothing is made here, and no code of the file is run: what comes is for `keras.saving.deserialize_keras_object`.
"""

import inspect
from collections.abc import Mapping
from typing import Any

import keras

from ..activations import keras2 as keras2_activations
from ..layers.tensor_operation import OPERATIONS, TensorOperation
from .keras2_layers import Config, Unreadable, class_and_arguments, serialized

_FUNCTIONAL = ("Functional", "Model", "Network", "GraphNetwork")
_MODELS = (*_FUNCTIONAL, "Sequential")
_OPERATIONS = ("TFOpLambda", "SlicingOpLambda")
_CONSTANT = "_CONSTANT_VALUE"
_TENSOR_ARGUMENTS = ("mask", "attention_mask", "query_mask", "value_mask", "key_mask", "initial_state", "constants")
_WITHOUT_MEANING = {"name": None, "conjugate": False, "out_type": "int32"}  # of functions of TensorFlow


def model_config(config: Any, custom_objects: Mapping[str, Any]) -> Config:
    """The configuration of a whole model.

    Args:
        config: What stands in the file.
        custom_objects: The classes and functions that the caller names: what they read is left to them.

    Raises:
        Unreadable: Keras 3 has no counterpart for something in it; the message names the layer.
    """
    return _Translation(custom_objects).layer(_plain(config), "")


def layer_name(name: str) -> str:
    """The name of a layer, which has no `/` in Keras 3."""
    return name.replace("/", "_")


def _plain(value: Any) -> Any:
    """What JSON stands for: arrays of NumPy, tuples and shapes are lists."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get("class_name") in ("__tuple__", "TensorShape", "__ndarray__") and "items" in value:
        return _plain(value["items"])
    if set(value) == {"type", "value"}:
        return _plain(value["value"])
    return {name: _plain(one) for name, one in value.items()}


class _Translation:
    def __init__(self, custom_objects: Mapping[str, Any]) -> None:
        self._custom = {**keras.saving.get_custom_objects(), **custom_objects}

    def layer(self, config: Any, name: str) -> Config:
        """A layer or a model, with the name that the model around it has for it."""
        if not isinstance(config, dict) or not isinstance(config.get("class_name"), str) or "config" not in config:
            raise Unreadable("it is damaged or no model of Keras")
        sort, inner = config["class_name"], config["config"]
        own = self._registered(sort)
        if own is not None:
            return {"module": None, "class_name": sort, "config": self._of_custom(inner), "registered_name": own}
        if sort in _MODELS:
            return self._model(sort, inner, name)
        if not isinstance(inner, dict):
            raise Unreadable("it is damaged or no model of Keras")
        name = str(inner.get("name", name))
        try:
            return self._built_in(sort, {**inner, "name": layer_name(name)} if name else inner)
        except Unreadable as error:
            if str(error).startswith("layer "):
                raise
            raise Unreadable(f'layer "{name}" ({sort}): {error}') from None

    def _registered(self, sort: str) -> str | None:
        known = [one for one in (sort, sort.rpartition(">")[2]) if inspect.isclass(self._custom.get(one))]
        return known[0] if known else None

    def _of_custom(self, config: Any) -> Any:
        """What every layer has is as Keras 3 has it; the rest is the class's own."""
        if not isinstance(config, dict):
            return config
        kept = {name: one for name, one in config.items() if name not in ("batch_input_shape", "dynamic")}
        return {name: _policy(one) if name == "dtype" else one for name, one in kept.items()}

    def _model(self, sort: str, config: Any, name: str) -> Config:
        if sort == "Sequential":
            return {"module": "keras", "class_name": sort, "config": self._sequential(config, name)}
        if not isinstance(config, dict) or not {"layers", "input_layers", "output_layers"} <= config.keys():
            raise Unreadable(f'layer "{name}" ({sort}): it is a class of its own, not made of layers')
        return {"module": "keras", "class_name": "Model", "config": self._functional(config, name)}

    def _sequential(self, config: Any, name: str) -> Config:
        config = {"layers": config} if isinstance(config, list) else config
        layers = [one for one in config["layers"] if isinstance(one, dict)]
        shape = _input_shape(layers[0]) if layers else None
        if layers and layers[0]["class_name"] != "InputLayer" and shape is not None:
            dtype = layers[0]["config"].get("dtype") if isinstance(layers[0]["config"], dict) else None
            dtype = "int32" if layers[0]["class_name"] == "Embedding" else _policy(dtype)
            layers = [{"class_name": "InputLayer", "config": {"batch_input_shape": shape, "dtype": dtype}}, *layers]
        return {
            "name": layer_name(config.get("name") or name or "sequential"),
            "layers": [self.layer(one, "") for one in layers],
            "build_input_shape": config.get("build_input_shape"),
        }

    def _functional(self, config: Config, name: str) -> Config:
        graph = _Graph(config["layers"])
        layers = []
        for one in config["layers"]:
            calls = [graph.call(one, node) for node in one.get("inbound_nodes", [])]
            if one["class_name"] in _OPERATIONS and self._registered(one["class_name"]) is None:
                made, calls = _operation(one, calls)
            else:
                made = self.layer(one, one["name"])
            nodes = [_serialized_call(call, one["class_name"], made) for call in calls]
            layers.append({**made, "name": layer_name(one["name"]), "inbound_nodes": nodes})
        return {
            "name": layer_name(config.get("name") or name or "model"),
            "trainable": config.get("trainable", True),
            "layers": layers,
            "input_layers": graph.ends(config["input_layers"]),
            "output_layers": graph.ends(config["output_layers"]),
        }

    def _built_in(self, sort: str, config: Config) -> Config:
        if sort == "InputLayer":
            shape = config.get("batch_input_shape", config.get("batch_shape"))
            config = {**config, "batch_shape": shape, "dtype": config.get("dtype") or keras.config.floatx()}
        made, arguments = class_and_arguments(sort, config)
        return serialized(made, {name: self._argument(name, value) for name, value in arguments.items()})

    def _argument(self, name: str, value: Any) -> Any:
        if name == "dtype":
            return _policy(value)
        if name in ("layer", "backward_layer", "cell") and isinstance(value, dict):
            return self.layer(value, "")
        if name in ("cell", "cells") and isinstance(value, list):
            return [self.layer(one, "") for one in value]
        if name.endswith("activation"):
            return self._activation(value)
        if name == "function" and isinstance(value, str):
            return self._function(value)
        if name.endswith(("_initializer", "_regularizer", "_constraint")):
            return self._part(value, name.rpartition("_")[2] + "s")
        return value

    def _activation(self, value: Any) -> Any:
        if isinstance(value, dict) and value.get("class_name") == "function":
            value = value["config"]
        if isinstance(value, dict):
            return self.layer(value, "")
        if isinstance(value, str) and value in self._custom:
            return _function(value)
        kept = keras2_activations.kept("activation", value)
        return value if kept is value else keras.saving.serialize_keras_object(kept)

    def _function(self, name: str) -> Any:
        """The function of a layer, which is a name in the file."""
        if name not in self._custom:
            raise Unreadable(f"its function `{name[:60]}` is to be named in `custom_objects`")
        return _function(name)

    def _part(self, value: Any, module: str) -> Any:
        """An initializer, a regularizer or a constraint; what it has no argument for is left out."""
        if isinstance(value, str):
            return _function(value) if value in self._custom else value
        if not isinstance(value, dict) or not isinstance(value.get("class_name"), str):
            return value
        sort, config = value["class_name"], value.get("config")
        own = self._registered(sort)
        if own is not None:
            return {"module": None, "class_name": sort, "config": config, "registered_name": own}
        made = getattr(getattr(keras, module), sort, None)
        if not inspect.isclass(made) or not isinstance(config, dict):
            raise Unreadable(f"there is no {sort} in keras.{module}")
        known = inspect.signature(made).parameters
        kept = {name: one for name, one in config.items() if name in known}
        return {"module": f"keras.{module}", "class_name": sort, "config": kept, "registered_name": None}


class _Graph:
    """The calls of the layers of a functional model.

    Nodes of a model within a model were counted from 1 in Keras 2, where its own tensors came first.
    """

    def __init__(self, layers: list[Config]) -> None:
        self._layers = {one["name"]: one for one in layers}

    def call(self, layer: Config, node: Any) -> tuple[Any, Config]:
        """What a layer is called on: the first argument and the others, with tensors as Keras 3 writes them."""
        options: Config = {}

        def tensors(part: Any) -> Any:
            if isinstance(part, dict):
                return {name: tensors(one) for name, one in part.items()}
            if not part or not isinstance(part[0], str):
                return [tensors(one) for one in part]
            if len(part) > 3 and isinstance(part[3], dict):
                options.update(part[3])
            return part[2] if part[0] == _CONSTANT else self._tensor(part)

        first = tensors(node)
        first = first[0] if isinstance(first, list) and len(first) == 1 and _is_tensor(first[0]) else first
        is_operation = layer["class_name"] in _OPERATIONS
        named = {
            name: self._within(one) if is_operation or _may_have_tensors(name) else one
            for name, one in options.items()
            if one is not None or is_operation
        }
        return first, named

    def ends(self, structure: Any) -> Any:
        """Inputs or outputs of the model."""
        if isinstance(structure, dict):
            return {name: self.ends(one) for name, one in structure.items()}
        if self._is_place(structure):
            name, node, tensor = structure
            is_functional = self._layers[name]["class_name"] in _FUNCTIONAL
            return [layer_name(name), self._node(name, node) + is_functional, tensor]
        if not isinstance(structure, list):
            raise Unreadable("it is damaged or no model of Keras")
        if len(structure) == 1 and self._is_place(structure[0]):
            return self.ends(structure[0])
        return [self.ends(one) for one in structure]

    def _within(self, value: Any) -> Any:
        if self._is_place(value):
            return self._tensor(value)
        if isinstance(value, list):
            return [self._within(one) for one in value]
        return value

    def _is_place(self, value: Any) -> bool:
        return (
            isinstance(value, list)
            and len(value) >= 3
            and isinstance(value[0], str)
            and value[0] in self._layers
            and all(isinstance(one, int) for one in value[1:3])
        )

    def _tensor(self, place: Any) -> Config:
        if not self._is_place(place):
            raise Unreadable(f"the model has no layer {str(place[0])[:60]!r}")
        name, node, tensor = place[:3]
        history = [layer_name(name), self._node(name, node), tensor]
        content = {"shape": [None], "dtype": "float32", "keras_history": history}
        return {"class_name": "__keras_tensor__", "config": content}

    def _node(self, name: str, node: int) -> int:
        layer = self._layers[name]
        calls = len(layer.get("inbound_nodes", []))
        first = 1 if layer["class_name"] in _FUNCTIONAL or _has_own_input(layer) else 0
        if first and node == 0:
            first = 0
        elif layer["class_name"] in _MODELS and node >= calls:
            first = 1
        return node - first


def _has_own_input(layer: Config) -> bool:
    if layer["class_name"] != "Sequential":
        return False
    config = layer["config"]
    layers = config["layers"] if isinstance(config, dict) else config
    return bool(layers) and (layers[0]["class_name"] == "InputLayer" or _input_shape(layers[0]) is not None)


def _input_shape(layer: Config) -> Any:
    """The shape that the first layer of a sequential model says its input has, also within a model."""
    config = layer["config"]
    if isinstance(config, dict) and "layers" not in config:
        return config.get("batch_input_shape", config.get("batch_shape"))
    layers = config["layers"] if isinstance(config, dict) else config
    return _input_shape(layers[0]) if layers and layer["class_name"] == "Sequential" else None


def _is_tensor(value: Any) -> bool:
    return isinstance(value, dict) and value.get("class_name") == "__keras_tensor__"


def _may_have_tensors(argument: str) -> bool:
    return argument in (*_TENSOR_ARGUMENTS, "value", "key", "query")


def _serialized_call(call: tuple[Any, Config], sort: str, made: Config) -> Config:
    """A call as Keras 3 writes it: what stood behind the input of a recurrent layer is its first state."""
    first, options = call
    recurrent = getattr(keras.layers, made["class_name"], None)
    if isinstance(first, list) and (
        sort in ("Bidirectional", "CuDNNLSTM", "CuDNNGRU")
        or (inspect.isclass(recurrent) and issubclass(recurrent, keras.layers.RNN))
    ):
        if made["config"].get("num_constants"):
            raise Unreadable(f'layer "{made["config"].get("name")}" ({sort}): it has constants, which Keras 3 has not')
        return {"args": [first[0]], "kwargs": {**options, "initial_state": first[1:]}}
    return {"args": [first], "kwargs": options}


def _operation(layer: Config, calls: list[tuple[Any, Config]]) -> tuple[Config, list[tuple[Any, Config]]]:
    """A layer of ours for a function of TensorFlow; all its inputs are tensors, the rest belongs to the layer."""
    function, name = layer["config"].get("function"), layer_name(layer["name"])
    what = f'layer "{layer["name"]}" ({layer["class_name"]}): '
    if function not in OPERATIONS:
        raise Unreadable(f"{what}Keras 3 has nothing for tf.{function}")
    signature = inspect.signature(OPERATIONS[function])
    made: list[Config] = []
    inputs: list[tuple[Any, Config]] = []
    for first, options in calls:
        found: list[Config] = []
        named = {key: one for key, one in options.items() if one != _WITHOUT_MEANING.get(key, ...)}
        arguments = {"arguments": [_template(first, found)], "options": _template(named, found)}
        try:
            signature.bind(*arguments["arguments"], **arguments["options"])
        except TypeError as error:
            raise Unreadable(f"{what}tf.{function}: {error}") from None
        made.append({"name": name, "operation": function, **arguments})
        inputs.append((found[0] if len(found) == 1 else found, {}))
    if not made or any(one != made[0] for one in made):
        raise Unreadable(f"{what}it is called in several ways")
    return serialized(TensorOperation, made[0]), inputs


def _template(value: Any, found: list[Config]) -> Any:
    """A value with numbers for the tensors in it, which are gathered in `found`."""
    if _is_tensor(value):
        found.append(value)
        return {"tensor": len(found) - 1}
    if isinstance(value, dict):
        return {name: _template(one, found) for name, one in value.items()}
    return [_template(one, found) for one in value] if isinstance(value, list) else value


def _function(name: str) -> Config:
    return {"module": "builtins", "class_name": "function", "config": name, "registered_name": name}


def _policy(dtype: Any) -> Any:
    """The name of a policy; None for the one that is in force."""
    if isinstance(dtype, dict):
        dtype = (dtype.get("config") or {}).get("name")
    return None if dtype in ("infer", "_infer") else dtype
