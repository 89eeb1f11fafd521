"""Layers that give the same numbers another shape, or hide some of them."""

from typing import Annotated, Any, Unpack

import keras

from ..language import MISSING, REQUIRED, IntegerTuple, Size
from ..language.kinds import Unfit
from .adding import layer
from .arguments import (
    DataFormat,
    DType,
    InputShape,
    LayerName,
    LayerTail,
    ShapeWithoutBatch,
    ShortTail,
    Target,
    Trainable,
    Weights,
)


class ShapeWithRest(ShapeWithoutBatch):
    """A shape, in which -1, NA or NULL stands for the one size that follows from the others."""

    def wants(self) -> str:
        return "a shape (whole numbers, one of them -1 for what the others leave)"

    def convert(self, value: Any) -> tuple[int, ...]:
        listed = value.tolist() if hasattr(value, "tolist") else value
        given = listed if isinstance(listed, list | tuple) else [listed]
        sizes = super().convert([None if one in (-1, -1.0) and one is not True else one for one in given])
        if sizes.count(None) > 1:
            raise Unfit(" Only one of its sizes can follow from the others.")
        return tuple(-1 if one is None else one for one in sizes)


def _with_tuple(arguments: dict[str, Any]) -> dict[str, Any]:
    dims = arguments["dims"]
    return {**arguments, "dims": dims if isinstance(dims, tuple) else (dims,)}


@layer(keras.layers.Flatten)
def layer_flatten(
    object: Target = MISSING,
    data_format: DataFormat = None,
    input_shape: InputShape = None,
    dtype: DType = None,
    name: LayerName = None,
    trainable: Trainable = None,
    weights: Weights = None,
) -> Any:
    """Makes one dimension of all that are behind the batch."""


@layer(keras.layers.Reshape)
def layer_reshape(
    object: Target = MISSING,
    target_shape: Annotated[Any, ShapeWithRest()] = REQUIRED,
    **tail: Unpack[LayerTail],
) -> Any:
    """Gives the numbers of a sample another shape, of the same size, in the order of rows.

    Args:
        target_shape: The shape, without the batch; one size may be -1, for what the others leave.
    """


@layer(keras.layers.Permute, prepare=_with_tuple)
def layer_permute(
    object: Target = MISSING,
    dims: IntegerTuple = REQUIRED,
    **tail: Unpack[LayerTail],
) -> Any:
    """Puts the dimensions of a sample into another order.

    Args:
        dims: The dimensions in the new order, where 1 is the first behind the batch.
    """


@layer(keras.layers.RepeatVector)
def layer_repeat_vector(object: Target = MISSING, n: Size = REQUIRED, **tail: Unpack[ShortTail]) -> Any:
    """Repeats a vector: input (batch, features), output (batch, n, features).

    Args:
        n: How often.
    """


@layer(keras.layers.Masking)
def layer_masking(
    object: Target = MISSING,
    mask_value: float = 0,
    **tail: Unpack[LayerTail],
) -> Any:
    """Has the layers behind pass over steps, those of which all features are a value: input (batch, steps, features).

    Args:
        mask_value: The value.
    """
