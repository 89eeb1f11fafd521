"""Activations: what Keras 2 computed, at once and in layers, and files that plain Keras loads."""

import inspect
import json
import math
import subprocess
import sys

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.r.functions import RFunction

RANDOM = np.random.default_rng(3).normal(size=(4, 3), scale=3)
INPUTS = {
    "random": RANDOM,
    "images": np.random.default_rng(4).normal(size=(2, 3, 2, 4)),
    "one row": RANDOM[:1],
    "zeros": np.zeros((2, 3)),
    "ones": np.ones((2, 3)),
    "edges": np.array([[-6.0, -3.0, -2.5], [2.5, 3.0, 6.0]]),
    "large": np.array([[-1e4, -90.0, -50.0], [50.0, 80.0, 1e4]]),
    "infinite": np.array([[-np.inf, 0.0, np.inf]]),
    "NaN": np.array([[np.nan, 1.0, -1.0]]),
}
TABLE = {
    "elu": [{}, {"alpha": 0.3}],
    "exponential": [{}],
    "gelu": [{}, {"approximate": True}],
    "hard_sigmoid": [{}],
    "linear": [{}],
    "relu": [
        {},
        {"alpha": 0.2},
        {"max_value": 2},
        {"threshold": 1},
        {"alpha": 0.2, "max_value": 2.5, "threshold": 1},
        {"max_value": 0.0},
        {"threshold": -1.0},
    ],
    "selu": [{}],
    "sigmoid": [{}],
    "softmax": [{}, {"axis": 0}, {"axis": 1}, {"axis": -2}],
    "softplus": [{}],
    "softsign": [{}],
    "swish": [{}],
    "tanh": [{}],
}
SCALE, ALPHA = 1.0507009873554805, 1.6732632423543772
_erf = np.vectorize(math.erf)


def _softmax(x, axis=-1):
    e = np.exp(x - x.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


def _relu(x, alpha=0.0, max_value=None, threshold=0.0):
    above = x if max_value is None else np.minimum(x, max_value)
    return np.where(x > threshold, above, alpha * (x - threshold))


FORMULAS = {
    "elu": lambda x, alpha=1.0: np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0))),
    "exponential": np.exp,
    "gelu": lambda x, approximate=False: (
        x / 2 * (1 + (np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)) if approximate else _erf(x / 2**0.5)))
    ),
    "hard_sigmoid": lambda x: np.clip(0.2 * x + 0.5, 0, 1),
    "linear": lambda x: x,
    "relu": _relu,
    "selu": lambda x: SCALE * np.where(x > 0, x, ALPHA * np.expm1(np.minimum(x, 0))),
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "softmax": _softmax,
    "softplus": lambda x: np.logaddexp(0, x),
    "softsign": lambda x: x / (1 + np.abs(x)),
    "swish": lambda x: x / (1 + np.exp(-x)),
    "tanh": np.tanh,
}


def ours(name):
    return getattr(rk, f"activation_{name}")


def numbers(tensor):
    return keras.ops.convert_to_numpy(tensor)


def test_the_tables_have_every_function():
    assert set(TABLE) == set(FORMULAS) == {name[11:] for name in rk.__all__ if name.startswith("activation_")}


@pytest.mark.tensorflow
@pytest.mark.once
@pytest.mark.parametrize("name", TABLE)
def test_an_activation_computes_what_keras_2_computed(name):
    import tensorflow as tf
    import tf_keras

    for arguments in TABLE[name]:
        for label, x in INPUTS.items():
            x = x.astype("float32")
            if label == "infinite" and arguments.get("threshold"):
                continue  # Keras 2 multiplied it by 0
            legacy = getattr(tf_keras.activations, name)(tf.constant(x), **arguments)
            computed = ours(name)(x, **arguments)
            np.testing.assert_allclose(computed, legacy, rtol=1e-6, atol=1e-6, err_msg=f"{arguments} of {label}")


@pytest.mark.parametrize("name", TABLE)
def test_an_activation_computes_its_formula_on_arrays_tensors_and_in_graphs(name):
    function, formula = ours(name), FORMULAS[name]
    for arguments in TABLE[name]:
        input = keras.Input((3,))
        model = keras.Model(input, function(keras.layers.Identity()(input), **arguments))
        for label in ("random", "one row", "zeros", "ones", "edges"):
            x = INPUTS[label]
            expected = {
                "rtol": 2e-6,
                "atol": 2e-6,
                "desired": formula(x, **arguments),
                "err_msg": f"{label} {arguments}",
            }
            tensor = function(keras.ops.convert_to_tensor(x, "float32"), **arguments)
            assert keras.ops.is_tensor(function(x, **arguments))
            assert keras.backend.standardize_dtype(function(x, **arguments).dtype) == "float32"
            np.testing.assert_allclose(numbers(function(x, **arguments)), **expected)
            np.testing.assert_allclose(numbers(tensor), **expected)
            if "axis" not in arguments:  # along the batch a model computes on other batches than ours
                np.testing.assert_allclose(model.predict(x, verbose=0), **expected)


@pytest.mark.parametrize("name", TABLE)
def test_numbers_vectors_and_whole_numbers_are_taken(name):
    function, formula = ours(name), FORMULAS[name]
    np.testing.assert_allclose(numbers(function(rk.c(-1, 0, 2))), formula(np.array([-1.0, 0, 2])), rtol=2e-6, atol=1e-6)
    assert numbers(function(np.arange(6).reshape(2, 3))).dtype == "float32"
    assert numbers(function(keras.ops.ones((2, 3), "int32"))).dtype == "float32"
    assert numbers(function(keras.ops.ones((2, 3), "float16"))).dtype == "float16"
    if name != "softmax":
        np.testing.assert_allclose(numbers(function(0.5)), formula(np.array(0.5)), rtol=2e-6)


def test_bad_calls_are_refused_in_one_sentence():
    for arguments, message in (
        ({"x": "abc"}, '`x` must be a tensor, an array or a number, not "abc"'),
        ({"x": None}, "`x` must be a tensor, an array or a number, not None"),
        ({"x": RANDOM, "axis": 2}, "`axis` must be one of the 2 axes of `x`, counted from 0, not 2"),
        ({"x": RANDOM, "axis": -3}, "`axis` must be one of the 2 axes of `x`, counted from 0, not -3"),
        ({"x": 1.0}, "`axis` must be one of the 0 axes of `x`"),
        ({}, "`x` is missing"),
    ):
        with pytest.raises(rk.ArgumentError, match=message):
            rk.activation_softmax(**arguments)
    with pytest.raises(rk.ArgumentError, match="there is no argument `negative_slope`"):
        rk.activation_relu(RANDOM, negative_slope=0.1)


def layer_with(activation):
    return rk.layer_dense(units=3, activation=activation, input_shape=[3], weights=[np.eye(3), np.zeros(3)])


@pytest.mark.parametrize("name", TABLE)
def test_given_to_a_layer_it_is_keras_own(name):
    layer = layer_with(ours(name))
    by_name = layer_with(name)
    config, same = layer.get_config()["activation"], by_name.get_config()["activation"]
    assert (config if isinstance(config, str) else "hard_sigmoid") == {"swish": "silu"}.get(name, name)
    assert type(config) is type(same)
    x = RANDOM.astype("float32")
    for made in (layer, by_name, rk.layer_activation(activation=ours(name))):
        np.testing.assert_allclose(numbers(made(x)), FORMULAS[name](x), rtol=2e-6, atol=2e-6)


def test_in_a_recurrent_layer_it_is_keras_own():
    layer = rk.layer_lstm(units=2, activation=rk.activation_relu, recurrent_activation=rk.activation_sigmoid)
    assert [layer.get_config()[name] for name in ("activation", "recurrent_activation")] == ["relu", "sigmoid"]


def test_what_is_no_activation_is_refused():
    for value, shown in (
        (rk.initializer_ones, "the function initializer_ones. Perhaps you forgot the parentheses?"),
        (rk.initializer_ones(), "an object of class Ones"),
        (rk.regularizer_l2(), "an object of class L2"),
        (rk.constraint_nonneg(), "an object of class NonNeg"),
        ("reluu", '"reluu". Did you mean "relu'),
    ):
        with pytest.raises(
            rk.ArgumentError, match=f"`activation` must be an activation .*, not {shown}".replace("?", r"\?")
        ):
            rk.layer_dense(units=1, activation=value)


def everything(activation):
    """A model with something of every family, trained for a little."""
    model = rk.keras_model_sequential()
    rk.layer_dense(
        model,
        units=3,
        input_shape=[3],
        activation=activation,
        kernel_initializer=rk.initializer_variance_scaling(seed=1),
        bias_initializer=rk.initializer_constant([0.1, 0.2, 0.3]),
        kernel_regularizer=rk.regularizer_l1_l2(),
        bias_regularizer=rk.regularizer_l1(0.1),
        kernel_constraint=rk.constraint_minmaxnorm(0.1, 1.5),
        bias_constraint=rk.constraint_nonneg(),
    )
    rk.layer_dense(
        model,
        units=2,
        activation=rk.activation_softmax,
        kernel_initializer=rk.initializer_identity(2),
        kernel_regularizer=rk.regularizer_orthogonal(mode="columns"),
        kernel_constraint=rk.constraint_maxnorm(2, axis=[0, 1]),
    )
    rk.compile(model, "adam", "categorical_crossentropy")
    rk.fit(model, RANDOM, np.eye(2)[[0, 1, 0, 1]], epochs=2, verbose=0)
    return model


PLAIN = """
import json, sys
import keras
import numpy as np

x = np.array(json.loads(sys.argv[1]))
models = [keras.models.load_model(path) for path in sys.argv[2:]]
layers = [[layer.get_config() for layer in model.layers] for model in models]
for model in models:
    model.compile("sgd", "categorical_crossentropy")
    model.fit(x, np.eye(2)[[0, 1, 0, 1]], verbose=0)  # what it has can be called
models = [keras.models.load_model(path) for path in sys.argv[2:]]
assert "rkeras_py" not in sys.modules
print(json.dumps({"outputs": [model.predict(x, verbose=0).tolist() for model in models], "layers": layers}))
"""


def test_files_with_all_of_them_load_in_plain_keras():
    models = {
        f"{name}.{ending}": everything(activation)
        for name, activation in (("relu", rk.activation_relu), ("hard", rk.activation_hard_sigmoid))
        for ending in ("keras", "h5")
    }
    for path, model in models.items():
        model.save(path)
    found = subprocess.run(
        [sys.executable, "-c", PLAIN, json.dumps(RANDOM.tolist()), *models],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr[-3000:]
    found = json.loads(found.stdout.splitlines()[-1])
    for model, outputs, layers in zip(models.values(), found["outputs"], found["layers"], strict=True):
        np.testing.assert_allclose(model.predict(RANDOM, verbose=0), outputs, rtol=1e-6, atol=1e-7)
        first, second = layers
        assert first["kernel_initializer"]["config"]["distribution"] == "untruncated_normal"
        assert first["kernel_regularizer"]["config"] == pytest.approx({"l1": 0.01, "l2": 0.01})
        assert first["kernel_constraint"]["class_name"] == "MinMaxNorm"
        assert second["activation"] == "softmax"
        assert second["kernel_constraint"]["config"] == {"max_value": 2, "axis": [0, 1]}


def function_of_r(function, *names):
    return RFunction(function, list(names), [False] * len(names))


@pytest.mark.parametrize("file", ["m.keras", "m.h5"])
def test_a_function_of_r_is_called_and_whoever_saves_it_is_told(file):
    twice = function_of_r(lambda x: 2 * keras.ops.tanh(x), "x")
    model = rk.keras_model_sequential([layer_with(twice), rk.layer_dense(units=1)])
    rk.compile(model, "sgd", "mean_squared_error")
    rk.fit(model, RANDOM, RANDOM[:, 0], epochs=1, verbose=0)
    name = model.layers[0].activation.name
    with pytest.warns(rk.RKerasWarning, match=rf"{name}\(\): a function of R is saved by its name alone"):
        model.save(file)
    model.save(file)  # it has been said
    loaded = keras.models.load_model(file)
    np.testing.assert_array_equal(loaded.predict(RANDOM, verbose=0), model.predict(RANDOM, verbose=0))
    assert loaded.layers[0].activation is model.layers[0].activation
    assert keras.models.clone_model(model).layers[0].activation is model.layers[0].activation


@pytest.mark.parametrize("file", ["m.keras", "m.h5"])
def test_a_function_of_another_session_is_asked_for_by_name(file, monkeypatch):
    from rkeras_py.language import functions_of_r

    model = rk.keras_model_sequential([layer_with(function_of_r(keras.ops.tanh, "x"))])
    name = model.layers[0].activation.name
    with pytest.warns(rk.RKerasWarning):
        model.save(file)
    monkeypatch.setattr(functions_of_r, "_saved", {})
    with pytest.raises((TypeError, ValueError), match=f"Unknown function of R '{name}'"):
        keras.models.load_model(file)
    for given in (keras.ops.tanh, function_of_r(keras.ops.tanh, "x"), model.layers[0].activation):
        loaded = keras.models.load_model(file, custom_objects={name: given})
        np.testing.assert_array_equal(loaded.predict(RANDOM, verbose=0), model.predict(RANDOM, verbose=0))


def test_the_signatures_are_those_of_r_keras():
    assert list(inspect.signature(rk.activation_relu).parameters) == ["x", "alpha", "max_value", "threshold"]
