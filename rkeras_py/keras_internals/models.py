"""Models: the layers in them, what they are called on, what of them trains; architectures that are not public."""

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
