"""Layers."""

import importlib
from collections.abc import Callable
from typing import Any, Literal

import keras
from keras.src.layers.preprocessing.image_preprocessing import base_image_preprocessing_layer


def begin_with(variable: keras.Variable, value: Any) -> None:
    """Has a variable begin with a value, that `fit` has declared and not made: nothing can be assigned to it yet."""
    if variable._value is None:
        variable._initializer = lambda shape, dtype=None: keras.ops.convert_to_tensor(value, dtype)


class MergeHooks:
    """Mixed into a merging layer of Keras: what it makes of several tensors is made by `merged`."""

    def merged(self, inputs: list[Any], by_keras: Callable[[list[Any]], Any]) -> Any:
        """What becomes of tensors of the same rank."""
        return by_keras(inputs)

    def _merge_function(self, inputs: list[Any]) -> Any:
        return self.merged(inputs, super()._merge_function)  # type: ignore[misc]


def training_of_call() -> Any:
    """What `training` is in the layer that is being called; None outside of layers, or where nobody said."""
    from keras.src.backend.common import global_state

    context = global_state.get_global_attribute("current_call_ctx")
    return None if context is None else context.get_value("training")


def rnn(step: Callable[..., Any], inputs: Any, states: list[Any], **options: Any) -> tuple[Any, Any, Any]:
    """Steps over the time of a batch, as recurrent layers do: the last output, all outputs, the last states."""
    from keras.src import backend

    return backend.rnn(step, inputs, states, **options)


def count_as_state(layer: keras.layers.Layer, variables: list[Any]) -> None:
    """Counts variables among those of a layer that a call may change, but not among its weights, which files have."""
    known = {id(one.state) for one in layer._seed_generators}
    # What Keras does for the seeds of a layer is what is wanted here.
    layer._seed_generators.extend(_State(one) for one in variables if id(one) not in known)


class _State:
    """A variable, where Keras looks for a seed."""

    def __init__(self, state: Any) -> None:
        self.state = state


def as_it_is(error: Exception) -> Exception:
    """An error to which Keras adds nothing about the layer that it comes from."""
    error._keras_call_info_injected = True  # type: ignore[attr-defined]
    return error


def lookup_of(layer: keras.layers.Layer) -> Any:
    """The layer that looks words up: that within a text vectorization, or the layer itself."""
    return getattr(layer, "_lookup_layer", layer)


def merged_summaries(one: Any, other: Any, epsilon: float) -> Any:
    """Two summaries of numbers by which a discretization finds its ranges, as one."""
    from keras.src.layers.preprocessing import discretization

    return discretization.merge_summaries(one, other, epsilon)


class ImageLayer(base_image_preprocessing_layer.BaseImagePreprocessingLayer):
    """What Keras's layers that change images at random are derived from: it has no public name."""

    _USE_BASE_FACTOR = False


def seed_for(layer: Any) -> Any:
    """What a layer that works in pipelines too draws its random numbers from, in the backend that it works in now."""
    return layer._get_seed_generator(layer.backend._backend)


def legacy_preprocessing(module: Literal["image", "sequence", "text"]) -> Any:
    """What Keras 2 made arrays of texts, sequences and images with; Keras 3 keeps the modules, and documents none."""
    return importlib.import_module(f"keras.src.legacy.preprocessing.{module}")
