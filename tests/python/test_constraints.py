"""Constraints: what Keras 2 held weights to, at once and in trainings; one's own constraints."""

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.language.functions_of_r import ConstraintOfR
from rkeras_py.r.functions import RFunction

RANDOM = np.random.default_rng(3).normal(size=(4, 3), scale=3)
INPUTS = {
    "random": RANDOM,
    "small": RANDOM / 100,
    "filters": np.random.default_rng(4).normal(size=(3, 2, 2, 4)),
    "one row": RANDOM[:1],
    "zeros": np.zeros((2, 3)),
    "ones": np.ones((3, 3)),
    "large": RANDOM * 1e10,
    "NaN": np.array([[np.nan, 1.0], [0.0, -2.0]]),
}
TABLE = {
    "maxnorm": ("MaxNorm", [{}, {"max_value": 1}, {"axis": 1}, {"axis": [0, 1]}, {"axis": -1}]),
    "minmaxnorm": (
        "MinMaxNorm",
        [{}, {"min_value": 0.5}, {"max_value": 3}, {"rate": 0.3}, {"axis": 1}, {"min_value": 2, "max_value": 2.5}],
    ),
    "nonneg": ("NonNeg", [{}]),
    "unitnorm": ("UnitNorm", [{}, {"axis": 1}, {"axis": [0, 1]}]),
}


def _norm(x, axis):
    return np.sqrt(np.square(x).sum(axis if isinstance(axis, int) else tuple(axis), keepdims=True))


def _minmaxnorm(x, min_value=0.0, max_value=1.0, rate=1.0, axis=0):
    norm = _norm(x, axis)
    return x * (rate * np.clip(norm, min_value, max_value) + (1 - rate) * norm) / (1e-7 + norm)


FORMULAS = {
    "maxnorm": lambda x, max_value=2, axis=0: _minmaxnorm(x, 0.0, max_value, 1.0, axis),
    "minmaxnorm": _minmaxnorm,
    "nonneg": lambda x: np.maximum(x, 0),
    "unitnorm": lambda x, axis=0: x / (1e-7 + _norm(x, axis)),
}


def ours(name):
    return getattr(rk, f"constraint_{name}")


def numbers(tensor):
    return keras.ops.convert_to_numpy(tensor)


def test_the_tables_have_every_function():
    assert set(TABLE) == set(FORMULAS) == {name[11:] for name in rk.__all__ if name.startswith("constraint_")}


@pytest.mark.tensorflow
@pytest.mark.once
@pytest.mark.parametrize("name", TABLE)
def test_a_constraint_computes_what_keras_2_computed(name):
    import tensorflow as tf
    import tf_keras

    legacy, cases = TABLE[name]
    for arguments in cases:
        for label, x in INPUTS.items():
            x = tf.constant(x.astype("float32"))
            expected = getattr(tf_keras.constraints, legacy)(**arguments)(x)
            computed = ours(name)(**arguments)(x)
            np.testing.assert_allclose(computed, expected, rtol=1e-6, atol=1e-7, err_msg=f"{label} {arguments}")


@pytest.mark.parametrize("name", TABLE)
def test_a_constraint_computes_its_formula_and_holds_in_a_training(name):
    for arguments in TABLE[name][1]:
        for label in ("random", "small", "filters", "one row", "zeros", "ones"):
            x = INPUTS[label]
            expected = FORMULAS[name](x, **arguments)
            for given in (x.astype("float32"), keras.ops.convert_to_tensor(x, "float32")):
                computed = numbers(ours(name)(**arguments)(given))
                np.testing.assert_allclose(computed, expected, rtol=1e-5, atol=1e-6, err_msg=f"{label} {arguments}")
        model = rk.keras_model_sequential()
        constraint = {"kernel_constraint": ours(name)(**arguments)}
        rk.layer_dense(model, units=3, input_shape=[4], weights=[RANDOM, np.zeros(3)], **constraint)
        rk.compile(model, rk.optimizer_sgd(lr=0.0), "mse")
        rk.fit(model, np.ones((6, 4)), np.ones((6, 3)), epochs=1, batch_size=6, verbose=0)
        kernel = model.get_weights()[0]
        np.testing.assert_allclose(kernel, FORMULAS[name](RANDOM, **arguments), rtol=1e-5, atol=1e-6)


def test_the_largest_norm_is_cut_to_a_whole_number_as_in_r_keras():
    assert rk.constraint_maxnorm(2.7).get_config() == {"max_value": 2, "axis": 0}
    assert rk.constraint_minmaxnorm(0.5, 2.7).get_config()["max_value"] == 2.7


def test_names_of_keras_2_are_known():
    for name, sort in (("maxnorm", "MaxNorm"), ("nonneg", "NonNeg"), ("unitnorm", "UnitNorm"), ("max_norm", "MaxNorm")):
        layer = rk.layer_dense(units=1, kernel_constraint=name, bias_constraint=name)
        assert type(layer.kernel_constraint).__name__ == type(layer.bias_constraint).__name__ == sort


class AtLeast(rk.KerasConstraint):
    """Weights that are not below a bound."""

    def __init__(self, bound=0.0):
        self.bound = bound

    def call(self, w):
        return keras.ops.maximum(w, self.bound)

    def get_config(self):
        return {"bound": self.bound}


def at_least_half(w):
    return keras.ops.maximum(w, 0.5)


def of_r(function, *names):
    return RFunction(function, list(names), [False] * len(names))


CONSTRAINTS = {
    "class": AtLeast(0.5),
    "function of Python": at_least_half,
    "function of R": of_r(at_least_half, "w"),
    "R6 object": ConstraintOfR(of_r(at_least_half, "w"), "AtLeastHalf", {"bound": 0.5}),
}


def trained(constraint):
    model = rk.keras_model_sequential()
    rk.layer_dense(model, 2, input_shape=[3], kernel_constraint=constraint, weights=[RANDOM[:3, :2], np.zeros(2)])
    rk.compile(model, rk.optimizer_sgd(lr=1e-3), "mean_squared_error")
    rk.fit(model, RANDOM, RANDOM[:, :2], epochs=2, verbose=0)
    return model


@pytest.mark.parametrize("sort", CONSTRAINTS)
def test_ones_own_constraint_is_kept_to(sort):
    kernel = trained(CONSTRAINTS[sort]).get_weights()[0]
    assert kernel.min() == 0.5
    assert kernel.max() > 0.5
    made = rk.layer_lstm(units=2, recurrent_constraint=CONSTRAINTS[sort]).cell.recurrent_constraint
    assert isinstance(made, keras.constraints.Constraint)
    np.testing.assert_allclose(numbers(made(keras.ops.convert_to_tensor([0.0, 1.0]))), [0.5, 1.0])


@pytest.mark.once  # Keras 3.12 takes no function out of a file
@pytest.mark.parametrize("file", ["m.keras", "m.h5"])
def test_ones_own_constraint_is_in_files(file):
    for sort, objects in (("class", {"AtLeast": AtLeast}), ("function of Python", {"at_least_half": at_least_half})):
        model = trained(CONSTRAINTS[sort])
        model.save(file)
        loaded = keras.models.load_model(file, custom_objects=objects)
        np.testing.assert_array_equal(loaded.predict(RANDOM, verbose=0), model.predict(RANDOM, verbose=0))
        constraint = loaded.layers[0].kernel_constraint
        assert constraint is at_least_half if sort != "class" else constraint.bound == 0.5
    assert AtLeast.from_config(AtLeast(2.0).get_config()).bound == 2.0


@pytest.mark.parametrize("file", ["m.keras", "m.h5"])
def test_an_object_of_r_is_saved_by_its_name_and_whoever_saves_it_is_told(file):
    constraint = ConstraintOfR(of_r(at_least_half, "w"), "AtLeastHalf", {"bound": 0.5})
    model = trained(constraint)
    with pytest.warns(rk.RKerasWarning, match=r"custom_objects = list\(AtLeastHalf = …\)"):
        model.save(file)
    loaded = keras.models.load_model(file)
    assert loaded.layers[0].kernel_constraint is constraint
    np.testing.assert_array_equal(loaded.predict(RANDOM, verbose=0), model.predict(RANDOM, verbose=0))
    assert constraint.get_config()["options"] == {"bound": 0.5}


def test_bad_calls_are_refused_in_one_sentence():
    for call, message in (
        (lambda: rk.constraint_maxnorm(0), "`max_value` must be a whole number > 0, not 0"),
        (lambda: rk.constraint_minmaxnorm(min_value=-1), "`min_value` must be a number >= 0, not -1"),
        (lambda: rk.constraint_unitnorm("a"), '`axis` must be a whole number or a vector of whole numbers, not "a"'),
        (lambda: rk.layer_dense(units=1, kernel_constraint=AtLeast), "Perhaps you forgot the parentheses"),
        (lambda: rk.layer_dense(units=1, kernel_constraint=rk.constraint_nonneg), "Perhaps you forgot the parentheses"),
        (lambda: rk.layer_dense(units=1, kernel_constraint=rk.regularizer_l2()), "not an object of class L2"),
        (lambda: rk.layer_dense(units=1, kernel_constraint="nonegg"), 'Did you mean "nonneg" or "non_neg"'),
    ):
        with pytest.raises(rk.ArgumentError, match=message):
            call()
    with pytest.raises(NotImplementedError, match=r"Bare is a constraint without a method call\(w\)"):
        type("Bare", (rk.KerasConstraint,), {})()(np.ones(2))
