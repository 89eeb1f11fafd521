"""Weights in HDF5 files in the layout of Keras 2, which Keras 3 writes too."""

import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import h5py
import keras
import numpy as np

from .. import keras_internals
from ..layers.cudnn import are_of_cudnn, plain_weights
from .keras2_config import layer_name
from .versions import is_of_keras2

Values = list[np.ndarray[Any, Any]]
Assignments = list[tuple[keras.Variable, Any]]
_OF_THE_MODEL = "top_level_model_weights"


def read(group: h5py.Group, model: keras.Model, by_name: bool = False, skip_mismatch: bool = False) -> None:
    """Reads the weights of a model.

    Args:
        group: Where they stand, by layer.
        model: The model.
        by_name: Whether layers are found by their names, and the others passed over; or else by their order.
        skip_mismatch: Whether to pass over weights that do not fit, with a warning.

    Raises:
        ValueError: There are other layers in the file, or weights of other shapes; no weight is changed then.
    """
    saved, of_keras2 = list(_saved(group)), is_of_keras2(group)
    found = _by_name(saved, model) if by_name else _in_order(saved, model, of_keras2)
    pairs: list[tuple[Any, str, Values]] = [one for one in found if not (of_keras2 and _weighs_words(one[0]))]
    if _OF_THE_MODEL in group:
        pairs.append((model, _OF_THE_MODEL, keras_internals.read_values(group, _OF_THE_MODEL)))
    assigned: Assignments = []
    for layer, name, values in pairs:
        try:
            if layer is model:
                assigned += _fitting(keras_internals.own_weights(model), values)
            else:
                assigned += assignments(layer, values, of_keras2)
        except ValueError as error:
            said = f'layer "{layer.name}" (in the file "{name}"): {error}'
            if not skip_mismatch:
                raise ValueError(said) from None
            warnings.warn(f"Skipped {said}.", stacklevel=2)
    for variable, value in assigned:
        variable.assign(value)
    for layer, *_ in pairs:
        if hasattr(layer, "finalize_state"):
            layer.finalize_state()


def in_order_of(group: h5py.Group, model: keras.Model) -> list[keras.Variable]:
    """The variables that are trained, in the order in which Keras 2 had the layers."""
    names = [layer_name(name) for name in keras_internals.read_attribute(group, "layer_names")]
    places = {name: place for place, name in enumerate(names)}
    layers = sorted(model.layers, key=lambda layer: places.get(layer.name, len(places)))
    return [variable for layer in layers for variable in _trained(layer)]


def _trained(layer: keras.layers.Layer) -> list[keras.Variable]:
    parts = _parts(layer)
    return layer.trainable_variables if parts is None else [one for part in parts for one in _trained(part)]


def _saved(group: h5py.Group) -> Iterator[tuple[str, Values]]:
    for name in keras_internals.read_attribute(group, "layer_names"):
        values = keras_internals.read_values(group, name)
        if values:
            yield name, values


def _by_name(
    saved: Sequence[tuple[str, Values]], model: keras.Model
) -> Iterator[tuple[keras.layers.Layer, str, Values]]:
    for name, values in saved:
        yield from ((layer, name, values) for layer in model.layers if layer.name in (name, layer_name(name)))


def _in_order(
    saved: Sequence[tuple[str, Values]], model: keras.Model, of_keras2: bool
) -> Iterator[tuple[keras.layers.Layer, str, Values]]:
    layers = [layer for layer in model.layers if layer.weights or (of_keras2 and _weighs_words(layer))]
    if len(layers) != len(saved):
        raise ValueError(f"the model has {len(layers)} layers with weights, and the file has {len(saved)}")
    if {layer.name for layer in layers} == {layer_name(name) for name, _ in saved}:  # branches may be in another order
        return _by_name(saved, model)
    return ((layer, name, values) for layer, (name, values) in zip(layers, saved, strict=True))


def _weighs_words(layer: keras.layers.Layer) -> bool:
    """Whether Keras 2 wrote among the weights of a layer what stands in its configuration, too: weights of words."""
    return getattr(keras_internals.lookup_of(layer), "output_mode", None) == "tf_idf"


def assignments(layer: keras.layers.Layer, values: Values, of_keras2: bool = True) -> Assignments:
    """Which value each variable of a layer gets.

    Args:
        layer: A layer, or a model.
        values: What was written for it: first what is trained of all its parts, then the rest.
        of_keras2: Whether Keras 2 wrote it, which had the parts of a layer, and some weights, in another order.

    Raises:
        ValueError: They are too many or too few, or have other shapes.
    """
    parts = _parts(layer) if of_keras2 else None
    if parts is None:
        return _fitting([*layer.trainable_weights, *layer.non_trainable_weights], _as_now(layer, values))
    _check_number(layer.weights, values)
    trained = iter(values[: len(layer.trainable_weights)])
    others = iter(values[len(layer.trainable_weights) :])
    found: Assignments = []
    for part in parts:
        first = [next(trained) for _ in part.trainable_weights]
        found += assignments(part, [*first, *(next(others) for _ in part.non_trainable_weights)])
    return found


def _parts(layer: keras.layers.Layer) -> list[keras.layers.Layer] | None:
    """The layers that a layer is made of and that have all of its weights, in the order of Keras 2."""
    if isinstance(layer, keras.Model):
        parts = list(layer.layers)
    elif isinstance(layer, keras.layers.Bidirectional):
        parts = [layer.forward_layer, layer.backward_layer]
    elif isinstance(layer, keras.layers.Wrapper):
        parts = [layer.layer]
    else:
        return None
    own = {id(variable) for part in parts for variable in part.weights}
    return parts if own == {id(variable) for variable in layer.weights} else None


def _fitting(variables: Sequence[keras.Variable], values: Values) -> Assignments:
    _check_number(variables, values)
    for variable, value in zip(variables, values, strict=True):
        if tuple(variable.shape) != value.shape:
            raise ValueError(
                f"Weight expects shape {tuple(variable.shape)}. Received saved weight with shape {value.shape}"
            )
    return list(zip(variables, values, strict=True))


def _check_number(variables: Sequence[keras.Variable], values: Values) -> None:
    if len(variables) != len(values):
        raise ValueError(f"Layer expects {len(variables)} weight(s). Received {len(values)} saved weight(s)")


def _as_now(layer: keras.layers.Layer, values: Values) -> Values:
    """The weights of a layer, where other ones stand in the file: those of a cuDNN layer, or of unsorted axes."""
    if isinstance(layer, keras.layers.LayerNormalization):
        return [_of_sorted_axes(value, layer.weights) for value in values]
    if not isinstance(layer, keras.layers.GRU | keras.layers.LSTM) or not are_of_cudnn(values):
        return values
    if isinstance(layer, keras.layers.GRU) and not layer.reset_after:
        raise ValueError("weights of CuDNNGRU are for a layer with `reset_after` true")
    return plain_weights(values)


def _of_sorted_axes(value: Any, weights: Sequence[keras.Variable]) -> Any:
    """A weight of a layer normalization, which Keras 2 made of its axes in any order and used as one of sorted ones."""
    shapes = {tuple(sorted(weight.shape)): tuple(weight.shape) for weight in weights}
    return value.reshape(shapes.get(tuple(sorted(value.shape)), value.shape))
