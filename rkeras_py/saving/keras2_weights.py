"""Weights as Keras 2 wrote them into HDF5 files, for layers of today."""

import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import h5py
import keras
import numpy as np

from .. import keras_internals
from .keras2_config import layer_name

Values = list[np.ndarray[Any, Any]]
_GATES = {"LSTM": 4, "GRU": 3}


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
    saved = list(_saved(group))
    pairs = _by_name(saved, model) if by_name else _in_order(saved, model)
    assigned: list[tuple[keras.Variable, Any]] = []
    for layer, name, values in pairs:
        try:
            assigned += assignments(layer, values)
        except ValueError as error:
            said = f'layer "{layer.name}" (in the file "{name}"): {error}'
            if not skip_mismatch:
                raise ValueError(said) from None
            warnings.warn(f"Skipped {said}", stacklevel=2)
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
    return [variable for layer in layers for variable in layer.trainable_variables]


def _saved(group: h5py.Group) -> Iterator[tuple[str, Values]]:
    for name in keras_internals.read_attribute(group, "layer_names"):
        values = keras_internals.read_values(group, name)
        if values:
            yield name, values


def _by_name(saved: Sequence[tuple[str, Values]], model: keras.Model) -> list[tuple[keras.layers.Layer, str, Values]]:
    layers = {layer.name: layer for layer in model.layers}
    return [(layers[layer_name(name)], name, values) for name, values in saved if layer_name(name) in layers]


def _in_order(saved: Sequence[tuple[str, Values]], model: keras.Model) -> list[tuple[keras.layers.Layer, str, Values]]:
    layers = [layer for layer in model.layers if layer.weights]
    if len(layers) != len(saved):
        raise ValueError(f"the model has {len(layers)} layers with weights, and the file has {len(saved)}")
    if {layer.name for layer in layers} == {layer_name(name) for name, _ in saved}:  # branches may be in another order
        return _by_name(saved, model)
    return [(layer, name, values) for layer, (name, values) in zip(layers, saved, strict=True)]


def assignments(layer: keras.layers.Layer, values: Values) -> list[tuple[keras.Variable, Any]]:
    """Which value each variable of a layer gets.

    Args:
        layer: A layer, or a model.
        values: What Keras 2 wrote for it: first what is trained of all its parts, then the rest.

    Raises:
        ValueError: They are too many or too few, or have other shapes.
    """
    parts = _parts(layer)
    if parts is None:
        variables = [*layer.trainable_weights, *layer.non_trainable_weights]
        values = _converted(layer, values)
        _check(variables, values)
        return list(zip(variables, values, strict=True))
    if len(values) != len(layer.weights):
        raise ValueError(f"Layer expects {len(layer.weights)} weight(s). Received {len(values)} saved weight(s)")
    trained = iter(values[: len(layer.trainable_weights)])
    others = iter(values[len(layer.trainable_weights) :])
    found: list[tuple[keras.Variable, Any]] = []
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
    elif type(layer) is keras.layers.TimeDistributed:
        parts = [layer.layer]
    else:
        return None
    own = {id(variable) for part in parts for variable in part.weights}
    return parts if own == {id(variable) for variable in layer.weights} else None


def _check(variables: list[keras.Variable], values: Values) -> None:
    if len(variables) != len(values):
        raise ValueError(f"Layer expects {len(variables)} weight(s). Received {len(values)} saved weight(s)")
    for variable, value in zip(variables, values, strict=True):
        if tuple(variable.shape) != value.shape:
            raise ValueError(
                f"Weight expects shape {tuple(variable.shape)}. Received saved weight with shape {value.shape}"
            )


def _converted(layer: keras.layers.Layer, values: Values) -> Values:
    """The weights of a layer, where Keras 2 had others."""
    recurrent = [sort for sort in _GATES if isinstance(layer, getattr(keras.layers, sort))]
    return _of_cudnn(layer, values, _GATES[recurrent[0]]) if recurrent and len(values) == 3 else values


def _of_cudnn(layer: Any, values: Values, gates: int) -> Values:
    """The weights of a layer of cuDNN, which has two biases, and kernels in another order, for the usual layer.

    Source:
        Keras 2.2.4, `_convert_rnn_weights`.
    """
    kernel, recurrent, bias = values
    if bias.shape != (2 * gates * recurrent.shape[0],):
        return values
    if gates == _GATES["GRU"] and not layer.reset_after:
        raise ValueError("weights of CuDNNGRU are for a layer with reset_after = TRUE")
    return [
        np.hstack([part.T.reshape(part.shape, order="F") for part in np.hsplit(kernel, gates)]),
        np.hstack([part.T for part in np.hsplit(recurrent, gates)]),
        bias.reshape(2, -1) if gates == _GATES["GRU"] else bias.reshape(2, -1).sum(axis=0),
    ]
