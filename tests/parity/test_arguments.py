"""Every argument, given in R, arrives in Python: at the door of the function, and in the object that it makes."""

import inspect
import warnings

import in_r
import keras
import numpy as np
import pytest
import signatures

import rkeras_py
from rkeras_py.language import MISSING, REQUIRED, RDefault, Retired, contract_of
from rkeras_py.language.contract import Contract
from rkeras_py.language.notices import RKerasWarning
from rkeras_py.r.bridge import RFunction

pytestmark = pytest.mark.r

# R functions that are no call of the Python one.
BY_HAND = {"install_keras", "last_history", "is_keras_available"}
INPUT = keras.Input((3,))
MODEL = keras.Sequential([INPUT, keras.layers.Dense(2)])
VARIABLE = keras.Variable(1.0)
CALLBACK = rkeras_py.callback_terminate_on_naan()
MATRIX = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])

# A right value, where the annotation does not tell one.
BY_NAME = {
    "object": MODEL,
    "x": MATRIX,
    "y": np.array([[0.0], [1.0]]),
    "weights": [MATRIX],
    "sample_weight": np.array([[1.0], [2.0]]),
    "validation_data": [MATRIX, MATRIX],
    "callbacks": [CALLBACK],
    "inputs": [INPUT, INPUT],
    "outputs": MODEL.outputs,
    "optimizer": "adam",
    "loss": "mse",
    "metrics": ["mae", "mse"],
    "weighted_metrics": ["mae", "mse"],
    "target_tensors": "zzz",
    "tensor": "zzz",
    "axis": 2.0,
    "sequences": [[1.0, 2.0], [3.0, 4.0]],
    "value": 0.5,
    ("k_get_value", "x"): VARIABLE,
    ("k_set_value", "x"): VARIABLE,
    ("to_categorical", "y"): np.array([0.0, 2.0]),
    ("array_reshape", "x"): MATRIX,
    "dim": [3.0, 2.0],
    "loss_weights": [0.5, 0.25],
    "class_weight": {"0": 1.0, "1": 2.0},
    "layers": [MODEL.layers[0]],
    "line_length": 40.0,
    "positions": [0.5, 0.75, 1.0],
    ("pad_sequences", "padding"): "post",
    "test_split": 0.5,
    "validation_split": 0.5,
    "jit_compile": True,
    "view_metrics": True,
}
ARGUMENTS = [argument for argument in signatures.ARGUMENTS if argument[0].__name__ not in BY_HAND]


def named(arguments):
    return [pytest.param(*argument, id=f"{argument[0].__name__}-{argument[1]}") for argument in arguments]


def value_for(function, name, annotation, default):
    known = BY_NAME.get((function.__name__, name), BY_NAME.get(name))
    return known if known is not None else signatures.other_value(name, annotation, default)[0]


class AtTheDoor(Exception):
    """A function was reached, and goes no further."""


@pytest.fixture
def door(monkeypatch):
    """What the functions get, instead of what they do."""
    seen = []
    convert = Contract.convert

    def stop(contract, args, kwargs):
        seen.append(convert(contract, args, kwargs))
        raise AtTheDoor("at the door")

    monkeypatch.setattr(Contract, "convert", stop)
    return seen


def same(one, other):
    """Equal in value and type; functions of R are callable in Python."""
    if isinstance(one, RFunction):
        return callable(other)
    if type(one) is not type(other):
        return False
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    return one is other or bool(one == other)


@pytest.mark.parametrize(("function", "name", "annotation", "default"), named(ARGUMENTS))
def test_at_the_door(function, name, annotation, default, r, door, parity):
    given = {
        one: value_for(function, one, hint, value)
        for one, hint, value in signatures.parameters(function)
        if one == name or value in (inspect.Parameter.empty, REQUIRED)
    }
    defaults = {one: value for one, _, value in signatures.parameters(function) if value is not MISSING}
    with pytest.raises(AtTheDoor):
        function(**{**defaults, **given})
    assert r.refusal(in_r.call(function, given)) == "at the door"
    in_python, from_r = door
    # What can be given by name only is not sent at all where it is not given.
    own = contract_of(function).arguments
    in_python = {one: value for one, value in in_python.items() if one in given or not own[one].named}
    assert list(from_r) == [one for one in own if one in from_r]
    assert from_r.keys() == in_python.keys()
    for one, value in from_r.items():
        if one in given or not own[one].mark(RDefault):  # such as getOption("width")
            assert same(value, in_python[one]), one
    if defaults.get(name, REQUIRED) not in (REQUIRED, inspect.Parameter.empty):
        assert not same(from_r[name], defaults[name])
    parity(function.__name__, "arrived", name)


@pytest.mark.parametrize(("function", "name", "annotation", "default"), named(signatures.CALLBACK_ARGUMENTS))
def test_in_the_callback(function, name, annotation, default, r):
    if contract_of(function).arguments[name].mark(Retired):
        return  # test_at_the_door has seen it, and test_what_is_retired_warns
    value, expected = signatures.other_value(name, annotation, default)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RKerasWarning)  # an argument may need another one to have an effect
        callback = r(in_r.call(function, {**signatures.required_of(function), name: value}))
    assert type(callback) is type(function(**signatures.required_of(function)))
    signatures.assert_in_callback(callback, name, expected)


@pytest.mark.parametrize(("function", "name", "annotation", "default"), named(signatures.OPTIONS))
def test_in_the_config(function, name, annotation, default, r):
    value, expected = signatures.other_option(name, annotation, default)
    made = r(in_r.call(function, {**signatures.required_of(function, without="object"), name: value}))
    signatures.assert_in_config(made, function, name, expected)


def test_what_is_retired_warns(r):
    retired = [
        (function, name, annotation, default)
        for function, name, annotation, default in ARGUMENTS
        if contract_of(function).arguments[name].mark(Retired) and function.__name__ in signatures.CALLBACKS
    ]
    assert retired
    for function, name, annotation, default in retired:
        value = signatures.other_value(name, annotation, default)[0]
        code = in_r.call(function, {**signatures.required_of(function), name: value})
        message = r(f"tryCatch({code}, rkeras_warning = conditionMessage)")
        assert message.startswith(f"{function.__name__}(): `{name}` is not used: ")
