"""Regularizers: the penalties of Keras 2, at once and in trainings; functions as regularizers."""

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.r.functions import RFunction

RANDOM = np.random.default_rng(3).normal(size=(4, 3), scale=3)
INPUTS = {
    "random": RANDOM,
    "one row": RANDOM[:1],
    "zeros": np.zeros((2, 3)),
    "ones": np.ones((3, 3)),
    "large": RANDOM * 1e10,
    "tiny": RANDOM * 1e-10,
    "NaN": np.array([[np.nan, 1.0], [0.0, 2.0]]),
}
# What Keras 2 calls it, and the arguments here and there.
TABLE = {
    "l1": [("L1", {}, {}), ("L1", {"l": 0.3}, {"l1": 0.3}), ("L1", {"l": 0}, {"l1": 0.0})],
    "l2": [("L2", {}, {}), ("L2", {"l": 2}, {"l2": 2.0}), ("L2", {"l": 0}, {"l2": 0.0})],
    "l1_l2": [
        ("L1L2", {}, {"l1": 0.01, "l2": 0.01}),
        ("L1L2", {"l1": 0.3}, {"l1": 0.3, "l2": 0.01}),
        ("L1L2", {"l2": 0.3}, {"l1": 0.01, "l2": 0.3}),
        ("L1L2", {"l1": 0, "l2": 0}, {"l1": 0.0, "l2": 0.0}),
    ],
    "orthogonal": [
        ("OrthogonalRegularizer", {}, {}),
        ("OrthogonalRegularizer", {"factor": 0.3}, {"factor": 0.3}),
        ("OrthogonalRegularizer", {"mode": "columns"}, {"mode": "columns"}),
    ],
}


def _orthogonal(x, factor=0.01, mode="rows"):
    rows = x if mode == "rows" else x.T
    rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    products, size = rows @ rows.T, len(rows)
    return factor * np.abs(products - np.diag(np.diag(products))).sum() / 2 / max(size * (size - 1) / 2, 1)


FORMULAS = {
    "l1": lambda x, l=0.01: l * np.abs(x).sum(),  # noqa: E741
    "l2": lambda x, l=0.01: l * np.square(x).sum(),  # noqa: E741
    "l1_l2": lambda x, l1=0.01, l2=0.01: l1 * np.abs(x).sum() + l2 * np.square(x).sum(),
    "orthogonal": _orthogonal,
}


def ours(name):
    return getattr(rk, f"regularizer_{name}")


def test_the_tables_have_every_function():
    assert set(TABLE) == set(FORMULAS) == {name[12:] for name in rk.__all__ if name.startswith("regularizer_")}


@pytest.mark.tensorflow
@pytest.mark.once
@pytest.mark.parametrize("name", TABLE)
def test_a_regularizer_computes_what_keras_2_computed(name):
    import tensorflow as tf
    import tf_keras

    for legacy, arguments, there in TABLE[name]:
        for label, x in INPUTS.items():
            if label in ("large", "tiny") and name == "orthogonal":
                continue  # next to nothing is divided by its length with another epsilon
            x = tf.constant(x.astype("float32"))
            expected = getattr(tf_keras.regularizers, legacy)(**there)(x)
            np.testing.assert_allclose(ours(name)(**arguments)(x), expected, rtol=1e-6, err_msg=f"{label} {arguments}")


@pytest.mark.parametrize("name", TABLE)
def test_a_regularizer_computes_its_formula_and_is_part_of_the_loss(name):
    for _, arguments, _ in TABLE[name]:
        for label in ("random", "ones", "zeros"):
            x = INPUTS[label]
            expected = pytest.approx(FORMULAS[name](x, **arguments), rel=1e-5, abs=1e-6)
            tensor = keras.ops.convert_to_tensor(x, "float32")
            assert float(ours(name)(**arguments)(tensor)) == expected, (label, arguments)
            model = rk.keras_model_sequential()
            penalty = {"kernel_regularizer": ours(name)(**arguments)}
            rk.layer_dense(model, units=3, input_shape=[len(x)], weights=[x, np.zeros(3)], **penalty)
            assert float(model.losses[0]) == expected
            rk.compile(model, rk.optimizer_sgd(lr=0.0), "mse")
            history = rk.fit(model, np.zeros((6, len(x))), np.zeros((6, 3)), epochs=1, batch_size=6, verbose=0)
            assert history.metrics["loss"][0] == expected


@pytest.mark.once  # Keras 3.12 does not divide by the batch
def test_an_activity_is_penalized_by_its_mean_over_the_batch():
    model = rk.keras_model_sequential()
    penalty = {"activity_regularizer": rk.regularizer_l1(0.5)}
    rk.layer_dense(model, units=3, input_shape=[3], weights=[np.eye(3), np.zeros(3)], **penalty)
    rk.compile(model, rk.optimizer_sgd(lr=0.0), "mse")
    loss = rk.fit(model, RANDOM, RANDOM, epochs=1, verbose=0).metrics["loss"][0]
    assert loss == pytest.approx(0.5 * np.abs(RANDOM).sum() / len(RANDOM), rel=1e-5)


def of_python(w):
    return 0.1 * keras.ops.sum(keras.ops.square(w))


@pytest.mark.parametrize("sort", ["Python", "R"])
def test_any_function_of_one_tensor_is_a_regularizer(sort):
    function = of_python if sort == "Python" else RFunction(of_python, ["w"], [False])
    weights = []
    for penalty in (function, rk.regularizer_l2(0.1)):
        model = rk.keras_model_sequential(
            [rk.layer_dense(units=2, kernel_regularizer=penalty, kernel_initializer="ones", input_shape=[3])]
        )
        rk.compile(model, rk.optimizer_sgd(lr=0.1), "mse")
        rk.fit(model, RANDOM, RANDOM[:, :2], epochs=2, verbose=0)
        weights.append(model.get_weights()[0])
    np.testing.assert_allclose(*weights, rtol=1e-5)


@pytest.mark.once  # Keras 3.12 takes no function out of a file
@pytest.mark.parametrize("file", ["m.keras", "m.h5"])
def test_a_function_of_python_is_saved_by_its_name(file):
    model = rk.keras_model_sequential([rk.layer_dense(units=2, kernel_regularizer=of_python, input_shape=[3])])
    model.save(file)
    loaded = keras.models.load_model(file, custom_objects={"of_python": of_python})
    assert loaded.layers[0].kernel_regularizer is of_python
    nameless = rk.keras_model_sequential([rk.layer_dense(units=2, kernel_regularizer=lambda w: 0.0, input_shape=[3])])
    with pytest.warns(rk.RKerasWarning, match='give it in custom_objects as "<lambda>"'):
        nameless.save(file)


def test_names_of_keras_2_mean_what_they_meant():
    for name, config in (("l1", {"l1": 0.01}), ("l2", {"l2": 0.01}), ("l1_l2", {"l1": 0.01, "l2": 0.01})):
        layer = rk.layer_dense(units=1, kernel_regularizer=name)
        assert layer.kernel_regularizer.get_config() == pytest.approx(config)


def test_bad_calls_are_refused_in_one_sentence():
    for call, message in (
        (lambda: rk.regularizer_l1(-1), "`l` must be a number >= 0, not -1"),
        (lambda: rk.regularizer_l2(l2=0.1), "there is no argument `l2`"),
        (lambda: rk.regularizer_l1_l2("a"), '`l1` must be a number >= 0, not "a"'),
        (
            lambda: rk.regularizer_orthogonal(mode="diagonal"),
            '`mode` must be one of "rows" or "columns", not "diagonal"',
        ),
        (
            lambda: rk.layer_dense(units=1, kernel_regularizer=rk.constraint_nonneg()),
            r"`kernel_regularizer` must be a regularizer \(or its name\) or None, not an object of class NonNeg",
        ),
        (lambda: rk.layer_dense(units=1, kernel_regularizer=rk.regularizer_l2), "Perhaps you forgot the parentheses"),
    ):
        with pytest.raises(rk.ArgumentError, match=message):
            call()
