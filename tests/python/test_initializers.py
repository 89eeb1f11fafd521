"""Initializers: the numbers of Keras 2, the right distributions, and what shapes they take."""

import math

import keras
import numpy as np
import pytest
from scipy import stats

import rkeras_py as rk

SHAPES = [(4, 3), (3, 3, 2, 5), (2, 7)]
# (What Keras 2 calls it, the arguments, what it is given there if that is something else.)
TABLE = {
    "zeros": [("Zeros", {})],
    "ones": [("Ones", {})],
    "constant": [("Constant", {}), ("Constant", {"value": 0.3}), ("Constant", {"value": -2})],
    "identity": [("Identity", {}), ("Identity", {"gain": 0.7})],
    "random_normal": [("RandomNormal", {}), ("RandomNormal", {"mean": 1}), ("RandomNormal", {"stddev": 2.0})],
    "random_uniform": [("RandomUniform", {}), ("RandomUniform", {"minval": -1}), ("RandomUniform", {"maxval": 3})],
    "truncated_normal": [
        ("TruncatedNormal", {}),
        ("TruncatedNormal", {"mean": 1}),
        ("TruncatedNormal", {"stddev": 2.0}),
    ],
    "orthogonal": [("Orthogonal", {}), ("Orthogonal", {"gain": 2})],
    "variance_scaling": [
        ("VarianceScaling", {}, {"distribution": "untruncated_normal"}),
        ("VarianceScaling", {"scale": 3}, {"distribution": "untruncated_normal"}),
        ("VarianceScaling", {"mode": "fan_out"}, {"distribution": "untruncated_normal"}),
        *(("VarianceScaling", {"distribution": one}) for one in ("uniform", "truncated_normal", "untruncated_normal")),
        ("VarianceScaling", {"mode": "fan_avg", "distribution": "uniform"}),
    ],
    "glorot_normal": [("GlorotNormal", {})],
    "glorot_uniform": [("GlorotUniform", {})],
    "he_normal": [("HeNormal", {})],
    "he_uniform": [("HeUniform", {})],
    "lecun_normal": [("LecunNormal", {})],
    "lecun_uniform": [("LecunUniform", {})],
}
DRAWN = sorted(set(TABLE) - {"zeros", "ones", "constant", "identity"})
CUT = 0.87962566103423978  # the standard deviation of a normal distribution cut at 2
LARGE = (200, 300)
# What is drawn for weights of 200 inputs and 300 outputs.
DISTRIBUTIONS = {
    "random_normal": [({}, stats.norm(0, 0.05)), ({"mean": 1, "stddev": 2}, stats.norm(1, 2))],
    "random_uniform": [({}, stats.uniform(-0.05, 0.1)), ({"minval": 0, "maxval": 3}, stats.uniform(0, 3))],
    "truncated_normal": [
        ({}, stats.truncnorm(-2, 2, 0, 0.05)),
        ({"mean": 1, "stddev": 2}, stats.truncnorm(-2, 2, 1, 2)),
    ],
    "variance_scaling": [
        ({}, stats.norm(0, math.sqrt(1 / 200))),
        ({"mode": "fan_out", "scale": 2}, stats.norm(0, math.sqrt(2 / 300))),
        ({"mode": "fan_avg", "distribution": "untruncated_normal"}, stats.norm(0, math.sqrt(1 / 250))),
        ({"distribution": "truncated_normal"}, stats.truncnorm(-2, 2, 0, math.sqrt(1 / 200) / CUT)),
        ({"distribution": "uniform"}, stats.uniform(-math.sqrt(3 / 200), 2 * math.sqrt(3 / 200))),
    ],
    "glorot_normal": [({}, stats.truncnorm(-2, 2, 0, math.sqrt(2 / 500) / CUT))],
    "glorot_uniform": [({}, stats.uniform(-math.sqrt(6 / 500), 2 * math.sqrt(6 / 500)))],
    "he_normal": [({}, stats.truncnorm(-2, 2, 0, math.sqrt(2 / 200) / CUT))],
    "he_uniform": [({}, stats.uniform(-math.sqrt(6 / 200), 2 * math.sqrt(6 / 200)))],
    "lecun_normal": [({}, stats.truncnorm(-2, 2, 0, math.sqrt(1 / 200) / CUT))],
    "lecun_uniform": [({}, stats.uniform(-math.sqrt(3 / 200), 2 * math.sqrt(3 / 200)))],
}


def ours(name):
    return getattr(rk, f"initializer_{name}")


def drawn(initializer, shape):
    return keras.ops.convert_to_numpy(initializer(shape))


def test_the_tables_have_every_function():
    assert set(TABLE) == {name[12:] for name in rk.__all__ if name.startswith("initializer_")}
    assert {*DISTRIBUTIONS, "orthogonal"} == set(DRAWN)


@pytest.mark.tensorflow
@pytest.mark.once
@pytest.mark.parametrize("name", TABLE)
def test_an_initializer_draws_what_keras_2_drew(name):
    import tf_keras

    for legacy, arguments, *instead in TABLE[name]:
        for seed in (0, 1, 123456) if name in DRAWN else (None,):
            seeded = {"seed": seed} if name in DRAWN else {}
            there = {**arguments, **(instead[0] if instead else {}), **seeded}
            for shape in SHAPES if name != "identity" else [(3, 3), (4, 3), (2, 7)]:
                expected = getattr(tf_keras.initializers, legacy)(**there)(shape)
                made = ours(name)(**arguments, **seeded)
                np.testing.assert_allclose(drawn(made, shape), expected, rtol=1e-6, atol=1e-7, err_msg=str(there))


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_what_is_drawn_is_distributed_as_it_says(name):
    for arguments, expected in DISTRIBUTIONS[name]:
        numbers = drawn(ours(name)(**arguments, seed=11), LARGE).ravel().astype("float64")
        assert stats.kstest(numbers, expected.cdf).pvalue > 1e-4, arguments
        assert numbers.mean() == pytest.approx(expected.mean(), abs=5 * expected.std() / math.sqrt(numbers.size))
        assert numbers.std() == pytest.approx(expected.std(), rel=0.02)
        low, high = expected.support()
        assert low - 1e-6 <= numbers.min() <= numbers.max() <= high + 1e-6


def test_the_default_of_variance_scaling_is_not_cut():
    numbers = drawn(rk.initializer_variance_scaling(seed=1), LARGE)
    assert np.abs(numbers).max() > 3.5 * numbers.std()
    truncated = drawn(rk.initializer_variance_scaling(distribution="trunc", seed=1), LARGE)
    assert np.abs(truncated).max() < 2.3 * truncated.std()


def test_orthogonal_matrices_are():
    for shape, gain in (((6, 4), 1), ((4, 6), 2), ((3, 3, 2, 5), 0.5)):
        matrix = drawn(rk.initializer_orthogonal(gain=gain, seed=2), shape).reshape(-1, shape[-1])
        product = matrix.T @ matrix if matrix.shape[0] >= matrix.shape[1] else matrix @ matrix.T
        np.testing.assert_allclose(product, gain**2 * np.eye(len(product)), atol=1e-5)


@pytest.mark.parametrize("name", DRAWN)
def test_seeds_are_kept_and_what_has_none_differs(name):
    one, same, other = (drawn(ours(name)(seed=seed), (5, 4)) for seed in (3, 3.0, 4))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)
    assert not np.array_equal(*(drawn(ours(name)(), (5, 4)) for _ in range(2)))
    twice = ours(name)()
    np.testing.assert_array_equal(drawn(twice, (5, 4)), drawn(twice, (5, 4)))
    assert ours(name)(seed=3).get_config()["seed"] == 3
    kernels = [rk.layer_dense(units=4, kernel_initializer=ours(name)()) for _ in range(2)]
    for layer in kernels:
        layer.build((None, 5))
    assert not np.array_equal(*(layer.get_weights()[0] for layer in kernels))
    keras.utils.set_random_seed(5)
    again = drawn(ours(name)(), (5, 4))
    keras.utils.set_random_seed(5)
    np.testing.assert_array_equal(again, drawn(ours(name)(), (5, 4)))


@pytest.mark.parametrize("name", TABLE)
def test_shapes_are_taken_as_r_has_them(name):
    seed = {"seed": 1} if name in DRAWN else {}
    expected = drawn(ours(name)(**seed), (3, 2))
    for shape in ([3.0, 2.0], np.array([3.0, 2.0]), [3, 2], np.array([3, 2])):
        np.testing.assert_array_equal(drawn(ours(name)(**seed), shape), expected)
    if name != "orthogonal":  # which JAX does not know in this type
        half = ours(name)(**seed)((3, 2), dtype="float16")
        assert keras.backend.standardize_dtype(half.dtype) == "float16"
    if name not in ("identity", "orthogonal"):
        assert drawn(ours(name)(**seed), 3.0).shape == (3,)
        assert drawn(ours(name)(**seed), []).shape == ()
    with pytest.raises(rk.ArgumentError, match=r'takes a shape \(whole numbers\), not "abc"'):
        ours(name)(**seed)("abc")


def test_constants_fill_the_shape():
    np.testing.assert_array_equal(drawn(rk.initializer_constant([1, 2, 3]), (2, 3)), [[1, 2, 3], [1, 2, 3]])
    # Row by row, as Keras 2 did.
    rows = rk.initializer_constant([1, 2, 3, 4, 5, 6])
    np.testing.assert_array_equal(drawn(rows, (2, 3)), [[1, 2, 3], [4, 5, 6]])
    np.testing.assert_array_equal(drawn(rows, (3, 2)), [[1, 2], [3, 4], [5, 6]])
    np.testing.assert_array_equal(drawn(rk.initializer_constant(np.eye(2) * 3), (2, 2)), np.eye(2) * 3)
    assert rk.initializer_constant(0.1).get_config() == {"value": 0.1}
    assert np.isnan(drawn(rk.initializer_constant(np.nan), (2,))).all()
    layer = rk.layer_dense(units=3, bias_initializer="constant", kernel_initializer=rows)
    layer.build((None, 2))
    np.testing.assert_array_equal(layer.get_weights()[1], [0, 0, 0])
    copy = keras.layers.Dense.from_config(layer.get_config())
    copy.build((None, 2))
    np.testing.assert_array_equal(copy.get_weights()[0], [[1, 2, 3], [4, 5, 6]])


def test_copies_keep_what_was_given():
    for name, more in {"identity": {"gain": 2.0}, "variance_scaling": {"mode": "fan_out", "seed": 3}}.items():
        made = ours(name)(**more)
        config = keras.initializers.serialize(made)
        assert config["module"] == "keras.initializers"
        assert made.get_config().items() >= more.items()
        np.testing.assert_array_equal(
            drawn(keras.initializers.deserialize(config), (3, 3)), drawn(made.clone(), (3, 3))
        )


def test_bad_calls_are_refused_in_one_sentence():
    for call, message in (
        (lambda: rk.initializer_constant("abc"), '`value` must be a number or a tensor, .* not "abc"'),
        (lambda: rk.initializer_random_normal(stddev=-1), "`stddev` must be a number >= 0, not -1"),
        (lambda: rk.initializer_variance_scaling(scale=0), "`scale` must be a number > 0, not 0"),
        (lambda: rk.initializer_variance_scaling(mode="fan"), '`mode` must be one of "fan_in", "fan_out" or "fan_avg"'),
        (lambda: rk.initializer_he_normal(seed="one"), '`seed` must be a whole number or None, not "one"'),
        (lambda: rk.initializer_zeros(1), r"initializer_zeros\(\): too many positional arguments"),
    ):
        with pytest.raises(rk.ArgumentError, match=message):
            call()
    with pytest.raises(ValueError, match="2D matri"):
        rk.initializer_identity()((2, 2, 2))


def test_any_function_of_a_shape_is_taken():
    from rkeras_py.r.functions import RFunction

    half = RFunction(lambda shape: np.full(shape, 0.5), ["shape"], [False])
    third = RFunction(lambda shape, dtype: keras.ops.full(shape, 0.25, dtype), ["shape", "dtype"], [False, True])
    fifth = lambda shape, dtype=None: keras.ops.full(shape, 0.125, dtype)  # noqa: E731
    for function, expected in ((half, 0.5), (third, 0.25), (fifth, 0.125)):
        layer = rk.layer_dense(units=2, kernel_initializer=function)
        layer.build((None, 3))
        assert set(layer.get_weights()[0].ravel()) == {expected}
        assert layer.get_weights()[0].dtype == "float32"
