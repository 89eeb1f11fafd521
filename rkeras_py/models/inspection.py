"""What a model consists of: summary(), get_weights(), set_weights()."""

from collections.abc import Sequence
from typing import Annotated, Any

import keras
import numpy as np
from annotated_types import Ge

from ..language import OtherName, RDefault, Retired, r_function, refuse
from ..language.scalars import Flag
from ..language.wording import NA_INTEGER, RValue, show
from ..layers.arguments import Arrays


class FlagOrNA(Flag):
    """R's three-valued logic; in Python, None is the third."""

    def wants(self) -> str:
        return f"{show(True)}, {show(False)} or NA"

    def convert(self, value: Any) -> Any:
        is_na = value == NA_INTEGER if isinstance(value, int) else isinstance(value, RValue) and value.text == "NA"
        return None if value is None or is_na else super().convert(value)


TrainableOrNA = Annotated[bool | None, FlagOrNA(), RDefault("NA")]


@r_function
def summary(
    object: keras.Model,
    line_length: Annotated[int | None, Ge(20), RDefault('getOption("width")')] = None,
    positions: Sequence[float] | None = None,
    *,
    expand_nested: bool = False,
    show_trainable: bool | None = None,
    compact: Annotated[bool, Retired("there are no empty lines in the summaries of Keras 3.")] = True,
    width: Annotated[int | None, Ge(20), OtherName("line_length")] = None,
) -> keras.Model:
    """Prints the layers of a model, the shapes of what they put out, and their parameters.

    Args:
        object: The model.
        line_length: The width of the table, in characters; that of the terminal if `None`.
        positions: Where the columns end, as shares of the width.
        expand_nested: Whether the layers of models within the model are shown.
        show_trainable: Whether a column says what trains; where something does not if `None`.
        compact: Not used: there are no empty lines to leave out.
        width: Another name of `line_length`.

    Returns:
        The model itself.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0 and 2.15.0, `summary`; Keras, `Model.summary`.
    """
    if show_trainable is None:
        show_trainable = object.built and bool(object.non_trainable_weights)
    object.summary(
        line_length=line_length, positions=positions, expand_nested=expand_nested, show_trainable=show_trainable
    )
    return object


@r_function
def get_weights(object: keras.layers.Layer, trainable: TrainableOrNA = None) -> list[Any]:
    """The weights of a model or of a layer.

    Args:
        object: The model or the layer.
        trainable: `True` for those that training changes, `False` for the others, `NA` (in Python: `None`) for all.

    Returns:
        A list of arrays: kernel and bias of one layer after the other.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `get_weights`; Keras, `Layer.get_weights`.
    """
    if trainable is None:
        return object.get_weights()
    return [np.asarray(one) for one in (object.trainable_weights if trainable else object.non_trainable_weights)]


@r_function
def set_weights(object: keras.layers.Layer, weights: Arrays) -> keras.layers.Layer:
    """Sets the weights of a model or of a layer.

    Args:
        object: The model or the layer.
        weights: A list of arrays, in the order and the shapes of `get_weights`.

    Returns:
        The model or the layer itself.

    Raises:
        ArgumentError: An argument is not what it must be; nothing is set then.

    Source:
        R keras 2.2.5.0, `set_weights`; Keras, `Layer.set_weights`.
    """
    here = [tuple(weight.shape) for weight in object.weights]
    if [array.shape for array in weights] != here:
        refuse(
            set_weights,
            "weights",
            weights,
            f"arrays of the shapes {', '.join(map(str, here))}" if here else "an empty list",
        )
    object.set_weights(weights)
    return object
