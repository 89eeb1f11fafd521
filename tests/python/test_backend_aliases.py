"""Where plain Keras computes something else: the rows of "What changed under your code" on the backend functions."""

import keras
import numpy as np
import pytest
from keras import ops

import rkeras_py as rk
from rkeras_py import c

ROWS = np.arange(6, dtype="float32").reshape(2, 3)
IMAGE = np.arange(16, dtype="float32").reshape(1, 4, 4, 1)
RIGHT, WRONG = np.array([1.0, 0.0], "float32"), np.array([0.0, 1.0], "float32")
TINY = np.array([1e-7, 0], "float32")
ON_JAX = keras.config.backend() == "jax"


def values(x):
    return np.asarray(ops.convert_to_numpy(x), "float64")


def shape(x):
    return tuple(x.shape)


def dtype(x):
    return keras.backend.standardize_dtype(x.dtype)


def twice(draw):
    return (values(draw()) == values(draw())).all()


def layers_follow(set_floatx):
    keras.layers.Dense(1)
    try:
        set_floatx("float64")
        return keras.layers.Dense(1).compute_dtype == "float64"
    finally:
        rk.k_set_floatx("float32")
        keras.config.set_dtype_policy("float32")


# What is measured, rkeras's call and what comes of it, Keras's call and what comes of that.
OTHERWISE = {
    "the root of a negative": (values, lambda: rk.k_sqrt(-1), 0, lambda: ops.sqrt(-1.0), np.nan),
    "hard sigmoid": (values, lambda: rk.k_hard_sigmoid(1), 0.7, lambda: ops.hard_sigmoid(1.0), 2 / 3),
    "how far windows move": (
        shape,
        lambda: rk.k_pool2d(IMAGE, c(2, 2)),
        (1, 3, 3, 1),
        lambda: ops.max_pool(IMAGE, (2, 2)),
        TypeError if ON_JAX else (1, 2, 2, 1),
    ),
    "cumulative sums": (shape, lambda: rk.k_cumsum(ROWS), (2, 3), lambda: ops.cumsum(ROWS), (6,)),
    "cumulative products": (shape, lambda: rk.k_cumprod(ROWS), (2, 3), lambda: ops.cumprod(ROWS), (6,)),
    "identity": (shape, lambda: rk.k_identity(ROWS), (2, 3), lambda: ops.identity(3), (3, 3)),
    "repeated rows": (shape, lambda: rk.k_repeat(ROWS, 2), (2, 2, 3), lambda: ops.repeat(ROWS, 2), (12,)),
    "rows": (shape, lambda: rk.k_gather(ROWS, c(1, 2)), (2, 3), lambda: ops.take(ROWS, [0, 1]), (2,)),
    "a variable of 1": (dtype, lambda: rk.k_variable(1), "float32", lambda: keras.Variable(1), "int32"),
    "a constant of 1": (dtype, lambda: rk.k_constant(1), "float32", lambda: ops.convert_to_tensor(1), "int32"),
    "draws with a seed": (
        twice,
        lambda: lambda: rk.k_random_normal(3, seed=1),
        False,
        lambda: lambda: keras.random.normal([3], seed=1),
        True,
    ),
    "wrong probabilities": (
        values,
        lambda: rk.k_binary_crossentropy(RIGHT, WRONG),
        [15.4249, 15.3332],
        lambda: ops.binary_crossentropy(RIGHT, WRONG),
        [16.1181, 15.9424],
    ),
    "bounds the wrong way round": (
        values,
        lambda: rk.k_clip(0.0, 1, -1),
        1,
        lambda: ops.clip(np.float32(0), 1, -1),
        -1 if ON_JAX else 1,
    ),
    "tiny norms": (values, lambda: rk.k_l2_normalize(TINY), [0.1, 0], lambda: ops.normalize(TINY), [1, 0]),
    "layers of float64": (layers_follow, lambda: rk.k_set_floatx, True, lambda: keras.config.set_floatx, False),
    "the largest of nothing": (values, lambda: rk.k_max([]), -np.inf, lambda: ops.max(np.zeros(0)), Exception),
}


@pytest.mark.filterwarnings("ignore:.*JAX computes in float32")
@pytest.mark.parametrize("what", OTHERWISE)
def test_ours_is_that_of_keras_2(what):
    measure, ours, expected, theirs, other = OTHERWISE[what]
    found = measure(ours())
    if isinstance(expected, int | float | list):
        np.testing.assert_allclose(found, expected, rtol=1e-4)
    else:
        assert found == expected
    if isinstance(other, type):
        with pytest.raises(other):
            theirs()
    elif isinstance(other, int | float | list):
        np.testing.assert_allclose(measure(theirs()), other, rtol=1e-4)
    else:
        assert measure(theirs()) == other
