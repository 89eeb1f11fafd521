"""What holds for every function, made from the signatures: errors, arguments that arrive, types, docstrings."""

import inspect
import re
import warnings

import keras
import pytest
import signatures
from signatures import CALLBACKS, FUNCTIONS

import rkeras_py
from rkeras_py.language import Retired, contract_of
from rkeras_py.language.notices import RKerasWarning

pytestmark = pytest.mark.once


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_an_annotation_rules_out_is_refused_at_the_call(name):
    function = FUNCTIONS[name]
    for argument, annotation, _ in signatures.parameters(function):
        labels, words = signatures.allowed(annotation)
        wrong = {label: value for label, value in signatures.WRONG.items() if label not in labels}
        required = signatures.required_of(function, without=signatures.first_name(annotation) or argument)
        for label, value in wrong.items():
            with pytest.raises(rkeras_py.ArgumentError) as caught:
                function(**{**required, argument: value})
            message = str(caught.value)
            assert message.startswith(f"{name}(): `{argument}` must be "), label
            assert re.search(r", not .+\.", message), label
            assert all(word in message for word in words), (argument, label)
        assert len(wrong) >= 5 or object in dict(signatures.leaves(annotation)), argument


@pytest.mark.parametrize("name", CALLBACKS)
def test_every_argument_arrives(name):
    function = CALLBACKS[name]
    for argument, annotation, default in signatures.parameters(function):
        value, expected = signatures.other_value(argument, annotation, default)
        arguments = {**signatures.required_of(function), argument: value}
        if contract_of(function).arguments[argument].mark(Retired):
            with pytest.warns(RKerasWarning, match=re.escape(f"{name}(): `{argument}` is not used: ")):
                assert f"{argument}=" in repr(function(**arguments))
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RKerasWarning)  # an argument may need another one to have an effect
            callback = function(**arguments)
        signatures.assert_in_callback(callback, argument, expected)


@pytest.mark.parametrize("function", signatures.OPTIONS, ids=lambda function: function.__name__)
def test_every_option_arrives(function):
    for name, annotation, default in signatures.OPTIONS[function]:
        value, expected = signatures.other_option(name, annotation, default)
        arguments = {**signatures.required_of(function), name: value}
        if contract_of(function).arguments[name].mark(Retired):
            with pytest.warns(RKerasWarning, match=re.escape(f"{function.__name__}(): `{name}` is not used: ")):
                function(**arguments)
            continue
        signatures.assert_in_config(function(**arguments), function, name, expected)


@pytest.mark.parametrize("name", CALLBACKS)
def test_every_default_can_be_given(name):
    function = CALLBACKS[name]
    defaults = {argument: default for argument, _, default in signatures.parameters(function)}
    required = signatures.required_of(function)
    assert repr(function(**{**defaults, **required})) == repr(function(**required))


@pytest.mark.parametrize("hook", list(inspect.signature(rkeras_py.callback_lambda).parameters))
def test_every_hook_arrives(hook):
    calls = []
    callback = rkeras_py.callback_lambda(**{hook: lambda *arguments: calls.append(arguments)})
    index = [3] if "epoch" in hook or "batch" in hook else []
    getattr(callback, hook)(*index, logs={"loss": 0.5})
    assert calls == [(*index, {"loss": 0.5})]


@pytest.mark.parametrize("name", CALLBACKS)
def test_a_callback_is_an_instance_of_the_class_its_annotation_names(name):
    function = CALLBACKS[name]
    expected = inspect.signature(function).return_annotation
    assert issubclass(expected, keras.callbacks.Callback)
    callback = function(**signatures.required_of(function))
    assert isinstance(callback, expected)
    assert type(callback).__name__ == expected.__name__


@pytest.mark.parametrize("name", CALLBACKS)
def test_the_printed_form_is_short(name):
    function = CALLBACKS[name]
    printed = repr(function(**signatures.required_of(function)))
    assert re.fullmatch(r"<[A-Za-z]+( \w+=[^=]+)*>", printed)
    assert len(printed) < 100


def test_the_printed_form_shows_what_was_given():
    callback = rkeras_py.callback_early_stopping(patience=5, verbose=0)
    assert repr(callback) == "<EarlyStopping monitor=val_loss patience=5>"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_docstrings_tell_everything(name):
    doc = inspect.getdoc(FUNCTIONS[name])
    arguments = [argument for argument, _, _ in signatures.parameters(FUNCTIONS[name])]
    arguments += [more] if (more := contract_of(FUNCTIONS[name]).more_name) else []
    section = doc.split("Args:\n")[1].split("\n\n")[0] if arguments else ""
    assert re.findall(r"^    (\w+): ", section, re.MULTILINE) == arguments
    for heading in ["Returns:", "Source:"] + (["Raises:"] if arguments else []):
        assert heading in doc


@pytest.mark.parametrize("name", FUNCTIONS)
def test_unknown_arguments_are_refused_with_the_nearest(name):
    function = FUNCTIONS[name]
    known = [argument for argument, _, _ in signatures.parameters(function)]
    with pytest.raises(rkeras_py.ArgumentError, match=r"there is no argument `zzz`\. Its arguments: ") as caught:
        function(**signatures.required_of(function), zzz=1)
    assert str(caught.value).startswith(f"{name}(): ")
    for argument in known:
        with pytest.raises(rkeras_py.ArgumentError, match=rf"Did you mean .*`{argument}`"):
            function(**{**signatures.required_of(function), argument + "x": 1})
