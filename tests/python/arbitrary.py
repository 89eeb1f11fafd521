"""Arbitrary arguments, right and wrong, for property tests of the constructors of callbacks and of `fit`."""

import datetime
import decimal
import functools
import typing
from pathlib import Path

import annotated_types
import keras
import numpy as np
import signatures
from hypothesis import strategies as st


class UserError(Exception):
    """What a user's own function raises."""


def raising(*arguments):
    """A user's own function that fails."""
    raise UserError


_HOOKS = [
    raising,
    lambda: None,
    lambda one: None,
    lambda one, two: 0.1,
    lambda one, two=3: 0.5,
    lambda one, two, three: None,
    lambda *many: "text",
    lambda **named: None,
    print,
    functools.partial(print, "said"),
    type("Callable", (), {"__call__": lambda self, epoch: epoch})(),
]
_OBJECTS = [
    object(),
    Ellipsis,
    NotImplemented,
    keras.callbacks.EarlyStopping(),
    keras.callbacks.EarlyStopping,
    keras.optimizers.Adam,
    keras.Variable(1.0),
    keras.ops.ones(2),
    datetime.timedelta(seconds=3),
    datetime.datetime(2020, 1, 1),
    decimal.Decimal("1.5"),
    Path("path"),
    range(3),
    np.array(3),
    np.array(["a", "b"]),
    np.array([None]),
    np.float32(0.5),
    np.int64(7),
    np.bool_(True),
    np.datetime64("2020-01-01"),
    np.ma.masked,
    {1, 2},
    frozenset(),
    1j,
    b"bytes",
    memoryview(b"view"),
    st,
]
_NUMBERS = st.integers() | st.integers(-3, 20) | st.floats() | st.floats(-1, 2)
_WORDS = [
    *["", "auto", "min", "max", "ma", "epoch", "batch", "loss", "val_loss", "acc", "lr", "relu", "01:00:00", "1,2"],
    *["{epoch}", "{epoch:02d}.h5", "{", "{val_loss:.2f}", "{batch}", "a.h5", ".", "..", "a/b.csv", "a\0b", "x" * 300],
    *["http://localhost:9", "https://", "ftp://a", "http://u:p@localhost:9/?q", "//", "\ud800", "中文.csv", "~nobody"],
]
TEXTS = st.sampled_from(_WORDS) | st.text(max_size=8).filter(lambda text: not text.startswith(("/", "~")))
PLAIN = st.none() | st.booleans() | _NUMBERS | TEXTS
ANYTHING = st.recursive(
    PLAIN | st.sampled_from([*_HOOKS, *_OBJECTS]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(TEXTS | st.integers(0, 3), inner, max_size=3)
    ),
    max_leaves=4,
)


def _right(annotation):
    """Values that an annotation allows, most of them."""
    annotation = typing.get_args(annotation)[0] if typing.get_origin(annotation) is type else annotation
    found = []
    for leaf, bounds in signatures.leaves(annotation):
        origin, inner = typing.get_origin(leaf), typing.get_args(leaf)
        least = max([0, *[bound.ge for bound in bounds if isinstance(bound, annotated_types.Ge)]])
        if origin is typing.Literal:
            found.append(st.sampled_from(inner))
        elif leaf is bool:
            found.append(st.booleans())
        elif leaf is int:
            found.append(st.integers(int(least), int(least) + 4))
        elif leaf is float:
            found.append(st.floats(0, 1) | st.just(0.5))
        elif leaf in (str, "PathText"):
            found.append(st.sampled_from(["loss", "val_loss", "acc", "a.csv", "b.h5", "c.{epoch}.keras", "d/e", ","]))
        elif origin is typing.get_origin(typing.Callable):
            found.append(st.sampled_from(_HOOKS))
        elif leaf == "Seconds":
            found.append(st.sampled_from([100, "00:00:10", datetime.timedelta(1)]))
        elif leaf == "Address":
            found.append(st.just("http://localhost:9"))
        else:
            found.append(st.none())
    return st.one_of(found)


def mostly(right, anything):
    """One of two strategies; `|` would draw from the branches of both alike."""
    return st.integers(0, 15).flatmap(lambda drawn: anything if drawn == 7 else right)


def arguments(function, plain=False):
    """Arguments for a function: right ones for the most part, and one or the other that may be anything.

    Args:
        function: A function of the R API.
        plain: Whether to leave out what R cannot write down.
    """
    anything = PLAIN | st.lists(PLAIN, max_size=3) | st.dictionaries(TEXTS, PLAIN, max_size=3) if plain else ANYTHING
    needed = signatures.required_of(function)
    chosen = {}
    for name, annotation, _ in signatures.parameters(function):
        right = _right(annotation) if name not in needed else st.just(needed[name]) | _right(annotation)
        chosen[name] = mostly(right, anything)
    return st.fixed_dictionaries(
        {name: chosen[name] for name in needed},
        optional={name: value for name, value in chosen.items() if name not in needed},
    )


def calls(plain=False):
    """(Function, arguments) of every constructor of a callback."""
    functions = st.sampled_from(list(signatures.CALLBACKS.values()))
    return functions.flatmap(lambda function: st.tuples(st.just(function), arguments(function, plain)))
