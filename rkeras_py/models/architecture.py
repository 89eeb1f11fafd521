"""Sequential and functional models."""

from collections.abc import Sequence

import keras

from .. import keras_internals
from ..language import r_function, refuse
from ..layers.adding import add
from ..layers.arguments import ListOfTensors, Tensors


@r_function
def keras_model_sequential(
    layers: Sequence[keras.layers.Layer] | None = None, name: str | None = None
) -> keras.Sequential:
    """A model of layers one after the other.

    Args:
        layers: The layers; more can be added by the `layer_` functions.
        name: The name of the model, made up if `None`.

    Returns:
        The model.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `keras_model_sequential`; Keras, `keras.Sequential`.
    """
    model = keras.Sequential(name=name)
    keras_internals.show_ends(model)
    for one in layers or []:
        add(model, one)
    return model


@r_function
def keras_model(inputs: Tensors, outputs: Tensors | None = None) -> keras.Model:
    """A model of inputs and outputs, with any layers between them.

    Args:
        inputs: What `layer_input` returned, or several in a list.
        outputs: What the last layer returned, or several in a list.

    Returns:
        The model.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `keras_model`; Keras, `keras.Model`.
    """
    if outputs is None:
        refuse(keras_model, "outputs", outputs, ListOfTensors().wants())
    return keras.Model(inputs=inputs, outputs=outputs)
