"""R's conversions, one by one and as rules."""

import math
import pathlib
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal

import keras
import numpy as np
import pytest
from annotated_types import Ge, Gt, Len, Lt, MultipleOf
from hypothesis import given
from hypothesis import strategies as st

from rkeras_py.language import annotations
from rkeras_py.language.annotations import kind_of
from rkeras_py.language.kinds import Unfit

Mode = Literal["auto", "min", "max"]
NA = -2147483648  # as R's NA_integer_ arrives
OUTSIDE = [bytes, list, dict[int, str], set[str], complex, Literal[1], Annotated[int, MultipleOf(2)], "int"]

pytestmark = pytest.mark.once


def convert(annotation, value):
    return kind_of(annotation).convert(value)


@pytest.mark.parametrize(
    ("annotation", "value", "expected"),
    [
        (int, 5, 5),
        (int, 5.0, 5),
        (int, 5.7, 5),
        (int, -5.7, -5),
        (int, True, 1),
        (int, [5], 5),
        (int, (5.0,), 5),
        (int, np.int64(5), 5),
        (int, np.float32(5), 5),
        (int, np.array([5.0]), 5),
        (int, np.array(5), 5),
        (float, 1, 1.0),
        (float, [0.5], 0.5),
        (float, np.float64(0.5), 0.5),
        (float, math.inf, math.inf),
        (bool, True, True),
        (bool, 1, True),
        (bool, 0.0, False),
        (bool, np.bool_(False), False),
        (bool, [True], True),
        (str, "a", "a"),
        (str, ["a"], "a"),
        (str, np.str_("a"), "a"),
        (Mode, "max", "max"),
        (Mode, "mi", "min"),
        (Mode, None, "auto"),
        (Mode, ["auto", "min", "max"], "auto"),
        (Mode, ("auto", "min", "max"), "auto"),
        (Mode, ["max"], "max"),
        (Mode | None, None, None),
        (annotations.Path, "a/b", "a/b"),
        (annotations.Path, pathlib.Path("a") / "b", "a/b"),
        (Sequence[str], "a", ["a"]),
        (Sequence[str], ("a", "b"), ["a", "b"]),
        (Sequence[str], np.array(["a", "b"]), ["a", "b"]),
        (Sequence[int], [1.0, 2], [1, 2]),
        (Mapping[str, str], {"a": "b"}, {"a": "b"}),
        (Mapping[str, str], {}, {}),
        (Callable[..., Any], len, len),
        (Literal["epoch"] | int, "epoch", "epoch"),
        (Literal["epoch"] | int, 10.0, 10),
        (int | Sequence[int] | str, [3], 3),
        (int | Sequence[int] | str, [3, 4], [3, 4]),
        (int | Sequence[int] | str, "3,4", "3,4"),
        (Annotated[float, Gt(0), Lt(1)], 0.5, 0.5),
        (Annotated[str, Len(1, 1)], ";", ";"),
        (object, None, None),
    ],
)
def test_accepts(annotation, value, expected):
    result = convert(annotation, value)
    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        *[(int, value) for value in ["5", "five", None, math.nan, math.inf, 3e9, [], [1, 2], b"5", NA]],
        *[(float, value) for value in ["1", None, math.nan, True, [], [1.0, 2.0], NA, 1j]],
        pytest.param(float, 10**400, id="float-too large"),
        *[(bool, value) for value in ["TRUE", None, 2, math.nan, [], NA]],
        *[(str, value) for value in [1, None, b"a", ["a", "b"], [], str]],
        *[(Mode, value) for value in ["m", "sideways", "", "AUTO", 1, ["min", "max"], [], ["max", "min", "auto"]]],
        *[(annotations.Path, value) for value in [1, None, "", "a\0b", b"a", ["a", "b"]]],
        *[(Sequence[str], value) for value in [None, [], [1], {"a": "b"}, {"a"}, np.zeros((2, 2))]],
        *[(Mapping[str, str], value) for value in [None, [], ["a"], {"a": 1}, {1: "a"}]],
        *[(Callable[..., Any], value) for value in ["f", None, int, keras.callbacks.EarlyStopping]],
        *[(annotations.Data, value) for value in [None, "a", [], {}, 1, True, len, int]],
        *[(keras.Model, value) for value in [None, keras.Model, "model"]],
        (Annotated[float, Gt(0), Lt(1)], 1.0),
        (Annotated[int, Ge(0)], -1),
        (Annotated[str, Len(1, 1)], ";;"),
        (annotations.Name, ""),
    ],
)
def test_refuses(annotation, value):
    with pytest.raises(Unfit):
        convert(annotation, value)


def test_home_is_filled_in(monkeypatch):
    monkeypatch.setenv("HOME", "/home/reader")
    assert convert(annotations.Path, "~/model.h5") == "/home/reader/model.h5"


@pytest.mark.parametrize("annotation", [*OUTSIDE, Mapping[int, str]])
def test_other_annotations_fail_when_the_function_is_defined(annotation):
    with pytest.raises(TypeError, match="outside the vocabulary"):
        kind_of(annotation)


@given(st.floats(-(2**31) + 1, 2**31 - 1))
def test_numbers_are_cut_at_the_point(number):
    assert convert(int, number) == math.trunc(number)


@given(st.one_of(st.none(), st.text(), st.floats(), st.integers(), st.booleans(), st.lists(st.integers()), st.binary()))
def test_a_vector_of_length_one_stands_for_its_element(value):
    for annotation in (int, float, bool, str, annotations.Path):
        assert outcome(annotation, [value]) == outcome(annotation, value)


@given(st.lists(st.text(st.sampled_from("abc"), min_size=1), min_size=1, max_size=5, unique=True), st.text("abc"))
def test_choices_follow_match_arg(options, given_text):
    annotation = Literal[tuple(options)]
    begun = [option for option in options if option.startswith(given_text)]
    if given_text in options:
        assert convert(annotation, given_text) == given_text
    elif given_text and len(begun) == 1:
        assert convert(annotation, given_text) == begun[0]
    else:
        assert outcome(annotation, given_text) == "refused"


def outcome(annotation, value):
    try:
        return repr(convert(annotation, value))
    except Unfit:
        return "refused"
