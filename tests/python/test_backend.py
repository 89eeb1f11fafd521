"""Backend functions beyond what they compute: variables, random numbers, phases, symbolic tensors, errors."""

import contextlib
import inspect
from pathlib import Path

import backend_rows
import keras
import numpy as np
import pytest
from keras import ops

import rkeras_py as rk
from rkeras_py.backend import random as backend_random
from rkeras_py.language.notices import RKerasWarning

X = np.arange(6, dtype="float32").reshape(2, 3)


def numbers(x):
    return np.asarray(ops.convert_to_numpy(x))


# Variables


def test_variables_are_of_keras_type_and_can_be_changed():
    variable = rk.k_variable(np.arange(3), name="mine")
    assert isinstance(variable, keras.Variable)
    assert (variable.dtype, variable.name, variable.trainable) == ("float32", "mine", True)
    assert rk.k_update(variable, [2.0, 3.0, 4.0]) is variable
    rk.k_update_add(variable, 1)
    rk.k_update_sub(variable, np.array([1, 2, 3]))
    rk.k_moving_average_update(variable, 0, momentum=0.5)
    assert rk.k_get_value(variable).tolist() == [1.0, 1.0, 1.0]
    rk.k_batch_set_value([[variable, [5.0, 6.0, 7.0]], (other := rk.k_zeros([]), 2.0)])
    values = rk.k_batch_get_value([variable, other])
    assert (values[0].tolist(), values[1]) == ([5.0, 6.0, 7.0], 2.0)
    assert rk.k_variable(1, dtype="int32").dtype == "int32"
    rk.k_set_value(variable, np.ones(3))
    assert rk.k_get_value(variable).tolist() == [1.0, 1.0, 1.0]


def test_a_value_that_does_not_fit_changes_nothing():
    one, two = rk.k_variable(1), rk.k_ones([2])
    with pytest.raises(rk.ArgumentError, match=r"k_batch_set_value\(\): `lists` must be values of the shapes"):
        rk.k_batch_set_value([[one, 3.0], [two, [1.0, 2.0, 3.0]]])
    assert rk.k_get_value(one) == 1.0
    with pytest.raises(rk.ArgumentError, match=r"k_update\(\)"):
        rk.k_update(two, [1.0, 2.0, 3.0])


def test_an_optimizer_keeps_a_variable_to_its_constraint():
    variable = rk.k_variable([3.0, 4.0], constraint=rk.constraint_maxnorm(1, axis=0))
    keras.optimizers.SGD(0.1).apply([ops.zeros(2)], [variable])
    np.testing.assert_allclose(numbers(variable), [0.6, 0.8], rtol=1e-4)


def test_zeros_in_a_graph_are_a_tensor():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Lambda(lambda x: x + rk.k_ones([3]))])
    np.testing.assert_array_equal(model.predict(X, verbose=0), X + 1)


# Random numbers


def begin_anew():
    keras.utils.clear_session()  # Keras 3.12 does not with a seed alone
    keras.utils.set_random_seed(7)


DRAWS = {
    "k_random_normal": ({"mean": 1, "stddev": 2}, 1, 2, None),
    "k_truncated_normal": ({"mean": 1, "stddev": 2}, 1, 2 * 0.87962566, (-3, 5)),
    "k_random_uniform": ({"minval": -1, "maxval": 3}, 1, 4 / np.sqrt(12), (-1, 3)),
    "k_random_binomial": ({"p": 0.3}, 0.3, np.sqrt(0.21), (0, 1)),
    "k_random_bernoulli": ({"p": 0.3}, 0.3, np.sqrt(0.21), (0, 1)),
    "k_random_normal_variable": ({"mean": 1, "scale": 2}, 1, 2, None),
    "k_random_uniform_variable": ({"low": -1, "high": 3}, 1, 4 / np.sqrt(12), (-1, 3)),
}


@pytest.mark.parametrize("name", DRAWS)
@pytest.mark.parametrize("seed", [None, 3])
def test_draws_have_their_distribution_and_are_new_each_time(name, seed):
    options, mean, deviation, ends = DRAWS[name]
    begin_anew()

    def draw():
        return numbers(getattr(rk, name)([200, 100], **options, seed=seed))

    first, second = draw(), draw()
    assert first.shape == (200, 100)
    assert first.dtype == "float32"
    assert (first != second).any()
    assert abs(first.mean() - mean) < 5 * deviation / np.sqrt(first.size)
    assert abs(first.std() - deviation) < 0.05 * deviation
    if ends:
        assert first.min() >= ends[0]
        assert first.max() <= ends[1]
    if seed is not None:
        begin_anew()
        np.testing.assert_array_equal(draw(), first)
        np.testing.assert_array_equal(draw(), second)


def test_seeds_are_streams_of_their_own():
    begin_anew()
    one = [numbers(rk.k_random_normal([3], seed=1)) for _ in range(2)]
    other = numbers(rk.k_random_normal([3], seed=2))
    begin_anew()
    np.testing.assert_array_equal(numbers(rk.k_random_normal([3], seed=2)), other)
    np.testing.assert_array_equal([numbers(rk.k_random_normal([3], seed=1)) for _ in range(2)], one)


def test_whole_numbers_are_drawn():
    drawn = numbers(rk.k_random_uniform([1000], 0, 4, dtype="int32"))
    assert drawn.dtype == "int32"
    assert sorted(set(drawn.tolist())) == [0, 1, 2, 3]
    assert rk.k_dtype(rk.k_random_binomial([3], 0.5, dtype="int32")) == "int32"


def test_dropout_acts_always_and_scales():
    dropped = numbers(rk.k_dropout(np.ones((100, 100)), 0.25, seed=1))
    assert sorted(set(dropped.ravel().tolist())) == [0, np.float32(1 / 0.75)]
    assert abs((dropped == 0).mean() - 0.25) < 0.03
    rows = numbers(rk.k_dropout(np.ones((4, 50)), 0.5, noise_shape=[1, 50]))
    assert (rows == rows[0]).all()
    inputs = keras.Input((50,))
    model = keras.Model(inputs, rk.k_dropout(inputs, 0.5))
    assert (model.predict(np.ones((4, 50)), verbose=0) == 0).any()


class Noisy(keras.layers.Layer):
    """What layer_lambda() is to do."""

    def __init__(self, seed=None):
        super().__init__()
        self.generator = keras.random.SeedGenerator(1)
        self.draw_seed = seed

    def call(self, x):
        with backend_random.lent(self.generator):
            shape = rk.k_shape(x)
            return rk.k_random_normal([shape[0], 2], seed=self.draw_seed)

    def compute_output_shape(self, shape):
        return (shape[0], 2)


@pytest.mark.parametrize("seed", [None, 5])
def test_draws_in_a_layer_are_new_in_each_batch(seed):
    model = keras.Sequential([keras.Input((3,)), Noisy(seed)])
    first, second = (model.predict(np.ones((8, 3)), batch_size=4, verbose=0) for _ in range(2))
    assert len(np.unique(np.concatenate([first, second]))) == 32
    again = keras.Sequential([keras.Input((3,)), Noisy(seed)])
    np.testing.assert_array_equal(again.predict(np.ones((8, 3)), batch_size=4, verbose=0), first)


def loss_with_noise(seed):
    return lambda y, p: rk.k_mean(rk.k_square(p - y)) * 0 + rk.k_sum(rk.k_random_uniform([1], 1, 2, seed=seed))


@pytest.mark.parametrize("seed", [None, 5])
def test_draws_in_a_loss(seed):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile("sgd", loss_with_noise(seed))
    if keras.config.backend() == "jax":
        with pytest.raises(rk.ArgumentError, match=r"k_random_uniform\(\): .* layer_lambda\(\)"):
            model.fit(X, X[:, :1], verbose=0)
        return
    losses = model.fit(X, X[:, :1], epochs=3, verbose=0).history["loss"]
    assert len(set(losses)) == 3


def test_a_shape_that_is_not_known_outside_names_layer_lambda():
    for shape in [rk.c(rk.k_shape(keras.Input((3,)))[0], 2), [None, 2], rk.k_shape(keras.Input((3,)))]:
        with pytest.raises(rk.ArgumentError, match=r"k_random_normal\(\): `shape` must be .*layer_lambda\(\)"):
            rk.k_random_normal(shape)


# Phases and conditions


def test_the_phase_is_that_of_the_layer():
    class Phased(keras.layers.Layer):
        def call(self, x, training=None):
            return rk.k_in_train_phase(lambda: x * 2, x, training=training)

    class Without(keras.layers.Layer):
        def call(self, x):
            return rk.k_in_train_phase(x * 2, x) + rk.k_in_test_phase(x * 10, x * 0)

    for sort, factors in [(Phased, (1, 2)), (Without, (11, 2))]:
        model = keras.Sequential([keras.Input((3,)), sort()])
        for training, factor in zip((False, True), factors, strict=True):
            np.testing.assert_array_equal(numbers(model(X, training=training)), X * factor)


def test_the_phase_can_be_set():
    assert rk.k_learning_phase() == 0
    with pytest.warns(RKerasWarning, match=r"k_set_learning_phase\(\): layers of Keras 3 know no phase"):
        rk.k_set_learning_phase(1)
    try:
        assert rk.k_learning_phase() == 1
        assert rk.k_get_value(rk.k_in_train_phase(1.0, 2.0)) == 1.0
    finally:
        rk.k_set_learning_phase(0)
    rk.k_clear_session()
    assert rk.k_learning_phase() == 0
    with pytest.raises(rk.ArgumentError, match="must be 0 or 1"):
        rk.k_set_learning_phase(2)


def test_only_the_branch_that_is_taken_is_called():
    calls = []
    assert rk.k_get_value(rk.k_switch(True, lambda: 3.0, lambda: calls.append(1))) == 3.0
    assert calls == []


def test_a_switch_in_a_graph():
    model = keras.Sequential(
        [keras.Input((3,)), keras.layers.Lambda(lambda x: rk.k_switch(rk.k_sum(x) > 10, lambda: x, lambda: -x))]
    )
    np.testing.assert_array_equal(model.predict(X, verbose=0), X)
    np.testing.assert_array_equal(model.predict(X - 5, verbose=0), 5 - X)


@pytest.mark.parametrize("sort", [KeyError, ValueError])
def test_an_error_of_the_users_is_his_own(sort):
    def broken(*arguments):
        raise sort("mine")

    for call in [
        lambda: rk.k_switch(True, broken, 1.0),
        lambda: rk.k_map_fn(broken, X),
        lambda: rk.k_foldl(broken, X),
        lambda: rk.k_rnn(broken, np.ones((2, 3, 1)), [np.ones((2, 1))]),
        lambda: rk.k_in_train_phase(broken, 1.0, training=1),
    ]:
        with pytest.raises(sort, match=r"^'?mine"):
            call()


def test_functions_may_return_numbers_and_arrays():
    assert numbers(rk.k_map_fn(lambda row: 1, X)).tolist() == [1, 1]
    assert numbers(rk.k_map_fn(lambda row: [1.0, 2.0], X)).tolist() == [[1, 2], [1, 2]]
    assert [numbers(one).tolist() for one in rk.k_map_fn(lambda row: [row[0], np.ones(1)], X)] == [[0, 3], [[1], [1]]]
    assert numbers(rk.k_foldr(lambda carry, row: [1.0, 2.0, 3.0], X)).tolist() == [1, 2, 3]
    last, outputs, states = rk.k_rnn(
        lambda now, states: [np.ones((2, 1)), np.zeros((2, 1))], np.ones((2, 3, 1)), np.ones((2, 1))
    )
    assert (rk.k_dtype(last), outputs.shape, numbers(states[0]).tolist()) == ("float32", (2, 3, 1), [[0], [0]])
    switched = rk.k_switch([True, False], lambda: [1.0, 2.0], lambda: 0.0)
    assert numbers(switched).tolist() == [1, 0]


def test_a_branch_may_be_for_its_effect():
    variable = rk.k_variable(1)
    assert rk.k_switch(False, lambda: rk.k_update(variable, 2), lambda: None) is None
    assert rk.k_switch(True, lambda: rk.k_update(variable, 2), lambda: None) is variable
    assert rk.k_get_value(variable) == 2


# Functions of symbolic tensors


@pytest.fixture
def network():
    inputs = keras.Input((3,))
    hidden = keras.layers.Dense(4, activation="tanh")(inputs)
    outputs = keras.layers.Dense(1)(keras.layers.Dropout(0.5)(hidden))
    return keras.Model(inputs, outputs), hidden


def test_a_function_takes_a_list_of_arrays(network):
    model, hidden = network
    function = rk.k_function([model.input], [model.output, hidden])
    output, inner = function([X.astype("float64")])
    assert isinstance(output, np.ndarray)
    np.testing.assert_allclose(output, numbers(model(X)), rtol=1e-6)
    assert inner.shape == (2, 4)
    single = rk.k_function(model.input, model.output)
    np.testing.assert_allclose(single([X]), output)
    np.testing.assert_allclose(single(X), output)
    scalar = rk.k_function(list(model.inputs), [rk.k_sum(model.output)])
    assert scalar([X])[0] == pytest.approx(output.sum(), rel=1e-5)
    with pytest.raises(rk.ArgumentError, match=r"k_function\(\): the function takes a list of 1 arrays, not of 2"):
        function([X, X])
    for wrong, words in [
        (X[:, :2], r"an array of shape \(None, 3\), not one of shape \(2, 2\)"),
        ("a", 'not "a"'),
    ]:
        with pytest.raises(rk.ArgumentError, match=r"k_function\(\): the function takes .*" + words):
            function([wrong])


def test_a_function_may_have_inputs_that_are_not_used_and_outputs_that_are_inputs():
    one, other = rk.k_placeholder([None, 3]), rk.k_placeholder([None, 3])
    doubled, same = rk.k_function([other, one], [one * 2, one])([X * 0, X])
    np.testing.assert_array_equal(doubled, X * 2)
    np.testing.assert_array_equal(same, X)


def test_a_function_takes_the_phase(network):
    model, _ = network
    function = rk.k_function([model.input, rk.k_learning_phase()], [model.output])
    assert (function([X, 1])[0] != function([X, 1])[0]).any()
    np.testing.assert_array_equal(function([X, 0])[0], function([X, 0])[0])


def test_what_is_no_function_is_refused(network):
    model, _ = network
    with pytest.raises(rk.ArgumentError, match=r"k_function\(\): `outputs` cannot be computed from `inputs`"):
        rk.k_function([keras.Input((3,))], [model.output])
    with pytest.raises(rk.ArgumentError, match=r"k_function\(\): `inputs` must be a symbolic tensor"):
        rk.k_function(X, [model.output])
    with pytest.warns(RKerasWarning, match=r"k_function\(\): `updates` is not used: "):
        rk.k_function([model.input], [model.output], updates=[1])


def test_placeholders_are_inputs_of_functions():
    x, y = rk.k_placeholder(shape=[None, 3]), rk.k_placeholder(ndim=2, dtype="int32", name="indices")
    assert (x.shape, y.shape, y.dtype, y.name) == ((None, 3), (None, None), "int32", "indices")
    assert [rk.k_is_placeholder(one) for one in (x, x + 1, X)] == [True, False, False]
    function = rk.k_function([x, y], [rk.k_sum(x, axis=1) * 2, rk.k_max(y)])
    sums, largest = function([X, [[3, 4]]])
    np.testing.assert_allclose(sums, X.sum(axis=0) * 2)
    assert largest == 4
    with pytest.raises(rk.ArgumentError, match="`shape` must be given, or `ndim`"):
        rk.k_placeholder()


def by_differences(function, x, step=1e-2):
    slopes = np.zeros_like(x)
    for place in np.ndindex(*x.shape):
        apart = np.zeros_like(x)
        apart[place] = step
        slopes[place] = (function(x + apart) - function(x - apart)) / (2 * step)
    return slopes


def a_sequential_model():
    model = rk.keras_model_sequential()
    rk.layer_dense(model, 4, activation="tanh", input_shape=3)
    rk.layer_dense(model, 2, activation="tanh")
    return rk.layer_dense(model, 1)


def one_of_keras():
    return keras.Sequential([keras.Input((3,)), *(keras.layers.Dense(units) for units in (4, 2, 1))])


def a_loaded_model():
    rk.save_model_hdf5(a_sequential_model(), "model.h5")
    return rk.load_model_hdf5("model.h5")


@pytest.mark.parametrize("make", [a_sequential_model, a_loaded_model, one_of_keras])
def test_gradients_by_what_a_layer_of_a_sequential_model_puts_out(make):
    """Keras calls the layers of such a model again with each one that is added."""
    model = make()
    output, given = (model.outputs[0], model.inputs[0]) if make is one_of_keras else (model.output, model.input)
    hidden = model.layers[1].output
    by_hidden = rk.k_gradients(output, hidden)[0]
    values = rk.k_function([given], [output, by_hidden, hidden])([X])
    np.testing.assert_allclose(values[0], numbers(model(X)), rtol=1e-6)
    np.testing.assert_allclose(values[1], np.tile(model.get_weights()[4].T, (2, 1)), rtol=1e-6)
    np.testing.assert_allclose(values[2] @ model.get_weights()[4], values[0], rtol=1e-5)


def test_gradients_by_inputs_inner_tensors_and_weights(network):
    model, hidden = network
    loss = rk.k_mean(rk.k_square(model.output))
    by_input, by_hidden = rk.k_gradients(loss, [model.input, hidden])
    value = rk.k_function([model.input], [loss, by_input, by_hidden])

    def number(x):
        return float(value([x])[0])

    _, found, inner = value([X])
    np.testing.assert_allclose(found, by_differences(number, X), rtol=1e-2, atol=2e-3)
    assert inner.shape == (2, 4)
    from_hidden = rk.k_function([hidden], [loss])
    activations = numbers(keras.Model(model.input, hidden)(X))
    np.testing.assert_allclose(
        inner, by_differences(lambda h: float(from_hidden([h])[0]), activations), rtol=1e-2, atol=2e-3
    )
    kernel = model.layers[1].kernel
    slopes = rk.k_function([model.input], rk.k_gradients(loss, [kernel, model.input]))([X])
    np.testing.assert_allclose(slopes[1], found, rtol=1e-5)
    begun = numbers(kernel)

    def with_kernel(changed):
        kernel.assign(changed)
        return number(X)

    np.testing.assert_allclose(slopes[0], by_differences(with_kernel, begun), rtol=1e-2, atol=2e-3)


def test_gradients_in_a_compiled_model(network):
    model, _ = network
    (gradient,) = rk.k_gradients(rk.k_sum(model.output), model.input)
    eager = rk.k_function([model.input], gradient)([X])
    np.testing.assert_allclose(keras.Model(model.input, gradient).predict(X, verbose=0), eager, rtol=1e-5)


def test_gradients_that_cannot_be_are_refused(network):
    model, _ = network
    other = keras.Input((3,))
    with pytest.raises(
        rk.ArgumentError, match=r"k_gradients\(\): `variables` must be tensors that the loss is .* number 2"
    ):
        rk.k_gradients(model.output, [model.input, other])
    with pytest.raises(rk.ArgumentError, match=r"k_gradients\(\): `loss` must be a symbolic tensor"):
        rk.k_gradients(X, model.input)


def test_gradients_stop_and_go_on(capfd):
    given = keras.Input((3,))
    by = {
        "stopped": rk.k_gradients(rk.k_sum(rk.k_stop_gradient(given) * given), given)[0],
        "printed": rk.k_gradients(rk.k_sum(rk.k_square(rk.k_print_tensor(given))), given)[0],
        "dense": rk.k_gradients(rk.k_sum(rk.k_square(rk.k_to_dense(given))), given)[0],
        "cast": rk.k_gradients(rk.k_sum(rk.k_square(rk.k_cast(given, "float16"))), given)[0],
        "whole": rk.k_gradients(rk.k_sum(rk.k_cast(rk.k_cast(given, "int32"), "float32")), given)[0],
    }
    stopped, *squares, whole = rk.k_function([given], list(by.values()))([X])
    np.testing.assert_array_equal(stopped, X)
    np.testing.assert_array_equal(squares, [2 * X] * 3)
    np.testing.assert_array_equal(whole, 0 * X)


def test_gradients_of_what_is_drawn_are_those_of_the_draw():
    given = keras.Input((50,))
    dropped = rk.k_dropout(given, 0.5, seed=1)
    value, slopes = rk.k_function([given], [dropped, rk.k_gradients(rk.k_sum(dropped), given)[0]])([np.ones((4, 50))])
    assert set(value.ravel().tolist()) == {0, 2}
    assert set(slopes.ravel().tolist()) == {0, 2}


# What a tensor is


def test_what_is_a_tensor():
    symbolic, value, variable = keras.Input((3,)), ops.ones(3), rk.k_ones([3])
    assert [rk.k_is_tensor(one) for one in (symbolic, value, variable, X, 1, "a")] == [True] * 3 + [False] * 3
    assert [rk.k_is_keras_tensor(one) for one in (symbolic, value, X)] == [True, False, False]
    assert [rk.k_is_sparse(one) for one in (symbolic, value, X)] == [False] * 3
    assert rk.k_int_shape(symbolic) == (None, 3)
    assert rk.k_dtype(rk.k_zeros([2], dtype="int32")) == "int32"
    assert rk.k_eval(rk.k_constant(2)) == 2.0
    with pytest.raises(rk.ArgumentError, match=r"k_eval\(\): `x` must be .*k_function\(\)"):
        rk.k_eval(symbolic)


def sparse(dense):
    if keras.config.backend() == "tensorflow":
        import tensorflow as tf

        return tf.sparse.from_dense(dense)
    from jax.experimental import sparse as jax_sparse

    return jax_sparse.BCOO.fromdense(dense)


def test_sparse_tensors():
    tensor = sparse(X)
    assert rk.k_is_sparse(tensor)
    np.testing.assert_array_equal(rk.k_eval(tensor), X)
    np.testing.assert_array_equal(rk.k_eval(rk.k_to_dense(tensor)), X)
    assert rk.k_is_sparse(rk.k_placeholder([None, 3], sparse=True))


def test_labels_become_sparse_on_tensorflow():
    labels, lengths = np.array([[1, 2, 0], [3, 0, 0]]), np.array([2, 1])
    if keras.config.backend() == "jax":
        with pytest.raises(rk.ArgumentError, match=r"k_ctc_label_dense_to_sparse\(\)"):
            rk.k_ctc_label_dense_to_sparse(labels, lengths)
        return
    import tensorflow as tf

    made = rk.k_ctc_label_dense_to_sparse(labels, lengths)
    np.testing.assert_array_equal(tf.sparse.to_dense(made), labels)
    assert made.values.numpy().tolist() == [1, 2, 3]


def test_the_shape_of_a_batch_is_a_tensor_where_tensors_are_taken():
    def rows_over_columns(x):
        return x * 0 + rk.k_cast(rk.k_prod(rk.k_shape(x)), "float32") + rk.k_cast(rk.k_shape(x)[0], "float32")

    model = keras.Sequential([keras.Input((3,)), keras.layers.Lambda(rows_over_columns)])
    assert set(model.predict(X, verbose=0).ravel()) == {8.0}
    inputs = keras.Input((3,))
    mean = rk.k_sum(inputs) / rk.k_cast(rk.k_shape(inputs)[0], "float32")
    assert rk.k_function(inputs, mean)(X) == 7.5


def test_a_tensor_is_printed(capfd):
    with contextlib.suppress(AttributeError):
        rk.k_print_tensor(np.array([1.0, 2.0]), "now:")
    assert "now: [1. 2.]" in capfd.readouterr().out
    inputs = keras.Input((3,))
    model = keras.Model(inputs, rk.k_print_tensor(inputs, "inside:") * 2)
    np.testing.assert_array_equal(model.predict(X, verbose=0), X * 2)
    assert "inside:" in capfd.readouterr().out


# Files

IN_FILES = {
    "k_l2_normalize": lambda x: rk.k_l2_normalize(x, axis=2),
    "k_switch": lambda x: rk.k_switch(rk.k_greater(x, 2), x, x * 2),
    "k_batch_dot": lambda x: rk.k_batch_dot(x, x, 2),
    "k_clip": lambda x: rk.k_clip(x, 1, 3),
}
IN_NO_FILE = {
    "k_map_fn": lambda x: rk.k_map_fn(rk.k_exp, x),
    "k_foldr": lambda x: rk.k_foldr(rk.k_maximum, x),
    "k_shape": lambda x: x / rk.k_cast(rk.k_shape(x)[0], "float32"),
    "k_print_tensor": rk.k_print_tensor,
    "k_gradients": lambda x: rk.k_gradients(rk.k_sum(rk.k_square(x)), x)[0],
    "k_conv2d_transpose": lambda x: rk.k_conv2d_transpose(
        rk.k_reshape(x, [1, 1, 1, 3]), np.ones((2, 2, 1, 3)), [1, 2, 2, 1]
    ),
}


@pytest.mark.parametrize("name", IN_FILES)
def test_a_model_is_kept_in_a_file(name):
    inputs = keras.Input((3,))
    model = keras.Model(inputs, IN_FILES[name](inputs))
    model.save("model.keras")
    np.testing.assert_array_equal(keras.models.load_model("model.keras")(X), model(X))


@pytest.mark.parametrize("name", IN_NO_FILE)
def test_what_no_file_can_keep_is_not_written(name):
    inputs = keras.Input((3,))
    model = keras.Model(inputs, IN_NO_FILE[name](inputs))
    for save in (lambda: model.save("model.keras"), lambda: rk.save_model_hdf5(model, "model.h5")):
        with pytest.raises(rk.ArgumentError, match=rf"{name}\(\): a model .* cannot be kept in a file"):
            save()
    assert not Path("model.h5").exists()


# Configuration


def test_keras_own_configuration():
    assert rk.k_backend() == keras.config.backend()
    try:
        rk.k_set_epsilon(1e-3)
        rk.k_set_image_data_format("channels_first")
        rk.k_set_floatx("float16")
        assert (rk.k_epsilon(), rk.k_image_data_format(), rk.k_floatx()) == (1e-3, "channels_first", "float16")
        assert rk.k_dtype(rk.k_variable(1)) == rk.k_dtype(rk.k_abs(X.astype("float64"))) == "float16"
        assert keras.layers.Dense(1).compute_dtype == "float16"
    finally:
        rk.k_set_epsilon(1e-7)
        rk.k_set_image_data_format("channels_last")
        rk.k_set_floatx("float32")
    assert keras.layers.Dense(1).compute_dtype == "float32"
    with pytest.raises(rk.ArgumentError, match=r"k_set_floatx\(\): `floatx` must be"):
        rk.k_set_floatx("int32")


def test_float64():
    on_jax = keras.config.backend() == "jax"
    try:
        with pytest.warns(RKerasWarning, match="JAX_ENABLE_X64") if on_jax else contextlib.nullcontext():
            rk.k_set_floatx("float64")
        assert rk.k_dtype(rk.k_variable(1.0).value) == ("float32" if on_jax else "float64")
    finally:
        rk.k_set_floatx("float32")


def test_a_policy_of_ones_own_stays():
    keras.config.set_dtype_policy("mixed_float16")
    try:
        rk.k_set_floatx("float16")
        assert keras.config.dtype_policy().name == "mixed_float16"
    finally:
        rk.k_set_floatx("float32")
        keras.config.set_dtype_policy("float32")


def test_names_are_numbered():
    rk.k_reset_uids()
    assert [rk.k_get_uid("a"), rk.k_get_uid("a"), rk.k_get_uid("b"), rk.k_get_uid()] == [1, 2, 1, 1]
    rk.k_clear_session()
    assert rk.k_get_uid("a") == 1


@pytest.mark.parametrize(
    "call",
    [rk.k_get_session, lambda: rk.k_set_session(None), lambda: rk.k_manual_variable_initialization(True)],
)
def test_what_was_of_sessions_warns(call):
    with pytest.warns(RKerasWarning, match="in Keras 3"):
        assert call() is None


# Errors

BAD_CALLS = {
    "an axis too many": (
        lambda: rk.k_sum(X, axis=3),
        "k_sum(): `axis` must be the number of an axis, 1 to 2, or from -1 backwards, not 3.",
    ),
    "an axis of 0": (
        lambda: rk.k_sum(X, axis=[1, 0]),
        "k_sum(): `axis` must be the number of an axis, counted from 1, or from -1 backwards, or a vector",
    ),
    "shapes that do not go together": (
        lambda: rk.k_dot(X, X),
        "k_dot(): it does not work with `x` of shape (2, 3) and `y` of shape (2, 3): ",
    ),
    "a shape of another size": (
        lambda: rk.k_reshape(X, [4, 2]),
        "k_reshape(): it does not work with `x` of shape (2, 3): ",
    ),
    "samples that are not as many": (
        lambda: rk.k_batch_dot(X, np.ones((3, 3)), None),
        "k_batch_dot(): `y` must be a tensor that goes with `x` of shape (2, 3)",
    ),
    "one number for two axes": (
        lambda: rk.k_tile(X, 2),
        "k_tile(): `n` must be a vector of 2 whole numbers, one for each axis, not [2].",
    ),
    "a row that is not there": (
        lambda: rk.k_gather(X, 3),
        "k_gather(): `indices` must be numbers of rows, at most 2, not 3.",
    ),
    "a row of 0": (
        lambda: rk.k_gather(X, 0),
        "k_gather(): `indices` must be numbers of rows, counted from 1, or a tensor of such numbers, counted from 0",
    ),
    "a type that is none": (
        lambda: rk.k_cast(X, "float23"),
        'k_cast(): `dtype` must be a type as "float32" or "int32", not "float23". Did you mean "float32"',
    ),
    "words": (lambda: rk.k_exp("a"), 'k_exp(): `x` must be a tensor, an array or a number, not "a".'),
    "an output_shape of no convolution": (
        lambda: rk.k_conv2d_transpose(np.ones((1, 4, 4, 1)), np.ones((3, 3, 1, 1)), [1, 9, 9, 1]),
        "k_conv2d_transpose(): `output_shape` must be a shape of which a convolution makes that of `x`",
    ),
    "a vector to repeat": (lambda: rk.k_repeat([1.0, 2.0], 2), "k_repeat(): `x` must be a matrix, not"),
    "an axis of the classes": (
        lambda: rk.k_sparse_categorical_crossentropy([0, 1], X, axis=3),
        "k_sparse_categorical_crossentropy(): `axis` must be the number of an axis, 1 to 2, or from -1 backwards",
    ),
    "a tensor of too few axes": (
        lambda: rk.k_temporal_padding(X),
        "k_temporal_padding(): it does not work with `x` of shape (2, 3): `pad_width` must have",
    ),
    "a step that returns one thing": (
        lambda: rk.k_rnn(lambda x, states: x, np.ones((1, 2, 3)), [np.zeros((1, 3))]),
        "k_rnn(): `step_function` must be a function that returns a list: the output, a list of states, not ",
    ),
    "branches of two shapes": (
        lambda: rk.k_switch([True, False], np.ones(2), np.ones(3)),
        "k_switch(): it does not work with `condition` of shape (2), `then_expression` of shape (2) and",
    ),
    "a branch that returns nothing": (
        lambda: rk.k_switch([True, False], lambda: None, 1.0),
        "k_switch(): `then_expression` must be a function that returns a tensor, an array or a number, not None.",
    ),
    "a phase of words": (
        lambda: rk.k_in_train_phase(lambda: "a", 1.0, training=1),
        'k_in_train_phase(): `x` must be a function that returns a tensor, an array or a number, not "a".',
    ),
    "a function that returns nothing": (
        lambda: rk.k_map_fn(lambda row: None, X),
        "k_map_fn(): `fn` must be a function that returns a tensor, an array or a number, not None.",
    ),
    "nothing to go through": (
        lambda: rk.k_map_fn(lambda row: row, 1.0),
        "k_map_fn(): `elems` must be a tensor with an axis, not",
    ),
    "a fold that changes its shape": (
        lambda: rk.k_foldl(lambda carry, row: carry[:2], X),
        "k_foldl(): it does not work with `elems` of shape (2, 3): ",
    ),
    "a mask of other steps": (
        lambda: rk.k_rnn(lambda x, states: (x, [x]), np.ones((2, 3, 1)), [np.ones((2, 1))], mask=np.ones((2, 4))),
        "k_rnn(): it does not work with `inputs` of shape (2, 3, 1) and `mask` of shape (2, 4): ",
    ),
    "rows of a number": (
        lambda: rk.k_gather(5.0, 1),
        "k_gather(): `reference` must be a tensor with an axis, not",
    ),
    "fewer axes than none": (
        lambda: rk.k_placeholder(ndim=-1),
        "k_placeholder(): `ndim` must be a whole number >= 0 or None, not -1.",
    ),
    "values of what has none": (
        lambda: rk.k_batch_get_value([ops.ones(1), keras.Input((3,))]),
        "k_batch_get_value(): `ops` must be variables, or tensors that have values (see k_function()), not an object",
    ),
    "channels that do not go together": (
        lambda: rk.k_conv2d(np.ones((1, 4, 4, 3)), np.ones((2, 2, 2, 1))),
        "k_conv2d(): it does not work with `x` of shape (1, 4, 4, 3) and `kernel` of shape (2, 2, 2, 1): "
        + ("The number of input channels" if keras.config.backend() == "jax" else "Depth of input (3) is not"),
    ),
    "no variable": (lambda: rk.k_update(1.0, 2.0), "k_update(): `x` must be a Keras variable, not 1.0."),
    "a padding that is none": (
        lambda: rk.k_pool2d(np.ones((1, 4, 4, 1)), 2, padding="causal"),
        'k_pool2d(): `padding` must be one of "valid" or "same", not "causal".',
    ),
}


@pytest.mark.parametrize("case", BAD_CALLS)
def test_an_error_names_function_and_argument(case):
    call, message = BAD_CALLS[case]
    with pytest.raises(rk.ArgumentError) as caught:
        call()
    assert str(caught.value).startswith(message)
    assert "{{" not in str(caught.value)


def test_the_axis_of_the_classes_is_that_of_the_predictions():
    p = np.array([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6]])
    np.testing.assert_allclose(
        numbers(rk.k_sparse_categorical_crossentropy([0, 2], p, axis=2)), -np.log([0.7, 0.6]), rtol=1e-5
    )


def test_what_r_has_is_taken_as_tensors():
    assert numbers(rk.k_abs(-2)).tolist() == 2
    assert rk.k_dtype(rk.k_abs([-1.5, 2.0])) == "float32"
    assert numbers(rk.k_sum([[1.0, 2.0], [3.0, 4.0]], axis=2.0)).tolist() == [3.0, 7.0]
    assert numbers(rk.k_concatenate([[1.0], ops.ones(1)])).tolist() == [1.0, 1.0]
    assert numbers(rk.k_maximum(ops.cast(X, "float16"), 2.5)).dtype == "float16"
    assert numbers(rk.k_pow(np.array([2, 3]), 2.0)).tolist() == [4, 9]


def test_convolutions_of_no_samples_are_none():
    assert rk.k_conv2d(np.ones((0, 4, 4, 2)), np.ones((2, 2, 2, 3))).shape[0] == 0
    assert rk.k_conv1d(np.ones((0, 4, 2)), np.ones((2, 2, 3))).shape[0] == 0


def test_names_say_that_they_are_not_used():
    with pytest.warns(RKerasWarning, match=r"k_identity\(\): `name` is not used: "):
        rk.k_identity(X, name="mine")


def test_every_backend_function_has_r_keras_arguments():
    for name in rk.__all__:
        if name.startswith("k_"):
            assert inspect.getdoc(getattr(rk, name)).count("Source:\n    R keras 2.") == 1


def test_all_functions_are_tested():
    """What is in no row of the table is here, by its name."""
    here = Path(__file__).read_text("utf-8")
    rows = {row.name for row in backend_rows.ROWS}
    missing = [name for name in rk.__all__ if name.startswith("k_") and name not in rows and f"{name}" not in here]
    assert missing == []


def test_an_argument_given_by_its_name_stays_in_its_place():
    """What is left out in between does not move it."""
    x = np.arange(6.0).reshape(2, 3)
    assert tuple(rk.k_sum(x, keepdims=True).shape) == (1, 1)
    assert float(np.squeeze(rk.k_prod(x + 1, keepdims=True))) == 720
