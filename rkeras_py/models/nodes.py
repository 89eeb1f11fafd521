"""get_input_at() and its family: what a layer was called on, and what it returned, each time that it was called."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import keras
from typing_extensions import Doc

from .. import keras_internals as internals
from ..language import Size, r_function, refuse

Node = Annotated[Size, Doc("Which call of the layer is meant, counted from 1.")]
Called = Annotated[keras.layers.Layer, Doc("The layer.")]
F = TypeVar("F", bound=Callable[..., Any])


def _asks_a_call(returns: str) -> Callable[[F], F]:
    """Makes an R function of a signature; `returns` is what the help says of its value."""

    def decorate(declared: F) -> F:
        name = declared.__name__
        made: F = r_function(
            Returns=returns,
            Raises="ArgumentError: An argument is not what it must be, or the layer was not called so often.",
            Source=f"R keras 2.2.5.0, `{name}`; Keras 2, `Layer.{name}`, which Keras 3 has not got.",
        )(declared)  # type: ignore[assignment]
        return made

    return decorate


_TENSORS = "The tensor, or a list of tensors."
_SHAPES = "The shape, with `None` for any size, or a list of shapes."
_MASKS = "The mask, a tensor, or `None` where there is none; a list of them where the layer has several tensors."


@_asks_a_call(_TENSORS)
def get_input_at(object: Called, node_index: Node) -> Any:
    """What a layer was called on."""
    return _alone(_node(get_input_at, object, node_index)[0])


@_asks_a_call(_TENSORS)
def get_output_at(object: Called, node_index: Node) -> Any:
    """What a layer returned."""
    return _alone(_node(get_output_at, object, node_index)[1])


@_asks_a_call(_SHAPES)
def get_input_shape_at(object: Called, node_index: Node) -> Any:
    """The shape of what a layer was called on."""
    return _alone([one.shape for one in _node(get_input_shape_at, object, node_index)[0]])


@_asks_a_call(_SHAPES)
def get_output_shape_at(object: Called, node_index: Node) -> Any:
    """The shape of what a layer returned."""
    return _alone([one.shape for one in _node(get_output_shape_at, object, node_index)[1]])


@_asks_a_call(_MASKS)
def get_input_mask_at(object: Called, node_index: Node) -> Any:
    """The mask that came with what a layer was called on."""
    return _alone([internals.mask_of(one) for one in _node(get_input_mask_at, object, node_index)[0]])


@_asks_a_call(_MASKS)
def get_output_mask_at(object: Called, node_index: Node) -> Any:
    """The mask that goes with what a layer returned."""
    return _alone([internals.mask_of(one) for one in _node(get_output_mask_at, object, node_index)[1]])


def _node(function: Any, layer: keras.layers.Layer, number: int) -> tuple[list[Any], list[Any]]:
    calls = internals.calls_of(layer)
    if number > len(calls):
        times = {0: "was not called yet", 1: "was called once"}.get(len(calls), f"was called {len(calls)} times")
        refuse(function, "node_index", number, f"the number of a call; the layer {layer.name} {times}")
    return calls[number - 1]


def _alone(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
