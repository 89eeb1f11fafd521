"""Layers around a layer: forwards and backwards, and at every step."""

import inspect
from collections.abc import Callable
from typing import Annotated, Any, Literal, Unpack

import keras
from typing_extensions import Doc

from ..language import MISSING, REQUIRED, RDefault
from .adding import layer
from .arguments import LayerTail, Target
from .both_ways import Bidirectional
from .initial_states import TargetWithStates

MergeMode = Annotated[
    Literal["sum", "mul", "ave", "concat"] | None,
    RDefault('"concat"'),
    Doc("How the outputs of both ways become one; both are given back if `None`."),
]


class TimeDistributed(keras.layers.TimeDistributed):
    """Applies the layer to the steps of all samples at once, as Keras 2; Keras 3 goes from step to step, so that
    statistics are those of a step, passes by what only a call of the layer does, and knows one input and one output.
    """

    def build(self, input_shape: Any) -> None:
        """Builds the layer inside for one step."""
        if not self.layer.built:
            self.layer.build(_of_shapes(lambda shape: (shape[0], *shape[2:]), input_shape))
        self.built = True

    def call(self, inputs: Any, training: Any = None, mask: Any = None) -> Any:
        """Applies the layer."""
        first = keras.tree.flatten(inputs)[0]
        if getattr(self.layer, "stateful", False) and first.shape[0] is not None:
            return super().call(inputs, training=training, mask=mask)
        samples, steps = keras.ops.shape(first)[:2]
        arguments = {"mask": _joined(mask)} if mask is not None and self._layer_takes("mask") else {}
        if self._layer_takes("training"):
            arguments["training"] = training
        outputs = self.layer(_joined(inputs), **arguments)
        return keras.tree.map_structure(lambda one: keras.ops.reshape(one, (samples, steps, *one.shape[1:])), outputs)

    def compute_output_shape(self, input_shape: Any) -> Any:
        """The shape of the output, or of each."""
        inner = _of_shapes(lambda shape: (shape[0], *shape[2:]), input_shape)
        samples, steps = _first_shape(input_shape)[:2]
        return _of_shapes(lambda shape: (samples, steps, *shape[1:]), self.layer.compute_output_shape(inner))

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        """The mask of the output: what the layer inside makes of it, or that of the steps."""
        inner = self.layer.compute_mask(inputs, mask)
        if inner is not None or mask is None:
            return inner
        mask = keras.tree.flatten(mask)[0]
        return keras.ops.any(mask, axis=tuple(range(2, len(mask.shape)))) if len(mask.shape) > 2 else mask

    def _layer_takes(self, argument: str) -> bool:
        return argument in inspect.signature(self.layer.call).parameters


TimeDistributed.__module__ = "keras.layers"  # by which a saved model finds it: plain Keras loads it too


def _joined(tensors: Any) -> Any:
    """The steps of all samples, as samples."""
    return keras.tree.map_structure(lambda one: keras.ops.reshape(one, (-1, *keras.ops.shape(one)[2:])), tensors)


def _of_shapes(change: Callable[[Any], Any], shapes: Any) -> Any:
    """A shape, or each of several, changed."""
    if isinstance(shapes, dict):
        return {name: _of_shapes(change, shape) for name, shape in shapes.items()}
    if shapes and isinstance(shapes[0], list | tuple | dict):
        return [_of_shapes(change, shape) for shape in shapes]
    return change(tuple(shapes))


def _first_shape(shapes: Any) -> Any:
    if isinstance(shapes, dict):
        return _first_shape(next(iter(shapes.values())))
    return _first_shape(shapes[0]) if isinstance(shapes[0], list | tuple | dict) else shapes


@layer(Bidirectional)
def bidirectional(
    object: TargetWithStates = MISSING,
    layer: keras.layers.Layer = REQUIRED,
    merge_mode: MergeMode = "concat",
    *,
    backward_layer: keras.layers.Layer | None = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """A recurrent layer that reads the steps forwards, and a copy of it that reads them backwards.

    Args:
        layer: The layer; it is copied for either way, without its weights.
        backward_layer: The layer to read the steps backwards, which must be one with `go_backwards = True`.
    """


@layer(TimeDistributed)
def time_distributed(object: Target = MISSING, layer: keras.layers.Layer = REQUIRED, **tail: Unpack[LayerTail]) -> Any:
    """A layer that is applied at every step: input (batch, steps, ...).

    Args:
        layer: The layer; it may be a model. What it does with its input is what it does with a step.
    """
