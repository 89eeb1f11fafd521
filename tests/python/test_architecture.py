"""keras_model(), keras_model_sequential() and summary(): names, what is said of the input, what is shown."""

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.language.notices import RKerasWarning


@pytest.fixture
def named():
    """A model of two inputs and two outputs, whose names are not those of the tensors, nor in their order."""
    zebra, ant = rk.layer_input([1]), rk.layer_input([1])
    difference = rk.layer_subtract([zebra, ant])
    doubled = rk.layer_lambda(difference, lambda x: 2 * x)
    return rk.keras_model({"zebra": zebra, "ant": ant}, {"one": difference, "two": doubled}, name="bob")


def test_named_inputs_and_outputs_go_by_their_names(named, recwarn):
    assert named.name == "bob"
    predicted = rk.predict(named, {"ant": np.array([[1.0]]), "zebra": np.array([[5.0]])})
    assert {name: float(value[0, 0]) for name, value in predicted.items()} == {"one": 4, "two": 8}
    rk.compile(named, "sgd", loss={"two": "mae", "one": "mse"})
    targets = {"two": np.zeros((1, 1)), "one": np.zeros((1, 1))}
    logged = rk.evaluate(named, {"zebra": np.array([[5.0]]), "ant": np.array([[1.0]])}, targets, verbose=0)
    assert (logged["loss"], logged["one_loss"], logged["two_loss"]) == (24, 16, 8)
    assert [str(one.message) for one in recwarn if "must match the names" in str(one.message)] == []


def test_a_list_without_names_stays_a_list():
    left, right = rk.layer_input([1]), rk.layer_input([1])
    model = rk.keras_model([left, right], rk.layer_subtract([left, right]))
    assert rk.predict(model, [np.array([[5.0]]), np.array([[1.0]])]) == [[4]]


def input_of(**given):
    """The input of a sequential model, which Keras shows when there is a layer behind it."""
    return rk.layer_dense(rk.keras_model_sequential(**given), 2).inputs[0]


def test_the_input_of_a_sequential_model():
    one = input_of(input_shape=[None, 3], batch_size=4, dtype="float16", input_layer_name="words")
    assert (one.shape, one.dtype, one.name, one.sparse) == ((4, None, 3), "float16", "words", False)
    assert input_of(input_shape=3, sparse=True).sparse


def test_layers_stand_behind_the_input_of_a_sequential_model():
    model = rk.keras_model_sequential([rk.layer_dense(units=2), rk.layer_dense(units=1)], "bob", input_shape=3)
    assert (model.name, model.input_shape, model.output_shape) == ("bob", (None, 3), (None, 1))


def test_a_sequential_model_has_an_input_like_a_tensor():
    tensor = keras.Input(batch_shape=(4, 3), dtype="int32")
    assert (input_of(input_tensor=tensor).shape, input_of(input_tensor=tensor).dtype) == ((4, 3), "int32")
    assert input_of(input_tensor=tensor, dtype="float32").dtype == "float32"
    with pytest.raises(rk.ArgumentError, match="`input_tensor` must be left out where `input_shape` is given"):
        rk.keras_model_sequential(input_tensor=tensor, input_shape=3)


@pytest.mark.parametrize(
    "given", [{"dtype": "float16"}, {"batch_size": 3}, {"input_layer_name": "x"}, {"sparse": True}]
)
def test_an_input_without_a_shape_is_refused(given):
    with pytest.raises(rk.ArgumentError, match="`input_shape` must be given where something else is said of the input"):
        rk.keras_model_sequential(**given)


@pytest.fixture
def nested():
    """A model within a model, where all trains."""
    inner = rk.keras_model_sequential([rk.layer_dense(units=2, name="deep")], "inner", input_shape=3)
    return rk.keras_model_sequential([inner, rk.layer_dense(units=1, name="last")], input_shape=3)


def summary_of(model, capsys, **given):
    """What summary() prints."""
    assert rk.summary(model, **given) is model
    return capsys.readouterr().out


def test_summaries_show_what_is_asked_for(nested, capsys):
    assert "deep" not in summary_of(nested, capsys)
    assert "deep" in summary_of(nested, capsys, expand_nested=True)
    assert max(map(len, summary_of(nested, capsys, width=50).splitlines())) == 50


def test_a_summary_says_what_trains_where_something_does_not(nested, capsys):
    def columns(**given):
        return summary_of(nested, capsys, width=70, **given).splitlines()[2].count("┃") - 1

    assert (columns(), columns(show_trainable=True)) == (3, 4)
    rk.freeze_weights(nested, to="inner")
    assert (columns(), columns(show_trainable=False)) == (4, 3)


def test_empty_lines_of_a_summary_are_no_choice(nested):
    with pytest.warns(RKerasWarning, match="`compact` is not used: there are no empty lines"):
        rk.summary(nested, compact=False)
