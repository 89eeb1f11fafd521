"""Layers of any class, in the way of R."""

from collections.abc import Mapping
from typing import Annotated, Any, Unpack

import keras
import numpy as np
from typing_extensions import Doc

from ..language import MISSING, RDefault, identifiers, r_function
from ..language.annotations import kind_of
from ..language.contract import Contract
from ..language.errors import ArgumentError
from ..language.kinds import Kind, Unfit
from ..language.wording import RCallable, RNamed, RValue, show
from .adding import made
from .arguments import LayerTail
from .arguments_preprocessing import RawInput


class LayerClass(Kind):
    """A class of layers."""

    bases: tuple[type, ...] = (keras.layers.Layer,)

    def wants(self) -> str:
        return "a class of Keras layers"

    def convert(self, value: Any) -> Any:
        if not isinstance(value, type) or not issubclass(value, self.bases):
            raise Unfit(" That is a layer, not its class." if isinstance(value, keras.layers.Layer) else "")
        return value


class WrapperClass(LayerClass):
    """A class of layers that have another one inside."""

    bases = (keras.layers.Wrapper, keras.layers.Bidirectional)  # which is none to Keras 3

    def wants(self) -> str:
        return "a class of wrappers, as of `KerasWrapper`"


ClassArguments = Annotated[Mapping[str, object] | None, RDefault("list()"), Doc("The arguments of the class, by name.")]


@r_function
def create_layer(
    layer_class: Annotated[Any, LayerClass()],
    object: RawInput = MISSING,
    args: ClassArguments = None,
) -> Any:
    """Makes a layer of any class, as the `layer_...` functions make theirs.

    What all layers have, `input_shape`, `batch_input_shape`, `batch_size`, `dtype`, `name`, `trainable` and `weights`,
    is not handed on where it is `None`; a constraint may be a function. To a class of Keras whole numbers are handed on
    as integers.

    Args:
        layer_class: The class, e.g. `keras.layers.Dense`, or one of one's own that is derived from
            `keras.layers.Layer`.

    Returns:
        The model with the layer added to it, the output tensor, or the layer itself, as `object` is.

    Raises:
        ArgumentError: An argument is not what it must be.
        ValueError: The layer does not fit to what is in front of it.

    Source:
        R keras 2.2.5.0, `create_layer`.
    """
    return _made("create_layer", layer_class, object, args or {})


@r_function
def create_wrapper(
    wrapper_class: Annotated[Any, WrapperClass()],
    object: RawInput = MISSING,
    args: ClassArguments = None,
) -> Any:
    """Makes a layer that has another one inside, of any class, as the `layer_...` functions make theirs.

    Args:
        wrapper_class: The class, one of one's own that is derived from `KerasWrapper`, or of Keras. The layer inside
            is its argument `layer`.

    Returns:
        The model with the layer added to it, the output tensor, or the layer itself, as `object` is.

    Raises:
        ArgumentError: An argument is not what it must be.
        ValueError: The layer does not fit to what is in front of it.

    Source:
        R keras 2.2.5.0, `create_wrapper`; Keras, `keras.layers.Wrapper`.
    """
    return _made("create_wrapper", wrapper_class, object, args or {})


def _made(function: str, layer_class: type[keras.layers.Layer], object: Any, given: Mapping[str, Any]) -> Any:
    common = _COMMON.convert((), {name: value for name, value in given.items() if name in _COMMON.arguments})
    of_keras = getattr(layer_class, "__module__", "").startswith("keras.")  # a class that R made may have none
    own = {
        name: option(function, name, value, of_keras) for name, value in given.items() if name not in _COMMON.arguments
    }
    return made(layer_class, {**own, **common, "object": object})


def _common(**tail: Unpack[LayerTail]) -> None:
    """What all layers have."""


_common.__name__ = "create_layer"
_COMMON = Contract(_common, {})
_SORTS = {
    "constraint": kind_of(identifiers.Constraint),
    "regularizer": kind_of(identifiers.Regularizer),
    "initializer": kind_of(identifiers.Initializer),
    "activation": kind_of(identifiers.Activation),
}


def option(function: str, name: str, value: Any, whole: bool) -> Any:
    """An argument of a class, as Python has it.

    Raises:
        ArgumentError: It has no counterpart in Python, or is no constraint.
    """
    sort = name.rpartition("_")[2]
    is_for_keras = sort == "constraint" or isinstance(value, RCallable) or hasattr(value, "__contract__")
    kind = _SORTS.get(sort)
    try:
        if kind is not None and is_for_keras and value is not None:
            return kind.convert(value)
        return _plain(value, whole)
    except Unfit as unfit:
        wants = kind.wants() if kind is not None else "a value that Python has"
        raise ArgumentError(f"{function}(): `{name}` must be {wants}, not {show(value)}.{unfit}") from None


def _plain(value: Any, whole: bool) -> Any:
    """Vectors as lists; whole numbers, which are doubles in R, as integers if they are to be."""
    if isinstance(value, RNamed):
        value = value.elements
    if isinstance(value, RValue):
        raise Unfit(value.hint)
    if isinstance(value, np.ndarray) and value.ndim == 1:
        value = value.tolist()
    if isinstance(value, list | tuple):
        return type(value)(_plain(one, whole) for one in value)
    return int(value) if whole and isinstance(value, float) and value.is_integer() else value
