"""The backend functions compute what Keras 2 computed: at once, symbolically, compiled, and their gradients."""

import keras
import numpy as np
import pytest
import tf_keras
from backend_checks import (
    AT_ONCE,
    BY_GRADIENT,
    BY_NAME,
    COMPILED,
    NO_SLOPE,
    OTHER_TYPES,
    REASONS,
    SYMBOLICALLY,
    functions,
    other_tests,
)

import rkeras_py as rk

BACKEND = set(functions())


def test_all_152_functions_are_in_the_table_or_have_other_tests():
    assert len(BACKEND) == 152
    assert set(BY_NAME) | set(other_tests()) >= BACKEND >= {*BY_NAME, *REASONS}


def test_what_is_compared_with_something_else_than_keras_2_has_a_reason():
    assert {row.name for rows in BY_NAME.values() for row in rows if row.keras2} <= set(REASONS)
    assert set(OTHER_TYPES) <= set(REASONS)


def test_what_has_no_gradient_has_a_reason():
    assert set(BY_NAME) - set(BY_GRADIENT.names()) == set(NO_SLOPE)


def leaves(result):
    """Numbers and arrays of a result of any form."""
    if isinstance(result, list | tuple):
        return [leaf for one in result for leaf in leaves(one)]
    return [np.asarray(result if isinstance(result, int | np.ndarray) else keras.ops.convert_to_numpy(result))]


def legacy_leaves(result):
    if isinstance(result, list | tuple):
        return [leaf for one in result for leaf in legacy_leaves(one)]
    return [np.asarray(result)]


def expected(row):
    return legacy_leaves(row.call_keras2(tf_keras.backend, row.tensors))


# JAX's own types.
ON_JAX = {"float64": "float32", "int64": "int32"} if keras.config.backend() == "jax" else {}


def assert_same(row, ours, theirs, how):
    said = f"{how} {row.name}({[x.shape for x in row.tensors]}, {row.ours})"
    assert len(ours) == len(theirs), said
    for one, other in zip(ours, theirs, strict=True):
        assert one.shape == other.shape, said
        small = "float16" in (str(one.dtype), str(other.dtype))
        tolerance = 2e-3 if small else row.tolerance
        np.testing.assert_allclose(
            one.astype("float64"), other.astype("float64"), rtol=tolerance, atol=tolerance, err_msg=said
        )
        if how == "at once":  # arrays of doubles are taken for R's
            assert {one.dtype.kind, other.dtype.kind} in ({one.dtype.kind}, {"i", "u"}), said
        else:
            expected_type = OTHER_TYPES.get(row.name, {}).get(str(other.dtype), str(other.dtype))
            assert str(one.dtype) == ON_JAX.get(expected_type, expected_type), said


@pytest.mark.parametrize("name", AT_ONCE.names())
def test_a_function_computes_what_keras_2_computed(name):
    for row in AT_ONCE.rows(name):
        assert_same(row, leaves(row.call(getattr(rk, name), row.tensors)), expected(row), "at once")


@pytest.mark.parametrize("name", SYMBOLICALLY.names())
def test_a_function_computes_the_same_symbolically(name):
    for row in SYMBOLICALLY.rows(name):
        open_batch = len({x.shape[0] for x in row.tensors if x.ndim}) == 1 and all(x.ndim for x in row.tensors)
        for batch in {False, open_batch and row.symbolic != "fixed"}:
            inputs = [
                keras.Input(batch_shape=(None, *x.shape[1:]) if batch else x.shape, dtype=str(x.dtype))
                for x in row.tensors
            ]
            outputs = row.call(getattr(rk, name), inputs)
            result = keras.Function(inputs, outputs)([keras.ops.convert_to_tensor(x) for x in row.tensors])
            assert_same(row, leaves(result), expected(row), f"symbolically, batch {batch},")


@pytest.mark.parametrize("name", COMPILED.names())
def test_a_function_computes_the_same_in_a_compiled_graph(name):
    rows = COMPILED.rows(name)
    for row, result in zip(rows, compiled(rows, getattr(rk, name)), strict=True):
        assert_same(row, leaves(result), expected(row), "compiled")


def compiled(rows, function):
    """The results of all rows, of one graph: compiling takes long."""
    tensors = [[keras.ops.convert_to_tensor(x) for x in row.tensors] for row in rows]

    def call(*tensors):
        return [row.call(function, given) for row, given in zip(rows, tensors, strict=True)]

    if keras.config.backend() == "tensorflow":
        import tensorflow as tf

        return tf.function(call)(*tensors)
    import jax

    return jax.jit(call)(*tensors)


def slope(function, tensors, direction):
    """The derivative of a number along a direction, by the backend."""
    tensors = [keras.ops.convert_to_tensor(x) for x in tensors]
    if keras.config.backend() == "tensorflow":
        import tensorflow as tf

        with tf.GradientTape() as tape:
            tape.watch(tensors)
            result = function(*tensors)
        gradients = tape.gradient(result, tensors, unconnected_gradients="zero")
    else:
        import jax

        gradients = jax.grad(function, argnums=tuple(range(len(tensors))))(*tensors)
    return sum(
        float(np.sum(np.asarray(keras.ops.convert_to_numpy(one), "float64") * by))
        for one, by in zip(gradients, direction, strict=True)
    )


@pytest.mark.parametrize("name", BY_GRADIENT.names())
def test_gradients_flow(name):
    random = np.random.default_rng(5)
    for row in BY_GRADIENT.rows(name):
        floating = [place for place, x in enumerate(row.tensors) if x.dtype == "float32"]
        weights = [random.normal(size=leaf.shape) for leaf in leaves(row.call(getattr(rk, name), row.tensors))]

        def number(*given, row=row, weights=weights, floating=floating):
            tensors = list(row.tensors)
            for place, one in zip(floating, given, strict=True):
                tensors[place] = one
            results = row.call(getattr(rk, name), tensors)
            flat = keras.tree.flatten(results)
            return sum(
                keras.ops.sum(one * by.astype("float32"))
                for one, by in zip(flat, weights, strict=True)
                if "float" in keras.backend.standardize_dtype(one.dtype)
            )

        given = [row.tensors[place] for place in floating]
        direction = [random.normal(size=x.shape) for x in given]
        step = 2e-3
        apart = [
            float(number(*(x + (sign * step * by).astype("float32") for x, by in zip(given, direction, strict=True))))
            for sign in (1, -1)
        ]
        expected_slope = (apart[0] - apart[1]) / (2 * step)
        found = slope(number, given, direction)
        scale = max(1.0, abs(found), *(abs(one) for one in apart))
        assert abs(found - expected_slope) < 2e-2 * scale, f"{name}({row.ours}): {found}, {expected_slope}"
