"""Reads the signatures themselves, apart from the code that converts, for tests that are made from them."""

import inspect
import math
import operator
import types
import typing
from collections.abc import Callable, Mapping, Sequence

import annotated_types
import keras
import numpy as np

import rkeras_py
from rkeras_py.language import REQUIRED as NO_DEFAULT
from rkeras_py.language import Default, OtherName
from rkeras_py.r.bridge import RFunction

FUNCTIONS = {name: one for name in rkeras_py.__all__ if hasattr(one := getattr(rkeras_py, name), "__contract__")}
CALLBACKS = {name: function for name, function in FUNCTIONS.items() if name.startswith("callback_")}
LAYERS = {
    name: function
    for name, function in FUNCTIONS.items()
    if name.startswith("layer_") and "object" in inspect.signature(function).parameters
}

_INPUT = keras.Input((3,))
TOKENIZER = rkeras_py.text_tokenizer()
GENERATOR = rkeras_py.image_data_generator()
IMAGE = keras.utils.array_to_img(np.ones((2, 2, 3)))

# A right value for each argument that has to be given; by function where the name alone does not tell.
REQUIRED = {
    "object": keras.Sequential([_INPUT]),
    "x": np.ones((2, 3)),
    "filepath": "file.h5",
    "filename": "file.csv",
    "backup_dir": "backup",
    "schedule": lambda epoch: 0.1,
    "units": 2,
    "filters": 2,
    "kernel_size": 1,
    "activation": "relu",
    "rate": 0.5,
    "input_dim": 5,
    "output_dim": 2,
    "optimizer": "adam",
    "loss": "mse",
    "inputs": _INPUT,
    "weights": [],
    "y": [0, 1],
    "dim": [3, 2],
    "sequences": [[1, 2], [3]],
    "seed": 1,
    ("layer_concatenate", "inputs"): [_INPUT, _INPUT],
    ("layer_add", "inputs"): [_INPUT, _INPUT],
    ("k_get_value", "x"): keras.Variable(1.0),
    ("k_set_value", "x"): keras.Variable(1.0),
    "value": 2.0,
    "alpha": 5.0,
    "s": 2,
    "monitor": "val_loss",
    "threshold": 0.5,
    "duration": 60.0,
    "initial_learning_rate": 0.1,
    "decay_steps": 2,
    "first_decay_steps": 2,
    "decay_rate": 0.5,
    "boundaries": [1.0],
    "values": [0.1, 0.2],
    "normalizer": [1.0, 2.0],
    "num_classes": 3,
    "name": "zzz",
    "blocks": [1, 1, 1, 1],
    "node_index": 1,
    "model": keras.Sequential([_INPUT]),
    ("unserialize_model", "model"): b"zzz",
    "config": {"zzz": "yyy"},
    "json": "zzz",
    "fname": "zzz",
    "origin": "file:///zzz",
    "datapath": "zzz.h5",
    "dataset": "zzz",
    "yaml": "zzz",
    "saved_model_path": "zzz",
    "export_dir_base": "zzz",
    "model_fn": lambda self: self,
    "objects": {"zzz": len},
    "preds": np.ones((2, 1000)),
    **dict.fromkeys(["y_true", "y_pred"], np.ones((2, 3))),
    "tokenizer": TOKENIZER,
    ("fit_text_tokenizer", "object"): TOKENIZER,
    ("save_text_tokenizer", "object"): TOKENIZER,
    "text": "zzz",
    "texts": "zzz",
    "n": 9,
    "sequence": [1, 2],
    "vocabulary_size": 3,
    "size": 3,
    ("fit_image_data_generator", "object"): GENERATOR,
    "dataframe": {"filename": ["a.png"], "class": ["a"]},
    "path": "a.png",
    ("image_to_array", "img"): IMAGE,
    "img": np.ones((2, 3)),
    **dict.fromkeys(["height", "width"], 2),
    **dict.fromkeys(["data", "targets"], np.ones((9, 2))),
    "generator": iter([]),
    **dict.fromkeys(["steps", "steps_per_epoch"], 2),
    "length": 3,
    "sequence_length": 3,
    "directory": ".",
    **dict.fromkeys(["fn", "metric_fn"], lambda y_true, y_pred: y_pred),
    **dict.fromkeys(["precision", "recall", "specificity", "sensitivity"], 0.5),
    **dict.fromkeys(["factor", "height_factor", "width_factor", "scale", "stddev"], 0.5),
    **dict.fromkeys(["height", "width", "num_heads", "key_dim", "num_bins", "n"], 2),
    **dict.fromkeys(["axes", "dims"], 1),
    "f": keras.layers.Identity(),
    "cell": keras.layers.SimpleRNNCell(2),
    "cells": [keras.layers.SimpleRNNCell(2)],
    "vocabulary": ["a", "b"],
    "target_shape": [3],
    "feature_columns": "zzz",
    "layer_class": keras.layers.Dense,
    "wrapper_class": keras.layers.TimeDistributed,
    ("bidirectional", "layer"): keras.layers.SimpleRNN(2),
    ("time_distributed", "layer"): keras.layers.Dense(2),
    ("adapt", "object"): keras.layers.Normalization(),
    ("adapt", "data"): np.ones((2, 3)),
    **{(name, "object"): keras.layers.StringLookup() for name in ("get_vocabulary", "set_vocabulary")},
}

WRONG = {
    "NULL": None,
    "a flag": True,
    "a string": "zzz",
    "a number": 7,
    "NaN": math.nan,
    "NA": -2147483648,
    "an empty vector": [],
    "two numbers": [7, 8],
    "two strings": ["yyy", "zzz"],
    "a named list of strings": {"a": "b"},
    "a named list of numbers": {"a": 1},
    "a function": len,
    "a class": keras.callbacks.EarlyStopping,
    "bytes": b"zzz",
    "an object": keras.callbacks.EarlyStopping(),
    "a matrix": np.zeros((2, 2)),
}

# What an annotation does not rule out, and the words in which an error must say what is allowed.
ALLOWS = {
    int: ({"a flag", "a number"}, "a whole number"),
    float: ({"a number"}, "a number"),
    bool: ({"a flag"}, "True or False"),
    str: ({"a string"}, "a string"),
    Callable: ({"a function"}, "a function"),
    types.NoneType: ({"NULL"}, "None"),
    object: (set(WRONG), ""),
}


def parameters(function):
    """(Name, annotation, default) of every argument, the shared ones (PEP 692) where the others end."""
    plain = inspect.unwrap(function)
    hints = typing.get_type_hints(plain, include_extras=True)
    declared = inspect.signature(plain).parameters
    own = [(name, hints[name], one.default, one.kind) for name, one in declared.items()]
    tail = [hint for _, hint, _, kind in own if kind is inspect.Parameter.VAR_KEYWORD]
    shared = typing.get_type_hints(typing.get_args(tail[0])[0], include_extras=True) if tail else {}
    behind = [one for *one, kind in own if kind is inspect.Parameter.KEYWORD_ONLY]
    in_front = [one for *one, kind in own if kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]
    return [tuple(one) for one in [*in_front, *([n, h, _shared_default(h)] for n, h in shared.items()), *behind]]


def _shared_default(hint):
    return next((mark.value for mark in typing.get_args(hint)[1:] if isinstance(mark, Default)), None)


def first_name(annotation):
    """The first name of an argument with two, of which this is the second."""
    marks = typing.get_args(annotation)[1:]
    return next((mark.of for mark in marks if isinstance(mark, OtherName)), None)


ARRAYS = {"two numbers", "two strings", "a matrix", "an object", "a named list of strings", "a named list of numbers"}

NUMBERS = {"a flag", "a number", "NaN", "NA", "an empty vector", "two numbers", "a matrix"}

TEXTS = {"a string", "two strings", "an empty vector", "a named list of strings"}

# The same for annotations that carry a kind of their own.
KINDS = {
    "PathText": ({"a string"}, "a path"),
    "CallbackList": ({"an object", "an empty vector"}, "a callback"),
    "Anything": (ARRAYS, "an array"),
    "SampleArrays": (ARRAYS, "an array"),
    "FedArrays": (ARRAYS, "or a generator of batches"),
    "Batches": (set(), "a generator of batches"),
    "ValidationArrays": (ARRAYS - {"two strings"}, "an array"),
    "TargetArrays": (ARRAYS - {"two strings", "a named list of strings"}, "an array"),
    "LayerTarget": ({"NULL", "a matrix"}, "a sequential model"),
    "ShapeWithoutBatch": ({"a number", "two numbers", "an empty vector", "NA"}, "a shape"),
    "ListOfArrays": ({"two numbers", "a matrix", "an empty vector"}, "a list of arrays"),
    "Identifier": ({"a function"}, "or its name"),
    "Nested": ({"a function"}, "a list of them"),
    "Integers": ({"a flag", "a number", "two numbers"}, "whole numbers"),
    "AxisFromOne": ({"a flag", "a number"}, "an axis"),
    "ClassNumbers": ({"a flag", "a number", "two numbers", "a matrix"}, "the numbers of classes"),
    "ListOfSequences": ({"two numbers", "a matrix"}, "a list of vectors"),
    "ListOfTensors": (set(), "a tensor"),
    "NamedTensors": (set(), "a named list of tensors"),
    "TensorLike": (NUMBERS, "a tensor, an array or a number"),
    **dict.fromkeys(["TensorOrList", "Operand"], (NUMBERS, "a tensor, an array or a number")),
    "TensorList": (NUMBERS - {"an empty vector"}, "a list of tensors"),
    "TensorOrTensors": (NUMBERS, "a tensor, or a list of tensors"),
    "TensorsOrFunction": (NUMBERS | {"a function"}, "or a function that returns one"),
    "AxesFromOne": ({"a flag", "a number", "two numbers"}, "an axis"),
    "AxesOfTwo": ({"a flag", "a number", "two numbers"}, "two axes"),
    "Sizes": ({"a flag", "a number", "two numbers", "an empty vector"}, "a shape"),
    "OpenSizes": ({"a flag", "a number", "two numbers", "an empty vector", "NA"}, "a shape"),
    "Indices": ({"a flag", "a number", "two numbers", "an empty vector"}, "numbers of rows"),
    "TypeName": (set(), "a type"),
    "PaddingPairs": ({"a matrix"}, "pairs of whole numbers"),
    "Pair": ({"two numbers"}, "a pair of whole numbers"),
    "Chosen": (set(), '"'),
    "VariableValues": ({"an empty vector"}, "a list of pairs"),
    "SymbolicTensors": ({"a flag", "a number", "NaN", "NA", "two numbers"}, "a symbolic tensor"),
    "Examples": ({"a string", "two numbers", "two strings", "a matrix"}, "a data set"),
    "LayerTargetWithStates": ({"NULL", "a matrix"}, "a sequential model"),
    "RawTarget": ({"NULL", "a matrix", "a string", "two numbers", "two strings"}, "a sequential model"),
    "LayerClass": (set(), "a class of Keras layers"),
    "WrapperClass": (set(), "a class of wrappers"),
    "Margins1D": ({"a flag", "a number", "two numbers"}, "a whole number from 0"),
    "Margins2D": ({"a flag", "a number", "two numbers", "a matrix"}, "a list of 2 pairs"),
    "Margins3D": ({"a flag", "a number"}, "a list of 3 pairs"),
    "ListOfCuDNNWeights": ({"two numbers", "a matrix", "an empty vector"}, "a list of arrays"),
    "Tokens of str": ({"a string", "two strings"}, "a vector of strings"),
    "Tokens of int": ({"a string", "NA", "a number", "two numbers", "a matrix"}, "a vector of whole numbers"),
    "Tokens of str int": (
        {"a string", "two strings", "NA", "a number", "two numbers", "a matrix"},
        "a vector of strings or whole numbers",
    ),
    "CallOfAttention": (set(), "a list of tensors: query"),
    "ShapeWithRest": ({"NULL", "a number", "two numbers", "an empty vector", "NA"}, "a shape"),
    "CellOf": (set(), "a cell"),
    "ListOfCells": (set(), "a list of cells"),
    "StringFunction": ({"a function"}, "or a function"),
    "RateOrSchedule": ({"a number"}, "or a learning rate schedule"),
    "FlagOrNA": ({"NULL", "NA", "a flag"}, "NA"),
    "ModelNotSource": (set(), "a Keras model"),
    "SampleRows": ({"two numbers", "a matrix"}, "an array of numbers"),
    "ImageSize": ({"two numbers"}, "a height and a width"),
    "DataFrame": (
        {"a named list of strings", "a named list of numbers"},
        "a data frame",
    ),
    "PillowImage": (set(), "an image"),
    "AnyImageGenerator": (set(), "a generator"),
    "ShiftRange": ({"a number", "two numbers"}, "a number or a vector of numbers"),
    "Texts": (TEXTS, "a vector of strings"),
    "TextSource": (TEXTS | {"a function"}, "or a function that returns one string"),
    "TextsOrSequences": (TEXTS | {"a function", "two numbers", "a matrix"}, "or a list of vectors of numbers"),
    "WordNumbers": ({"two numbers", "a matrix"}, "a list of vectors of numbers of words"),
    "AnyTokenizer": (set(), "a tokenizer"),
    "IndexFromOne": ({"a number"}, "a number counted from 1"),
    "LayerPlace": ({"a number", "a string"}, "the name of a layer"),
    "LayerChoice": (
        {"a number", "a string", "two numbers", "two strings", "a flag", "a function"},
        "the names or numbers of layers",
    ),
    "HasConfig": (set(), "a layer, a model"),
    "Configuration": ({"a named list of strings", "a named list of numbers"}, "what get_config() returned"),
    "Octets": ({"bytes"}, "what serialize_model() returned"),
    "SymbolicInput": (set(), "a tensor from layer_input()"),
    "Seconds": ({"a number"}, "seconds"),
    "Address": (set(), "an address"),
    "Headers": ({"a named list of strings"}, "a dict of"),
}


def leaves(annotation):
    """The plain annotations that an annotation is made of, with their bounds; the name of a kind, where it has one."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        kind = next((name for mark in inner[1:] if (name := _kind_name(mark)) in KINDS), "")
        bounds = [mark for mark in inner[1:] if isinstance(mark, annotated_types.BaseMetadata | annotated_types.Len)]
        return [(kind, bounds)] if kind else [(leaf, more + bounds) for leaf, more in leaves(inner[0])]
    if origin in (typing.Union, types.UnionType):
        return [leaf for member in inner for leaf in leaves(member)]
    return [(annotation, [])]


def _kind_name(mark):
    """The name of a kind of annotation, with what it is of where that matters."""
    sorts = [sort.__name__ for sort in getattr(mark, "sorts", ())]
    return " ".join([type(mark).__name__, "of", *sorts]) if sorts else type(mark).__name__


SEVERAL = ("a vector of", "a dict of", "a list of them")


def allowed(annotation):
    """What of `WRONG` is right for an annotation, and the words for it."""
    labels, words = set(), []
    for leaf, bounds in leaves(annotation):
        origin, inner = typing.get_origin(leaf), typing.get_args(leaf)
        if isinstance(leaf, str):
            more, word = KINDS[leaf]
        elif origin is typing.Literal:
            more, word = {"NULL"}, inner[-1]
        elif origin is Sequence:
            one = allowed(inner[0])[0]
            several = {"a number": "two numbers", "a string": "two strings"}
            more, word = one | {many for single, many in several.items() if single in one}, "a vector of"
        elif origin is Mapping:
            elements = {str: {"a named list of strings"}, float: {"a named list of numbers"}}
            more = elements.get(inner[1], {"a named list of strings", "a named list of numbers"})
            word = "a dict of"
        elif origin is Callable:
            more, word = ALLOWS[Callable]
        elif leaf in ALLOWS:
            more, word = ALLOWS[leaf]
        else:
            more, word = set(), "a Keras"
        single = any(isinstance(bound, annotated_types.Len) for bound in bounds)
        labels |= more
        words.append("a single character" if single else word)
    if first_name(annotation):
        labels |= {"NULL"}  # which stands for an argument that is not given
    if "NULL" in labels and any(word.startswith(SEVERAL) for word in words):
        labels |= {"an empty vector"}  # which R keras took for NULL
    return labels, words


# Values that are nobody's default, and what the function is to make of them.
OTHERS = {
    "Anything": (ARRAY := np.ones((2, 3)), ARRAY),
    "Integers": (3.0, 3),
    "ShapeWithoutBatch": ([2.0, None], (2, None)),
    "Seconds": ("01:00:07", 3607.0),
    "Headers": ({"zzz": "yyy"}, {"zzz": "yyy"}),
    "TensorLike": (ARRAY, ARRAY.astype("float32")),
    "RateOrSchedule": (7, 7.0),
    **dict.fromkeys(["TensorOrList", "Operand", "TensorOrTensors", "TensorsOrFunction"], (ARRAY, ARRAY)),
    "TensorList": ([ARRAY], [ARRAY]),
    **dict.fromkeys(["AxisFromOne", "AxesFromOne", "Indices"], (3.0, 2)),
    "AxesOfTwo": ([3.0, 2.0], (2, 1)),
    **dict.fromkeys(["Sizes", "OpenSizes"], ([4.0, 5.0], (4, 5))),
    "TypeName": ("float16", "float16"),
    "PaddingPairs": ([[1.0, 2.0]] * 2, ((1, 2),) * 2),
    "Pair": ([0.0, 2.0], (0, 2)),
    "VariableValues": ([[VARIABLE := keras.Variable(1.0), 2.0]], [(VARIABLE, 2.0)]),
    **dict.fromkeys(["SymbolicTensors", "SymbolicInput"], (_INPUT, _INPUT)),
    **dict.fromkeys(["Examples", "RawTarget", "LayerTargetWithStates"], (ARRAY, ARRAY)),
    "LayerClass": (keras.layers.Embedding, keras.layers.Embedding),
    "WrapperClass": (keras.layers.Bidirectional, keras.layers.Bidirectional),
    **dict.fromkeys(["Margins1D", "Margins2D", "Margins3D"], (3.0, 3)),
    **dict.fromkeys(["Tokens of str", "Tokens of str int"], (["zzz", "yyy"], ["zzz", "yyy"])),
    "Tokens of int": ([7.0, 8.0], [7, 8]),
    "ShapeWithRest": ([3.0, -1.0], (3, -1)),
    "CallOfAttention": ([_INPUT, _INPUT], ([_INPUT, _INPUT], {})),
    "CellOf": (CELL := keras.layers.SimpleRNNCell(3), CELL),
    "ListOfCells": ([CELL], [CELL]),
    "ListOfCuDNNWeights": ([ARRAY], [ARRAY]),
    keras.layers.Layer: (LAYER := keras.layers.SimpleRNN(3), LAYER),
    keras.Variable: (VARIABLE, VARIABLE),
    **dict.fromkeys(["Texts", "TextSource", "TextsOrSequences"], (["yyy", "zzz"], ["yyy", "zzz"])),
    "SampleRows": (ARRAY, ARRAY.astype("float32")),
    "ImageSize": ([4.0, 5.0], (4, 5)),
    "DataFrame": ({"a": ["yyy", "zzz"]}, {"a": ["yyy", "zzz"]}),
    "PillowImage": (IMAGE, IMAGE),
    "AnyImageGenerator": (GENERATOR, GENERATOR),
    "ShiftRange": ([0.5, 2.0], [0.5, 2.0]),
    "WordNumbers": ([[1.0, 2.0], [3.0]], [[1, 2], [3]]),
    "AnyTokenizer": (TOKENIZER, TOKENIZER),
    object: ("zzz", "zzz"),
    **dict.fromkeys(["IndexFromOne", "LayerPlace"], (3.0, 2)),
    "LayerChoice": ([3.0, 2.0], [2, 1]),
    "Octets": (b"zzz", b"zzz"),
    "Configuration": ({"zzz": "yyy"}, {"zzz": "yyy"}),
}
NAMED = {
    "activation": ("elu", "elu"),
    "initializer": ("random_normal", "RandomNormal"),
    "regularizer": ("l1", "L1"),
    "constraint": ("non_neg", "NonNeg"),
}


def other_value(name, annotation, default):
    """A right value that is not the default, and what the function is to make of it."""
    special = {"root": "https://example.org", "separator": ";", "padding": "same", "groups": 2, "factor": 0.25}
    special |= {"data_format": "channels_first", "pool_mode": "avg", "standardize": "lower", "split": "character"}
    special |= {"vocabulary_dtype": "int64", "output_mode": "count", "implementation": 3}
    special |= {"height_factor": 0.25, "width_factor": 0.25}
    leaf, bounds = next(one for one in reversed(leaves(annotation)) if one[0] is not types.NoneType)
    if name == "profile_batch":
        return 7.0, 7
    if leaf in OTHERS:
        return OTHERS[leaf]
    if name in special and (leaf is not int or name in ("groups", "implementation")):
        return special[name], special[name]
    if leaf == "Identifier":
        return next(value for end, value in NAMED.items() if name.endswith(end))
    origin, inner = typing.get_origin(leaf), typing.get_args(leaf)
    if leaf is bool:
        return not default, not default
    if leaf is float:
        return next((number, float(number)) for number in (7, 0.25, -0.25) if all(map(within(number), bounds)))
    if origin is typing.Literal:
        return (inner[-1] if inner[-1] != default else inner[0],) * 2
    if origin is Sequence:
        value, expected = other_value(name, inner[0], None)
        return [value], [expected]
    if origin is Mapping:
        return {"zzz": "yyy"}, {"zzz": "yyy"}
    if origin is Callable:
        return print, print
    return {int: (7.0, 7), str: ("zzz", "zzz"), "PathText": ("zzz", "zzz"), "FlagOrNA": (True, True)}[leaf]


def within(number):
    """Tells whether a number keeps to a bound."""
    signs = {"Ge": operator.ge, "Gt": operator.gt, "Le": operator.le, "Lt": operator.lt}
    return lambda bound: signs[(name := type(bound).__name__)](number, getattr(bound, name.lower()))


def required_of(function, without=""):
    """The arguments a call cannot do without."""
    name = function.__name__
    needed = {
        one: hint for one, hint, default in parameters(function) if default in (inspect.Parameter.empty, NO_DEFAULT)
    }
    needed.pop(first_name(dict(hints_of(function)).get(without)), None)
    right = {one: _right(leaves(hint)[0][0]) for one, hint in needed.items()} if name.startswith("k_") else REQUIRED
    own = {without, first_name(dict(hints_of(function)).get(without))}
    along = {one: value for one, value in _ALONG.get(name, {}).items() if one not in own}
    return {**{one: REQUIRED.get((name, one), right.get(one)) for one in needed if one != without}, **along}


# Without these a layer cannot be made, or not with another argument.
_ALONG = {
    "layer_category_encoding": {"num_tokens": 5},
    "layer_discretization": {"num_bins": 3},
    "layer_locally_connected_1d": {"implementation": 2},
    "layer_locally_connected_2d": {"implementation": 2},
}


def hints_of(function):
    """(Name, annotation) of every argument."""
    return [(name, hint) for name, hint, _ in parameters(function)]


def _right(leaf):
    return OF_BACKEND.get(typing.get_origin(leaf) or leaf)


# A right value for an argument of a backend function, whose names tell nothing, by what it is to be.
OF_BACKEND = {
    **dict.fromkeys(["TensorLike", "TensorOrList", "Operand", "TensorOrTensors", "TensorsOrFunction"], np.ones((2, 3))),
    **dict.fromkeys(["AxisFromOne", "AxesFromOne", "AxesOfTwo", "Indices", "Integers", int], 1),
    "Sizes": [2, 3],
    "OpenSizes": [2, 3],
    "TensorList": [np.ones((2, 3))],
    "TypeName": "float32",
    "Chosen": "channels_last",
    "SymbolicTensors": _INPUT,
    "VariableValues": [],
    float: 0.5,
    bool: True,
    str: "float32",
    Callable: len,
    keras.Variable: keras.Variable(1.0),
}


# What a layer does with these itself is shown in test_layers.py.
_NO_OPTIONS = ("object", "input_shape", "batch_input_shape", "batch_size", "weights", "input_length", "tensor")
_NO_OPTIONS += ("time_major", "inputs", "causal")
# Keras keeps these in another form, or not; their effect is shown in test_layer_table.py and test_lambda.py.
_KEPT_OTHERWISE = {
    "layer_lambda": {"f", "output_shape", "mask", "arguments"},
    "layer_category_encoding": {"max_tokens"},
    "layer_discretization": {"bins", "bin_boundaries", "sparse", "trainable"},
    "layer_gaussian_noise": {"stddev"},
    "layer_integer_lookup": {"idf_weights", "sparse", "pad_to_max_tokens", "dtype"},
    "layer_string_lookup": {"idf_weights", "sparse", "pad_to_max_tokens", "dtype"},
    "layer_text_vectorization": {"idf_weights", "ngrams", "pad_to_max_tokens", "max_tokens", "sparse", "ragged"},
    "layer_permute": {"dims"},
    "layer_random_brightness": {"value_range"},
    "layer_random_contrast": {"factor"},
    "layer_rescaling": {"scale", "offset"},
    **{f"layer_spatial_dropout_{n}d": {"trainable"} for n in (1, 2, 3)},
    "layer_normalization": {"axis", "mean", "variance"},
    "layer_rnn": {"cell"},
    "layer_stacked_rnn_cells": {"cells"},
    "layer_conv_1d_transpose": {"output_padding"},
    "layer_conv_2d_transpose": {"output_padding"},
    "layer_conv_3d_transpose": {"output_padding"},
    "bidirectional": {"layer"},
    "layer_multi_head_attention": {"attention_axes"},
    "layer_hashing": {"salt", "sparse", "dtype"},
}
_FAMILIES = ("layer_", "optimizer_", "regularizer_", "constraint_", "initializer_")
# The arguments of layers, optimizers, … which Keras keeps in the object's config.
OPTIONS = {
    function: [
        (name, *more)
        for name, *more in parameters(function)
        if name not in _NO_OPTIONS and name not in _KEPT_OTHERWISE.get(function.__name__, ())
    ]
    for function in FUNCTIONS.values()
    if function.__name__.startswith(_FAMILIES) and function.__name__ not in ("layer_input", "layer_dense_features")
}

# Where Keras keeps an argument under another name.
_ATTRIBUTES = {
    "separator": "sep",
    "update_freq": "samples_per_write",
    "embeddings_freq": "epochs_per_embedding",
    "initial_value_threshold": "best",
}


def other_option(name, annotation, default):
    """A right value of an option that is not the default, and what stands in the config then."""
    same = {"dtype": "float16", "data_format": "channels_first", "padding": "same", "nesterov": True}
    same |= {"units": 7, "seed": 7}
    if name == "padding" and "Margins" in str(annotation):
        del same[name]
    return (same[name],) * 2 if name in same else other_value(name, annotation, default)


def assert_in_callback(callback, name, expected):
    """A callback has an argument, as an attribute of the right type."""
    arrived = getattr(callback, _ATTRIBUTES.get(name, name))
    if name.startswith("on_"):
        assert arrived is not getattr(keras.callbacks.LambdaCallback(), name)
    elif callable(expected) and isinstance(arrived, RFunction):
        assert list(inspect.signature(arrived).parameters) == ["x"]  # of the function that was given in R
    elif isinstance(expected, np.ndarray):
        assert np.array_equal(arrived, expected)
    else:
        assert arrived == expected
        assert type(arrived) is type(expected)


def assert_in_config(made, function, name, expected):
    """A Keras object has an option, in its config."""
    own = {"lr": "learning_rate", "schedule_decay": "decay", "l": function.__name__.removeprefix("regularizer_")}
    if function.__name__ == "initializer_constant":
        assert np.array_equal(keras.ops.convert_to_numpy(made.value), expected)
        return
    own |= {"alpha": "negative_slope", "theta": "threshold"} if function.__name__.startswith("layer_") else {}
    config = made.get_config()
    arrived = config[own[name] if own.get(name) in config else name]
    if isinstance(arrived, dict):
        arrived = arrived["config"]["name"] if name == "dtype" else arrived["class_name"]
    if isinstance(arrived, tuple | list) and not isinstance(expected, tuple):
        numbers = np.ravel(arrived).tolist()
        assert {abs(one) if isinstance(one, float) else one for one in numbers} == {*np.ravel(expected).tolist()}
    elif isinstance(expected, float):
        assert math.isclose(arrived, expected, rel_tol=1e-6)
    else:
        assert arrived == expected
