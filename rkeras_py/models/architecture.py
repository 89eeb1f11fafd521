"""Sequential and functional models."""

import warnings
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import keras

from .. import keras_internals
from ..language import Retired, Size, r_function, refuse
from ..layers.adding import add
from ..layers.arguments import ListOfTensors, Shape, SymbolicInput

_UNLIKE_NAMES = "When providing `inputs` as a dict, all keys"


class NamedTensors(ListOfTensors):
    """Tensors whose names count, where each has one."""

    has_names = True

    def wants(self) -> str:
        return "a tensor, a list or a named list of tensors"

    def convert(self, value: Any) -> Any:
        if isinstance(value, Mapping) and value:
            return {name: super(NamedTensors, self).convert(one) for name, one in value.items()}
        return super().convert(value)


Ends = Annotated[Any, NamedTensors()]


@r_function
def keras_model_sequential(
    layers: Sequence[keras.layers.Layer] | None = None,
    name: str | None = None,
    *,
    input_shape: Shape | None = None,
    batch_size: Size | None = None,
    dtype: str | None = None,
    input_tensor: Annotated[Any, SymbolicInput()] | None = None,
    sparse: bool | None = None,
    ragged: bool | None = None,
    type_spec: Annotated[object, Retired("give `input_shape`, `batch_size` and `dtype`.")] = None,
    input_layer_name: str | None = None,
) -> keras.Sequential:
    """A model of layers one after the other.

    The input may be said here or in the first layer.

    Args:
        layers: The layers; more can be added by the `layer_` functions.
        name: The name of the model, made up if `None`.
        input_shape: The shape of a sample, without the batch; `None` for any size.
        batch_size: Samples in a batch, where it is to be fixed.
        dtype: The type of the samples, that of Keras's default if `None`.
        input_tensor: A tensor from `layer_input` whose shape and type the input has, instead of `input_shape`.
        sparse: Whether the samples come as sparse tensors.
        ragged: Whether the samples come as ragged tensors, which TensorFlow alone has.
        type_spec: Not used any more.
        input_layer_name: The name of the input, made up if `None`.

    Returns:
        The model.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0 and 2.15.0, `keras_model_sequential`; Keras, `keras.Sequential`.
    """
    model = keras.Sequential(name=name)
    keras_internals.show_ends(model)
    of_input = {"batch_size": batch_size, "dtype": dtype, "sparse": sparse, "ragged": ragged, "name": input_layer_name}
    given = {option: value for option, value in of_input.items() if value is not None}
    if input_tensor is not None:
        if input_shape is not None:
            refuse(keras_model_sequential, "input_tensor", input_tensor, "left out where `input_shape` is given")
        batch, *input_shape = input_tensor.shape
        given = {"batch_size": batch, "dtype": input_tensor.dtype, **given}
    if input_shape is not None:
        model.add(keras.Input(shape=tuple(input_shape), **given))
    elif given:
        refuse(keras_model_sequential, "input_shape", None, "given where something else is said of the input")
    for one in layers or []:
        add(model, one)
    return model


@r_function
def keras_model(inputs: Ends, outputs: Ends | None = None, *, name: str | None = None) -> keras.Model:
    """A model of inputs and outputs, with any layers between them.

    A model whose inputs have names takes its data by these names, and one whose outputs have names takes targets and
    losses and returns predictions by them. Names in a list count where each of its elements has one.

    Args:
        inputs: What `layer_input` returned, or several in a list or a named list.
        outputs: What the last layer returned, or several in a list or a named list.
        name: The name of the model, made up if `None`.

    Returns:
        The model.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0 and 2.15.0, `keras_model`; Keras, `keras.Model`.
    """
    if outputs is None:
        refuse(keras_model, "outputs", outputs, NamedTensors().wants())
    with warnings.catch_warnings():
        # A name in the list is the name that counts, whatever the tensor is called.
        warnings.filterwarnings("ignore", _UNLIKE_NAMES)
        return keras.Model(inputs=inputs, outputs=outputs, name=name)
