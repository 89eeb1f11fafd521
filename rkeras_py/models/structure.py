"""The layers of a model: get_layer(), pop_layer(), count_params(), clone_model()."""

import re
from collections.abc import Callable
from typing import Annotated, Any

import keras

from .. import keras_internals
from ..language import r_function, refuse
from ..language.notices import warn
from ..language.wording import counted
from ..layers.arguments import Tensors
from .arguments import IndexFromOne


@r_function
def get_layer(
    object: keras.Model, name: str | None = None, index: Annotated[int, IndexFromOne()] | None = None
) -> keras.layers.Layer:
    """A layer of a model.

    Keras 2 called the inputs of a model `input_1`, `input_2` and so on; by these names they are found here too. A name
    such as `"dense_3"` that no layer has is the third of the dense layers, as Keras 2.2.4 counted; a warning says so.

    Args:
        object: The model.
        name: The name of the layer.
        index: Its number, instead of its name: from 1, or from -1 backwards.

    Returns:
        The layer.

    Raises:
        ArgumentError: An argument is not what it must be, or there is no such layer.

    Source:
        R keras 2.2.5.0, `get_layer`; Keras, `Model.get_layer`.
    """
    if name is None and index is None:
        refuse(get_layer, "name", name, "given, or `index`")
    if index is not None:
        if name is not None:
            refuse(get_layer, "index", index + (index >= 0), "left out where `name` is given")
        return layer_at(get_layer, "index", object, index)
    return layer_called(get_layer, "name", object, str(name))


def layer_at(function: Callable[..., Any], argument: str, model: keras.Model, index: int) -> keras.layers.Layer:
    """The layer with a number, as Python counts.

    Raises:
        ArgumentError: On behalf of an R function, where there is none.
    """
    layers = model.layers
    if not -len(layers) <= index < len(layers):
        refuse(
            function,
            argument,
            index + (index >= 0),
            f"the number of a layer: {model.name} has {counted(len(layers), 'layer')}",
        )
    return layers[index]


def layer_called(function: Callable[..., Any], argument: str, model: keras.Model, name: str) -> keras.layers.Layer:
    """The layer with a name, or with the one that Keras 2 made up.

    Raises:
        ArgumentError: On behalf of an R function, where there is none.
    """
    for layer in model.layers:
        if layer.name == name:
            return layer
    found = _called_by_keras_2(model, name)
    if found is None:
        names = ", ".join(layer.name for layer in model.layers)
        refuse(function, argument, name, f"the name of a layer: {names}" if names else "left out: there is no layer")
    if not name.startswith("input_"):
        message = f'there is no layer "{name}"; "{found.name}" is taken, as Keras 2.2.4 numbered layers from 1.'
        warn(function.__name__, message, stacklevel=4)
    return found


def _called_by_keras_2(model: keras.Model, name: str) -> keras.layers.Layer | None:
    stem, _, number = name.rpartition("_")
    if not stem or not number.isdecimal() or number == "0":
        return None
    if stem == "input":
        alike = [layer for layer in model.layers if isinstance(layer, keras.layers.InputLayer)]
    else:
        alike = [
            layer for layer in model.layers if _stem(layer) == stem and re.fullmatch(rf"{stem}(_\d+)?", layer.name)
        ]
    return alike[int(number) - 1] if int(number) <= len(alike) else None


def _stem(layer: keras.layers.Layer) -> str:
    """What the names begin with that Keras makes up for layers of a class."""
    words = re.sub(r"([a-z])([A-Z])", r"\1_\2", re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", type(layer).__name__))
    return words.lower()


@r_function
def pop_layer(object: keras.Sequential) -> None:
    """Takes the last layer off a sequential model; the model has to be compiled again.

    Args:
        object: The model.

    Returns:
        Nothing: the model itself is changed.

    Raises:
        ArgumentError: The model is not sequential, or it has no layer.

    Source:
        R keras 2.2.5.0, `pop_layer`; Keras, `Sequential.pop`.
    """
    if not object.layers:
        refuse(pop_layer, "object", object, "a sequential model with at least one layer")
    object.pop(rebuild=len(object.layers) > 1)


@r_function
def count_params(object: keras.layers.Layer) -> int:
    """How many numbers the weights of a model or of a layer consist of.

    Args:
        object: The model or the layer.

    Returns:
        The number of parameters.

    Raises:
        ArgumentError: It has no weights yet, because the shape of its input is not known.

    Source:
        R keras 2.2.5.0, `count_params`; Keras, `Layer.count_params`.
    """
    if not object.built:
        refuse(count_params, "object", object, "a layer or a model that is built: give it an input shape, or train it")
    return int(object.count_params())


@r_function
def clone_model(
    model: keras.Model,
    input_tensors: Tensors | None = None,
    clone_function: Callable[..., Any] | None = None,
) -> keras.Model:
    """Makes a model of the same architecture with new weights, not compiled.

    Args:
        model: The model.
        input_tensors: What the new model begins with, a tensor or a list of them; inputs of its own if `None`.
        clone_function: A function of a layer that returns the layer that stands in its place; a new layer of the same
            configuration if `None`.

    Returns:
        The new model.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `clone_model`; Keras, `keras.models.clone_model`.
    """
    if isinstance(input_tensors, list) and len(input_tensors) == 1:
        input_tensors = input_tensors[0]
    options = {} if clone_function is None else {"clone_function": clone_function}
    compiled = [one for one in (model, *model.layers) if getattr(one, "compiled", False)]
    for one in compiled:
        one.compiled = False  # else the copy would be compiled too
    try:
        clone = keras.models.clone_model(model, input_tensors=input_tensors, **options)
    finally:
        for one in compiled:
            one.compiled = True
    if isinstance(clone, keras.Sequential):
        keras_internals.show_ends(clone)
    return clone
