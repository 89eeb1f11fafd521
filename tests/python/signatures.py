"""Reads the signatures themselves, apart from the code that converts, for tests that are made from them."""

import inspect
import math
import types
import typing
from collections.abc import Callable, Mapping, Sequence

import annotated_types
import keras
import numpy as np

import rkeras_py

FUNCTIONS = {name: getattr(rkeras_py, name) for name in rkeras_py.__all__ if name[0].islower()}
CALLBACKS = {name: function for name, function in FUNCTIONS.items() if name.startswith("callback_")}

REQUIRED = {
    "object": keras.Sequential(),
    "x": np.ones((2, 3)),
    "filepath": "file.h5",
    "filename": "file.csv",
    "backup_dir": "backup",
    "schedule": lambda epoch: 0.1,
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
    """(Name, annotation, default) of every argument."""
    hints = typing.get_type_hints(inspect.unwrap(function), include_extras=True)
    return [(name, hints[name], p.default) for name, p in inspect.signature(function).parameters.items()]


def leaves(annotation):
    """The plain annotations that an annotation is made of, with their bounds."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        kinds = ("PathText", "Anything", "CallbackList")
        kind = next((type(mark).__name__ for mark in inner[1:] if type(mark).__name__ in kinds), "")
        bounds = [mark for mark in inner[1:] if isinstance(mark, annotated_types.BaseMetadata | annotated_types.Len)]
        return [(kind, bounds)] if kind else [(leaf, more + bounds) for leaf, more in leaves(inner[0])]
    if origin in (typing.Union, types.UnionType):
        return [leaf for member in inner for leaf in leaves(member)]
    return [(annotation, [])]


def allowed(annotation):
    """What of `WRONG` is right for an annotation, and the words for it."""
    labels, words = set(), []
    for leaf, bounds in leaves(annotation):
        origin, inner = typing.get_origin(leaf), typing.get_args(leaf)
        if leaf == "PathText":
            more, word = {"a string"}, "a path"
        elif leaf == "CallbackList":
            more, word = {"an object", "an empty vector"}, "a callback"
        elif leaf == "Anything":
            more = {"two numbers", "two strings", "a matrix", "an object"}
            more, word = more | {"a named list of strings", "a named list of numbers"}, "an array"
        elif origin is typing.Literal:
            more, word = {"NULL"}, inner[-1]
        elif origin is Sequence:
            elements = {str: {"a string", "two strings"}, int: {"a flag", "a number", "two numbers"}}
            more, word = elements[leaves(inner[0])[0][0]], "a vector of"
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
    return labels, words


def other_value(name, annotation, default):
    """A right value that is not the default, and what the function is to make of it."""
    special = {"root": "https://example.org", "separator": ";", "factor": 0.25}
    if name == "profile_batch":
        return 7.0, 7
    if name in special:
        return special[name], special[name]
    leaf = next(leaf for leaf, _ in reversed(leaves(annotation)) if leaf is not types.NoneType)
    origin, inner = typing.get_origin(leaf), typing.get_args(leaf)
    if leaf is bool:
        return not default, not default
    if leaf == "Anything":
        array = np.ones((2, 3))
        return array, array
    if origin is typing.Literal:
        return inner[-1], inner[-1]
    if origin is Sequence:
        return ["zzz"], ["zzz"]
    if origin is Mapping:
        return {"zzz": "yyy"}, {"zzz": "yyy"}
    if origin is Callable:
        return print, print
    return {int: (7.0, 7), float: (7, 7.0), str: ("zzz", "zzz"), "PathText": ("zzz", "zzz")}[leaf]


def required_of(function, without=""):
    """The arguments a call cannot do without."""
    needed = [name for name, _, default in parameters(function) if default is inspect.Parameter.empty]
    return {name: REQUIRED.get(name) for name in needed if name != without}
