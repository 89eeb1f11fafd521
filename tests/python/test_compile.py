"""compile(): names, functions, several outputs, and Python's own compile()."""

import ast

import keras
import numpy as np
import pytest

import rkeras_py as rk


@pytest.fixture
def model():
    return rk.keras_model_sequential([rk.layer_dense(units=1, input_shape=[3])])


def test_the_model_comes_back_and_trains(model, data):
    assert rk.compile(model, "sgd", "mse", "mae") is model
    history = rk.fit(model, *data, epochs=2, verbose=0)
    assert list(history.metrics) == ["loss", "mae"]
    assert history.metrics["mean_absolute_error"] == history.metrics["mae"]


@pytest.mark.parametrize("source", ["1 + 1", b"1 + 1", ast.parse("1 + 1", mode="eval")])
def test_source_is_for_pythons_own_compile(source):
    with pytest.raises(rk.ArgumentError, match=r"`object` must be a Keras model, not .*builtins\.compile\(\)"):
        rk.compile(source, "<string>", "eval")
    namespace = {}
    exec(
        "from rkeras_py import *\nfrom builtins import compile\nresult = eval(compile('1 + 1', '', 'eval'))", namespace
    )
    assert namespace["result"] == 2


def test_functions_and_objects_of_ones_own(model, data):
    def half(y, prediction):
        return 0.5 * keras.ops.mean(keras.ops.square(y - prediction))

    rk.compile(model, rk.optimizer_sgd(0.0), half, metrics=["mse", half, keras.metrics.MeanAbsoluteError(name="own")])
    metrics = rk.fit(model, *data, epochs=1, verbose=0, batch_size=24).metrics
    assert metrics["loss"][0] == pytest.approx(0.5 * metrics["mse"][0])
    assert {"half", "own"} <= set(metrics)


def test_what_a_model_was_compiled_with_before_is_forgotten(model, data):
    rk.compile(model, "sgd", "mse", metrics="mae", weighted_metrics="mape")
    assert set(rk.fit(model, *data, epochs=1, verbose=0).metrics) == {"loss", "mae", "mape"}
    rk.compile(model, "sgd", "mse")
    assert set(rk.fit(model, *data, epochs=1, verbose=0).metrics) == {"loss"}
    rk.compile(model, "sgd", "mse", weighted_metrics="mape")
    assert set(rk.evaluate(model, *data, verbose=0)) == {"loss", "mape"}
    rk.compile(model, "sgd")
    if keras.backend.backend() == "jax":
        assert rk.fit(model, *data, epochs=1, verbose=0).metrics["loss"] == [0.0]
    else:
        with pytest.raises(ValueError, match="No loss to compute"):
            rk.fit(model, *data, epochs=1, verbose=0)


def test_a_loss_that_keras_3_calls_otherwise(model, data):
    rk.compile(model, "sgd", "cosine_proximity")
    assert rk.fit(model, *data, epochs=1, verbose=0).metrics["loss"][0] <= 0


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        *[("optimizer", rk.loss_huber()), ("optimizer", rk.metric_auc()), ("loss", rk.metric_auc())],
        *[("loss", rk.optimizer_sgd()), ("loss", rk.regularizer_l1()), ("metrics", rk.optimizer_sgd())],
    ],
)
def test_an_object_of_another_family_is_refused(model, data, argument, value):
    rk.compile(model, "sgd", "mse")
    with pytest.raises(rk.ArgumentError, match=rf"compile\(\): `{argument}` must be .* not an object of class "):
        rk.compile(model, **{argument: value})
    rk.fit(model, *data, epochs=1, verbose=0)


@pytest.mark.parametrize("retired", [{"sample_weight_mode": "temporal"}, {"target_tensors": [1]}])
def test_what_keras_3_has_not_warns(model, retired):
    with pytest.warns(rk.RKerasWarning, match=rf"compile\(\): `{next(iter(retired))}` is not used"):
        rk.compile(model, "sgd", "mse", **retired)


def test_keras_own_options_are_given_by_name(model, data):
    rk.compile(model, "sgd", "mse", run_eagerly=True, jit_compile=False)
    assert model.run_eagerly
    with pytest.raises(rk.ArgumentError, match="there is no argument `run_eagrly`"):
        rk.compile(model, "sgd", "mse", run_eagrly=True)


def test_several_outputs_by_name(data):
    inputs = rk.layer_input(shape=[3])
    outputs = [rk.layer_dense(inputs, 1, name="one"), rk.layer_dense(inputs, 1, activation="sigmoid", name="two")]
    model = rk.keras_model(inputs, outputs)
    losses = {"one": "mse", "two": "binary_crossentropy"}
    rk.compile(model, "adam", losses, metrics={"two": "accuracy"}, loss_weights={"one": 0.5, "two": 2})
    x, y = data
    history = rk.fit(model, x, {"one": y, "two": y}, epochs=1, verbose=0, batch_size=24)
    assert {"loss", "one_loss", "two_loss", "two_accuracy"} == set(history.metrics)
    total = 0.5 * history.metrics["one_loss"][0] + 2 * history.metrics["two_loss"][0]
    assert history.metrics["loss"][0] == pytest.approx(total, rel=1e-5)
    assert [part.shape for part in rk.predict(model, x)] == [(24, 1), (24, 1)]


def test_inputs_by_name(data):
    one, two = rk.layer_input(shape=[3], name="one"), rk.layer_input(shape=[2], name="two")
    joined = keras.layers.concatenate([one, two])
    model = rk.keras_model([one, two], rk.layer_dense(joined, 1))
    rk.compile(model, "sgd", "mse")
    x, y = data
    named = rk.predict(model, {"two": x[:, :2], "one": x})
    np.testing.assert_array_equal(named, rk.predict(model, [x, x[:, :2]]))
    rk.fit(model, {"two": x[:, :2], "one": x}, y, epochs=1, verbose=0)
