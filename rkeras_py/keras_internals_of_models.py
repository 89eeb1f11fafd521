"""Private Keras names as in `keras_internals.py`, those that models and applications need."""

import json
from collections.abc import Mapping
from typing import Any

import keras


def DenseNet(**options: Any) -> keras.Model:
    """Builds a DenseNet of any depth, of which Keras makes three depths public."""
    from keras.src.applications import densenet

    return densenet.DenseNet(**options)


def NASNet(**options: Any) -> keras.Model:
    """Builds a NASNet of any size, of which Keras makes two sizes public."""
    from keras.src.applications import nasnet

    return nasnet.NASNet(**options)


def calls_of(layer: keras.layers.Layer) -> list[tuple[list[Any], list[Any]]]:
    """What a layer was called on and what it returned, each time; an input is what it returns."""
    nodes = [(_inputs(node), list(node.output_tensors)) for node in layer._inbound_nodes]
    return [(inputs or outputs, outputs) for inputs, outputs in nodes]


def _inputs(node: Any) -> list[Any]:
    """The tensors that a layer was called on, without their masks, which Keras 3 counts among them."""
    if not hasattr(node, "arguments"):  # of a sequential model, see `show_ends`
        return list(node.input_tensors)
    given = [node.arguments.args, {name: one for name, one in node.arguments.kwargs.items() if name != "mask"}]
    return [one for one in keras.tree.flatten(given) if isinstance(one, keras.KerasTensor)]


def mask_of(tensor: keras.KerasTensor) -> Any:
    """The mask that goes with a symbolic tensor, or None."""
    from keras.src import backend

    return backend.get_keras_mask(tensor)


def layers_within(model: keras.layers.Layer) -> list[keras.layers.Layer]:
    """A model and all layers in it, however deep."""
    return list(model._flatten_layers())


def set_trainable(layer: keras.layers.Layer, trainable: bool, of_variables: dict[int, bool]) -> None:
    """Sets whether a layer trains, and no layer within it, as Keras's own setter would.

    Args:
        layer: The layer.
        trainable: Whether it does.
        of_variables: The same for its variables by `id`, where it is known.
    """
    layer._trainable = trainable
    for variable in layer._trainable_variables:
        variable.trainable = of_variables.get(id(variable), trainable)


def trainable_of_variables(layer: keras.layers.Layer) -> dict[int, bool]:
    """Whether the variables of a layer itself train, by `id`."""
    return {id(variable): variable.trainable for variable in layer._trainable_variables}


def compilation(model: keras.Model) -> Any:
    """What is another object each time that a model is compiled."""
    return getattr(model, "_compile_config", None)


def model_of_keras_2(config: Mapping[str, Any], custom_objects: Mapping[str, Any]) -> keras.Model:
    """Makes a model, not compiled, of a configuration that Keras 2 wrote."""
    from keras.src.legacy.saving import json_utils, saving_utils

    # A layer within another one has no module either.
    classes = {name: one for name, one in vars(keras.layers).items() if isinstance(one, type)}
    with keras.saving.custom_object_scope({**classes, **custom_objects}):
        return saving_utils.model_from_config(json_utils.decode(json.dumps(config)))
