"""The layers of Keras 2 as files name them: what their class is in Keras 3, and what became of their arguments."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import keras

from ..layers import attention, both_ways, merging, normalization, states, wrappers
from ..layers import channels_first as channels
from ..layers.categories import Discretization
from ..layers.image_augmentation import RandomBrightness, RandomRotation, RandomTranslation, RandomZoom
from ..layers.images import Resizing
from ..layers.locally_connected import LocallyConnected1D, LocallyConnected2D
from ..layers.lookups import IntegerLookup, StringLookup
from ..layers.noise import GaussianNoise
from ..layers.random_sizes import RandomCrop, RandomHeight, RandomWidth
from ..layers.tensor_operation import TensorOperation
from ..layers.text import TextVectorization
from ..layers.time_major import TimeMajor, with_time_major

Config = dict[str, Any]
Layers = Mapping[str, type[keras.layers.Layer]]
_PACKAGE = "rkeras>"

_CONVOLUTIONS = {
    channels.convolved: (keras.layers.Conv1D, keras.layers.Conv2D, keras.layers.Conv3D),
    channels.transposed: (keras.layers.Conv1DTranspose, keras.layers.Conv2DTranspose, keras.layers.Conv3DTranspose),
    channels.depthwise: (keras.layers.DepthwiseConv1D, keras.layers.DepthwiseConv2D),
    channels.separable: (keras.layers.SeparableConv1D, keras.layers.SeparableConv2D),
}
# What Keras 3 has not, or computes otherwise than Keras 2.
_CLASSES_OF_OURS: tuple[type[keras.layers.Layer], ...] = (
    *(merging.Add, merging.Average, merging.Concatenate, merging.Dot, merging.Maximum, merging.Minimum),
    *(merging.Multiply, merging.Subtract, normalization.BatchNormalization, normalization.UnitNormalization),
    *(states.ConvLSTM1D, states.ConvLSTM2D, states.ConvLSTM3D, states.GRU, states.LSTM, states.RNN),
    *(states.SimpleRNN, both_ways.Bidirectional, wrappers.TimeDistributed, attention.MultiHeadAttention),
    *(attention.CausalAttention, attention.CausalAdditiveAttention, LocallyConnected1D, LocallyConnected2D),
    *(Discretization, IntegerLookup, RandomCrop, RandomHeight, RandomWidth, Resizing, StringLookup),
    *(GaussianNoise, RandomBrightness, RandomRotation, RandomTranslation, RandomZoom),
    *(TensorOperation, TextVectorization),
    *(channels.with_bias_of_channels(one, compute) for compute, all in _CONVOLUTIONS.items() for one in all),
)
_OURS: Layers = {sort.__name__: sort for sort in _CLASSES_OF_OURS}
# By the names under which `serialized` has Keras look for them.
OUR_CLASSES: Layers = {_PACKAGE + name: sort for name, sort in _OURS.items()}


class Unreadable(ValueError):
    """What a file says, and Keras 3 has no counterpart for."""


# Class of Keras 2: class of Keras 3, or of ours.
_CLASSES = {
    "BatchNormalizationV1": "BatchNormalization",
    "BatchNormalizationV2": "BatchNormalization",
    "CuDNNGRU": "GRU",
    "CuDNNLSTM": "LSTM",
    "LSTMV2": "LSTM",
    "GRUV2": "GRU",
    "SyncBatchNormalization": "BatchNormalization",
    "ThresholdedReLU": "ReLU",
    "UnifiedGRU": "GRU",
    "UnifiedLSTM": "LSTM",
}
_CAUSAL = {"Attention": "CausalAttention", "AdditiveAttention": "CausalAdditiveAttention"}
# Class: what its configuration does not say, and was so.
_IMPLIED: dict[str, Config] = {
    "CuDNNGRU": {"activation": "tanh", "recurrent_activation": "sigmoid", "reset_after": True},
    "CuDNNLSTM": {"activation": "tanh", "recurrent_activation": "sigmoid"},
    "GRU": {"reset_after": False},
    "GRUCell": {"reset_after": False},
    "SyncBatchNormalization": {"synchronized": True},
}
# Class: arguments with another name now.
_RENAMED = {"LeakyReLU": {"alpha": "negative_slope"}, "ReLU": {"theta": "threshold"}}
# What only said how fast something is computed, or where a layer's input came from.
_OF_NO_MEANING = {
    *("autocast", "batch_input_shape", "batch_size", "experimental_autocast", "force_generator", "fused"),
    *("implementation", "input_dim", "input_length", "input_shape", "output_shape_module", "output_shape_type"),
    *("function_type", "jit_compile", "module", "renorm_clipping", "renorm_momentum", "rng_type", "robust_masking"),
    *("causal", "softmax_robust_masking", "type_spec", "key_shape", "query_shape", "value_shape", "vocabulary_size"),
    "trainable",  # of layers without weights
    *("kernel_initializer", "kernel_regularizer", "kernel_constraint"),  # of separable layers, which have two kernels
}
# What means nothing as long as it says this; so does None.
_AT_REST: Config = {
    **{"dynamic": False, "groups": 1, "ragged": False, "renorm": False, "sparse": False, "stateful": False},
    **{"time_major": False, "zero_output_for_mask": False, "return_all_outputs": False, "optional": False},
}


def _one_axis(config: Config) -> Config:
    axis = config.get("axis")
    if isinstance(axis, list) and len(axis) == 1:
        return {**config, "axis": axis[0]}
    if isinstance(axis, list):
        raise Unreadable(f"it has more than one axis, {axis}")
    return config


def _any_axes(config: Config) -> Config:
    return _one_axis(config) if len(config.get("axis") or ()) < 2 else config


def _code(config: Config) -> Config:
    function = config.get("function")
    if isinstance(function, list) and len(function) == 3:
        code = dict(zip(("code", "defaults", "closure"), function, strict=True))
        return {**config, "function": {"class_name": "__lambda__", "config": code}}
    return config


_CHANGED: dict[str, Callable[[Config], Config]] = {
    "BatchNormalization": _one_axis,
    "LayerNormalization": lambda config: _any_axes(config) if isinstance(config.get("axis"), list) else config,
    "Lambda": _code,
}


def class_and_arguments(name: str, config: Mapping[str, Any]) -> tuple[type[keras.layers.Layer], Config]:
    """The class of a layer of Keras 2 and the arguments that it has today.

    Args:
        name: The class in Keras 2.
        config: The arguments in Keras 2.

    Raises:
        Unreadable: There is no such class, or it has no argument for what the configuration says.
    """
    now = _CAUSAL.get(name, name) if config.get("causal") else _CLASSES.get(name, name)
    sort = _OURS.get(now) or getattr(keras.layers, now, None)
    if not (inspect.isclass(sort) and issubclass(sort, keras.layers.Layer)):
        raise Unreadable("Keras 3 has no such layer; one of your own is to be named in `custom_objects`")
    config = {**_IMPLIED.get(name, {}), **config}
    if _has_steps_in_front(config):
        sort = with_time_major(sort)
        config["time_major"] = False
    config = _CHANGED.get(now, dict)(config)
    config = {_RENAMED.get(now, {}).get(argument, argument): value for argument, value in config.items()}
    known = arguments_of(sort)
    left = {argument: value for argument, value in config.items() if argument not in known}
    for argument, value in left.items():
        at_rest = value is None or value == _AT_REST.get(argument, ...)
        if argument not in _OF_NO_MEANING and not at_rest:
            raise Unreadable(f"it has `{argument}` = {str(value)[:60]}, which Keras 3 has not")
    return sort, {argument: value for argument, value in config.items() if argument in known}


def _has_steps_in_front(config: Mapping[str, Any]) -> bool:
    """Whether a recurrent layer, or one around it, has the samples along the second dimension."""
    inner = (config.get("layer") or {}).get("config")
    return any(isinstance(one, Mapping) and bool(one.get("time_major")) for one in (config, inner))


def serialized(sort: type[keras.layers.Layer], config: Config) -> Config:
    """What Keras 3 makes a layer of."""
    is_ours = sort in _OURS.values() or issubclass(sort, TimeMajor)
    own = _PACKAGE + sort.__name__ if is_ours else None
    return {
        "module": "rkeras" if own else "keras.layers",
        "class_name": sort.__name__,
        "config": config,
        "registered_name": own,
    }


def arguments_of(sort: type) -> set[str]:
    """What a class can be given, also what it hands on to the classes that it is made of."""
    names: set[str] = set()
    for one in sort.__mro__:
        if "__init__" not in vars(one) or one is object:
            continue
        parameters = list(inspect.signature(vars(one)["__init__"]).parameters.values())[1:]
        names |= {each.name for each in parameters if each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)}
        if not any(each.kind is each.VAR_KEYWORD for each in parameters):
            break
    return names
