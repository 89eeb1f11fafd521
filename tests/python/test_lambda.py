"""Functions as layers, and layers of any class."""

import inspect
import threading

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.r import bridge
from rkeras_py.r.functions import HookError, RFunction

X = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]], dtype="float32")


def of_r(function):
    parameters = inspect.signature(function).parameters
    return RFunction(function, list(parameters), [one.default is not one.empty for one in parameters.values()])


def model_of(*layers):
    return keras.Sequential([keras.Input((3,)), *layers])


def by(x, times=1):
    return x * times


@pytest.mark.parametrize("kind", [of_r, lambda f: f])
@pytest.mark.parametrize("eager", [False, True])
def test_a_function_is_computed_in_graphs_and_eagerly(kind, eager):
    calls = []

    def counted(x, times=1):
        calls.append(1)
        return x * times

    model = model_of(rk.layer_lambda(f=kind(counted), arguments={"times": 3}), keras.layers.Dense(1))
    rk.compile(model, "sgd", "mse", run_eagerly=eager)
    calls.clear()
    rk.fit(model, X, np.array([1.0, 2.0]), epochs=5, batch_size=1, verbose=0)
    assert len(calls) >= 10 if eager else len(calls) < 10
    np.testing.assert_allclose(model_of(rk.layer_lambda(f=kind(by), arguments={"times": 2})).predict(X), X * 2)


def test_what_it_returns_is_found_out_by_calling_it():
    inputs = keras.Input((3,))
    places, twice = rk.layer_lambda(inputs, lambda x: [keras.ops.argmax(x, -1), x * 2])
    assert (places.shape, places.dtype, twice.shape) == ((None,), "int32", (None, 3))
    named = rk.layer_lambda(inputs, lambda x: {"one": x, "number": 2.0})
    assert (named["one"].shape, named["number"].dtype) == ((None, 3), "float32")
    wrong = rk.layer_lambda(inputs, lambda x: x[:, :2], output_shape=7)
    assert wrong.shape == (None, 2)


@pytest.mark.parametrize("told", [3, lambda shape: (shape[0], 3), of_r(lambda shape: [None, 3.0])])
def test_a_function_of_numbers_is_told_its_shape(told):
    def of_numbers(x):
        return np.sort(np.asarray(keras.ops.convert_to_numpy(x)), axis=-1)

    with pytest.raises(Exception, match=r"\w"):
        rk.layer_lambda(keras.Input((3,)), of_numbers)
    model = model_of(rk.layer_lambda(f=of_numbers, output_shape=told))
    assert model.output_shape == (None, 3)
    rk.compile(model, "sgd", "mse", run_eagerly=True)
    np.testing.assert_array_equal(model.predict(X[:, ::-1], verbose=0), X)


def test_masks_and_phases():
    inputs = keras.Input((3,), dtype="int32")
    embedded = rk.layer_embedding(inputs, 9, 2, mask_zero=True)
    seen = {}

    def look(x, mask, training=None):
        seen.update(mask=mask, training=training)
        return x

    passed = rk.layer_lambda(embedded, look, mask=of_r(lambda x, mask: mask))
    pooled = keras.layers.GlobalAveragePooling1D()(passed)
    model = keras.Model(inputs, [embedded, pooled])
    every, mean = model.predict(np.array([[1, 2, 0]]), verbose=0)
    np.testing.assert_allclose(mean, every[:, :2].mean(axis=1), rtol=1e-6)
    assert seen["mask"] is not None
    layer = rk.layer_lambda(f=lambda x, training=None: x * 0 if training else x)
    np.testing.assert_array_equal(layer(X, training=True), X * 0)
    np.testing.assert_array_equal(layer(X), X)


def test_it_draws_anew_in_each_batch():
    model = model_of(rk.layer_lambda(f=lambda x: x * 0 + rk.k_random_normal(keras.ops.shape(x))))
    assert np.any(model.predict(X, verbose=0) != model.predict(X, verbose=0))


def test_errors_are_the_users_own():
    def fails(x):
        raise LookupError("my words")

    failing = of_r(lambda x: {".rkeras_failure": "f: my words"})
    for f, sort in ((fails, LookupError), (failing, HookError)):
        with pytest.raises(sort, match=r"^(f: )?my words"):
            rk.layer_lambda(keras.Input((3,)), f)
    interrupted = of_r(lambda x: {".rkeras_failure": None})
    outcome = bridge.call("layer_lambda", {"object": keras.Input((3,)), "f": interrupted})
    assert outcome.kind == "interrupted"
    for wrong in (None, "a", [keras.ops.ones(1), None]):
        with pytest.raises(
            rk.ArgumentError, match=r"^layer_lambda\(\): what the function of layer .* must be a tensor"
        ):
            rk.layer_lambda(f=lambda x, wrong=wrong: wrong)(X)
    later = model_of(rk.layer_lambda(f=failing, output_shape=3))
    with pytest.raises(HookError, match=r"^f: my words"):
        later.predict(X, verbose=0)


@pytest.mark.parametrize("file", ["model.keras", "model.h5"])
def test_files_have_functions_of_python_and_none_of_r(file, tmp_path):
    path = tmp_path / file
    model = model_of(rk.layer_lambda(f=of_r(by), name="mine"))
    with pytest.raises(rk.ArgumentError, match=r'layer "mine" is one of R, which no file can keep: save the weights'):
        model.save(path)
    model = model_of(rk.layer_lambda(f=lambda x: x * 2))
    model.save(path)
    with pytest.raises((ValueError, TypeError), match="lambda"):
        keras.models.load_model(path)
    loaded = keras.models.load_model(path, safe_mode=False)
    assert type(loaded.layers[-1]) is keras.layers.Lambda
    np.testing.assert_array_equal(loaded.predict(X, verbose=0), X * 2)


def test_a_function_of_r_runs_on_its_own_thread():
    caught = []

    def call():
        try:
            of_r(by)(X)
        except rk.ArgumentError as error:
            caught.append(str(error))

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    assert caught == ["a function of R was called on another thread than R's own, where alone it can run."]


class Own(keras.layers.Layer):
    def __init__(self, times):
        super().__init__()
        self.times = times

    def call(self, inputs):
        return inputs * self.times


def test_layers_of_any_class():
    options = {"units": 2.0, "input_shape": [3.0], "trainable": False, "name": None, "kernel_constraint": lambda w: w}
    model = rk.create_layer(keras.layers.Dense, keras.Sequential(), options)
    assert model.output_shape == (None, 2)
    assert not model.layers[0].trainable
    assert rk.create_layer(
        keras.layers.Conv2D, args={"filters": 2, "kernel_size": np.array([3.0, 2.0])}
    ).kernel_size == (
        3,
        2,
    )
    np.testing.assert_array_equal(rk.create_layer(Own, X, {"times": 2.0}), X * 2)
    started = rk.create_layer(Own, args={"times": 2.0, "name": None, "weights": None})
    assert isinstance(started.times, float)
    first = rk.create_layer(Own, keras.Sequential(), {"times": 2, "input_shape": 3})
    assert first.output_shape == (None, 3)
    with pytest.raises(rk.ArgumentError, match=r"`kernel_constraint` must be a constraint \(or its name\), not 7\."):
        rk.create_layer(keras.layers.Dense, args={"units": 1, "kernel_constraint": 7})
    with pytest.raises(rk.ArgumentError, match=r"create_layer\(\): `name` must be a string or None, not 7\."):
        rk.create_layer(keras.layers.Dense, args={"units": 1, "name": 7})
