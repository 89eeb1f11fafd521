"""Functions of R as losses and metrics: their names, what they return, how they fail, and in files."""

import inspect

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.r import bridge
from rkeras_py.r.functions import HookError, RFunction


def squared(y, prediction):
    return keras.ops.mean(keras.ops.square(y - prediction), axis=-1)


def of_r(function, name=""):
    names = list(inspect.signature(function).parameters)
    return RFunction(function, names, [False] * len(names), name)


@pytest.fixture
def model():
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])


def trained(model, data, **arguments):
    history = rk.fit(model, data[0], data[1][:, None], epochs=1, verbose=0, batch_size=24, **arguments)
    return {name: values[0] for name, values in history.metrics.items()}


@pytest.mark.parametrize("eager", [False, True])
def test_a_loss_is_traced_into_the_graph(model, data, eager):
    calls = []

    def counted(y, prediction):
        calls.append(type(prediction))
        return squared(y, prediction)

    before = np.array(model.get_weights()[0])
    rk.compile(model, "sgd", of_r(counted), metrics="mse", run_eagerly=eager)
    history = rk.fit(model, data[0], data[1][:, None], epochs=10, verbose=0, batch_size=6).metrics
    assert history["loss"] == pytest.approx(history["mse"], rel=1e-5)
    assert np.any(model.get_weights()[0] != before)
    assert len(calls) >= 40 if eager else len(calls) < 10


def test_names_are_those_in_r(model, data):
    metrics = ["mae", of_r(squared, "Own2"), of_r(squared), of_r(squared), rk.custom_metric("my one", of_r(squared))]
    rk.compile(model, "sgd", of_r(squared), metrics=metrics)
    logged = trained(model, data)
    assert set(logged) == {"loss", "mae", "Own2", "python_function", "python_function_1", "my one"}
    assert logged["Own2"] == logged["python_function"] == logged["my one"] == pytest.approx(logged["loss"])
    rk.compile(model, "sgd", "mse", metrics=rk.metric_mean_wrapper(fn=of_r(squared), name="wrapped"))
    logged = trained(model, data)
    assert logged["wrapped"] == pytest.approx(logged["loss"])


@pytest.mark.parametrize("value", [lambda y, p: 2.0, lambda y, p: keras.ops.mean(p) * 0 + 2, lambda y, p: 0 * p + 2])
def test_what_it_returns_is_a_number_or_one_for_each_sample(model, data, value):
    rk.compile(model, rk.optimizer_sgd(0.0), of_r(lambda y, p: squared(y, p) * 0 + value(y, p)), metrics=of_r(value))
    logged = trained(model, data, sample_weight=np.linspace(0, 2, 24))
    assert logged["loss"] == pytest.approx(2.0)
    assert logged["python_function"] == pytest.approx(2.0)


@pytest.mark.parametrize(("value", "shown"), [(None, "NULL"), ("a", '"a"'), ({"a": 1}, "list(a = 1)")])
def test_what_is_no_number_is_refused_in_one_sentence(model, data, value, shown):
    for arguments in (
        {"loss": of_r(lambda y, p: value, "own")},
        {"loss": "mse", "metrics": of_r(lambda y, p: value, "own")},
    ):
        rk.compile(model, "sgd", **arguments)
        outcome = bridge.call("fit", {"object": model, "x": data[0], "y": data[1], "verbose": 0})
        sentence = f"own(): what a function returns must be a tensor or numbers, not {shown}."
        assert (outcome.kind, outcome.message) == ("refused", sentence)


@pytest.mark.parametrize("eager", [False, True])
@pytest.mark.parametrize("where", ["loss", "metrics"])
def test_its_failure_is_not_wrapped(model, data, where, eager):
    failing = of_r(lambda y, prediction: {".rkeras_failure": "loss: my words"})
    rk.compile(model, "sgd", **{"loss": "mse", where: failing}, run_eagerly=eager)
    with pytest.raises(HookError, match=r"^loss: my words"):
        trained(model, data)
    interrupted = of_r(lambda y, prediction: {".rkeras_failure": None})
    rk.compile(model, "sgd", **{"loss": "mse", where: interrupted}, run_eagerly=eager)
    assert bridge.call("fit", {"object": model, "x": data[0], "y": data[1], "verbose": 0}).kind == "interrupted"


def test_a_name_of_an_output_is_no_name_of_a_function(data):
    inputs = keras.Input((3,))
    model = keras.Model(inputs, [keras.layers.Dense(1, name=name)(inputs) for name in ("a", "b")])
    rk.compile(model, "sgd", "mse", metrics={"a": of_r(squared, "a"), "b": ["mae", of_r(squared, "own")]})
    logged = rk.fit(model, data[0], [data[1]] * 2, epochs=1, verbose=0).metrics
    assert set(logged) == {"loss", "a_loss", "b_loss", "a_python_function", "b_mae", "b_own"}


def test_samples_and_outputs_are_weighted_and_masked(data):
    inputs = keras.Input((3,))
    outputs = [keras.layers.Dense(1, name=name)(inputs) for name in ("a", "b")]
    model = keras.Model(inputs, outputs)
    losses = {"a": of_r(squared, "a"), "b": "mae"}
    rk.compile(model, rk.optimizer_sgd(0.0), losses, metrics={"a": of_r(squared, "own")}, loss_weights={"a": 2, "b": 1})
    x, y = data
    weights = np.linspace(0, 2, 24)
    logged = rk.fit(model, x, [y, y], sample_weight=weights, epochs=1, verbose=0, batch_size=24).metrics
    predicted = [one[:, 0] for one in model.predict(x, verbose=0)]
    assert logged["a_own"][0] == pytest.approx(np.mean((y - predicted[0]) ** 2), rel=1e-5)
    assert logged["a_loss"][0] == pytest.approx(np.mean(weights * (y - predicted[0]) ** 2), rel=1e-5)
    assert logged["loss"][0] == pytest.approx(2 * logged["a_loss"][0] + logged["b_loss"][0], rel=1e-5)
    steps = keras.Input((2, 1))
    masked = keras.Model(steps, keras.layers.TimeDistributed(keras.layers.Dense(1))(keras.layers.Masking()(steps)))
    masked.set_weights([np.ones((1, 1)), np.zeros(1)])
    rk.compile(masked, "sgd", of_r(squared))
    assert rk.evaluate(masked, np.array([[[2.0], [0]]]), np.zeros((1, 2, 1)), verbose=0)["loss"] == pytest.approx(4)


@pytest.mark.parametrize("file", ["m.keras", "m.h5"])
def test_a_file_has_its_name_and_custom_objects_its_function(model, data, file):
    rk.compile(model, "sgd", of_r(squared, "mine"), metrics=of_r(squared, "own"))
    expected = trained(model, data)
    with pytest.warns(rk.RKerasWarning, match=r"a function of R is saved by its name alone.*custom_objects"):
        model.save(file) if file.endswith(".keras") else rk.save_model_hdf5(model, file)

    def load(**custom_objects):
        if file.endswith(".keras"):
            return keras.models.load_model(file, custom_objects=custom_objects)
        return rk.load_model_hdf5(file, custom_objects=custom_objects or None)

    assert set(trained(load(), data)) == set(expected)  # in the session that saved it
    from rkeras_py.language import functions_of_r

    kept = dict(functions_of_r._saved)
    functions_of_r._saved.clear()
    try:
        with pytest.raises((ValueError, TypeError), match=r"custom_objects"):
            load()
        loaded = load(mine=of_r(squared, "mine"), own=of_r(squared, "own"))
        assert set(trained(loaded, data)) == set(expected)
    finally:
        functions_of_r._saved.update(kept)


@pytest.mark.once
def test_functions_of_the_package_are_themselves():
    assert bridge.own_function("loss_mean_squared_error") is rk.loss_mean_squared_error
    assert bridge.own_function("nothing_of_ours") is None
