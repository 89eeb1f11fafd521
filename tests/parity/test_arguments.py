"""Every argument, given in R, arrives in Python: at the door of the function, and in the object that it makes."""

import inspect
import warnings

import in_r
import keras
import numpy as np
import pytest
import r_formals
import signatures

import rkeras_py
from rkeras_py.language import MISSING, REQUIRED, RDefault, Retired, contract_of
from rkeras_py.language.contract import Contract
from rkeras_py.language.notices import RKerasWarning
from rkeras_py.r.bridge import RFunction

pytestmark = pytest.mark.r

# R functions that are no call of the Python one.
BY_HAND = {"install_keras", "last_history", "is_keras_available", "with_custom_object_scope"}
INPUT = keras.Input((3,))
MODEL = keras.Sequential([INPUT, keras.layers.Dense(2)])
LOOKUP = keras.layers.StringLookup()
VARIABLE = keras.Variable(1.0)
CALLBACK = rkeras_py.callback_terminate_on_naan()
MATRIX = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])

# A right value, where the annotation does not tell one.
BY_NAME = {
    "object": MODEL,
    "model": MODEL,
    ("unserialize_model", "model"): b"zzz",
    **{(name, "weights"): "zzz" for name in signatures.FUNCTIONS if name.startswith("application_")},
    ("get_config", "object"): MODEL.layers[0],
    "input_tensors": [INPUT, INPUT],
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
    ("fit_text_tokenizer", "object"): signatures.TOKENIZER,
    ("save_text_tokenizer", "object"): signatures.TOKENIZER,
    ("fit_image_data_generator", "object"): signatures.GENERATOR,
    **{(f"{name}_generator", "generator"): iter([]) for name in ("fit", "evaluate", "predict")},
    "value": 0.5,
    ("k_get_value", "x"): VARIABLE,
    ("k_set_value", "x"): VARIABLE,
    ("k_spatial_3d_padding", "padding"): [[1.0, 2.0]] * 3,
    ("to_categorical", "y"): np.array([0.0, 2.0]),
    ("array_reshape", "x"): MATRIX,
    "dim": [3.0, 2.0],
    "loss_weights": [0.5, 0.25],
    "class_weight": {"0": 1.0, "1": 2.0},
    "layers": [MODEL.layers[0]],
    "line_length": 40.0,
    ("summary", "width"): 40.0,
    "positions": [0.5, 0.75, 1.0],
    ("pad_sequences", "padding"): "post",
    "test_split": 0.5,
    "validation_split": 0.5,
    ("compile", "jit_compile"): True,
    "view_metrics": True,
    ("layer_additive_attention", "object"): [INPUT, INPUT],
    ("adapt", "object"): LOOKUP,
    ("get_vocabulary", "object"): LOOKUP,
    ("set_vocabulary", "object"): LOOKUP,
}
# Arguments that have no other value than their default.
ONE_CHOICE = {("layer_integer_lookup", "vocabulary_dtype")}
FUNCTIONS = {name: function for name, function in signatures.FUNCTIONS.items() if name not in BY_HAND}


def value_for(function, name, annotation, default):
    # The names of the backend's arguments tell nothing.
    by_name = None if function.__name__.startswith("k_") else BY_NAME.get(name)
    known = BY_NAME.get((function.__name__, name), by_name)
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


def is_called(argument):
    """Whether the default of an argument is a call in R, which would come to the door as well."""
    mark = argument.mark(RDefault)
    return mark is not None and mark.text.endswith("()") and mark.text.removesuffix("()") in FUNCTIONS


def given_to(function):
    """For each argument, a call that gives it a value which is not its default, and what the others are."""
    declared = signatures.parameters(function)
    second = {name: signatures.first_name(annotation) for name, annotation, _ in declared}
    for name, _, default in declared:
        given = {
            one: value_for(function, one, hint, value)
            for one, hint, value in declared
            if one == name
            or (value in (inspect.Parameter.empty, REQUIRED) and one != second[name])
            or is_called(contract_of(function).arguments[one])
        }
        others = {
            one: value
            for one, _, value in declared
            if value is not MISSING and not second[one] and one != second[name] and one not in given
        }
        yield second[name] or name, default, given, others


@pytest.mark.parametrize("name", FUNCTIONS)
def test_at_the_door(name, r, door, parity):
    function = FUNCTIONS[name]
    calls = list(given_to(function))
    for _, _, given, others in calls:
        with pytest.raises(AtTheDoor):
            function(**others, **given)
    assert r.refusals([in_r.call(function, given) for _, _, given, _ in calls]) == ["at the door"] * len(calls)
    own, shown = contract_of(function).arguments, r_formals.formals(function)
    for (argument, default, given, _), in_python, from_r in zip(
        calls, door[: len(calls)], door[len(calls) :], strict=True
    ):
        # What stands behind R's `...` is not sent at all where it is not given.
        in_python = {one: value for one, value in in_python.items() if one in given or one in shown}
        assert from_r.keys() == in_python.keys(), argument
        for one, value in from_r.items():
            if one in given or not own[one].mark(RDefault):  # such as getOption("width")
                assert same(value, in_python[one]), one
        if default not in (REQUIRED, MISSING, inspect.Parameter.empty) and (name, argument) not in ONE_CHOICE:
            assert not same(from_r[argument], default), argument
    for argument, _, _ in signatures.parameters(function):
        parity(name, "arrived", argument)


@pytest.mark.parametrize("name", signatures.CALLBACKS)
def test_in_the_callback(name, r):
    function = signatures.CALLBACKS[name]
    required = signatures.required_of(function)
    for argument, annotation, default in signatures.parameters(function):
        value, expected = signatures.other_value(argument, annotation, default)
        code = in_r.call(function, {**required, argument: value})
        if contract_of(function).arguments[argument].mark(Retired):
            message = r(f"tryCatch({code}, rkeras_warning = conditionMessage)")
            assert message.startswith(f"{name}(): `{argument}` is not used: ")
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RKerasWarning)  # an argument may need another one to have an effect
            callback = r(code)
        assert type(callback) is type(function(**required))
        signatures.assert_in_callback(callback, argument, expected)


@pytest.mark.parametrize("function", signatures.OPTIONS, ids=lambda function: function.__name__)
def test_in_the_config(function, r):
    required = signatures.required_of(function, without="object")
    for name, annotation, default in signatures.OPTIONS[function]:
        if contract_of(function).arguments[name].mark(Retired):
            continue  # test_every_option_arrives has seen it
        value, expected = signatures.other_option(name, annotation, default)
        made = r(in_r.call(function, {**required, name: value}))
        signatures.assert_in_config(made, function, name, expected)
