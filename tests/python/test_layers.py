"""Layers: where they go, what they begin with, and that they compute what Keras 2 computed."""

import keras
import numpy as np
import pytest
from layer_tables import rows_by_name
from layer_tables.comparing import dtype_of, shape_of

import rkeras_py as rk

ON_JAX = keras.config.backend() == "jax"
# The first row of each layer in the tables, of those that are called on one tensor.
ROWS = {
    name: rows[0]
    for name, rows in rows_by_name().items()
    if not (isinstance(rows[0].inputs, list | dict) or rows[0].inside or (ON_JAX and rows[0].on_jax))
}


def input_of(row):
    return keras.Input(batch_shape=shape_of(row, row.inputs), dtype=dtype_of(row.inputs))


@pytest.mark.parametrize("name", ROWS)
def test_a_layer_is_added_called_or_returned(name):
    row, function = ROWS[name], getattr(rk, name)
    model = keras.Sequential([input_of(row)])
    assert function(model, **row.options(rk)) is model
    assert len(model.layers) == 1
    called = function(input_of(row), **row.options(rk))
    assert isinstance(called, keras.KerasTensor)
    bare = function(**row.options(rk))
    assert isinstance(bare, keras.layers.Layer)
    assert called.shape[1:] == model.output_shape[1:] == keras.Sequential([input_of(row), bare]).output_shape[1:]
    assert isinstance(function(None, **row.options(rk)), type(bare))


@pytest.mark.parametrize("arguments", [{"input_shape": [3]}, {"input_shape": 3.0}, {"batch_input_shape": [None, 3]}])
def test_the_first_layer_says_what_comes_in(arguments):
    model = rk.keras_model_sequential()
    rk.layer_dense(model, units=2, **arguments)
    assert model.input_shape == (None, 3)
    listed = rk.keras_model_sequential([rk.layer_dense(units=2, **arguments), rk.layer_dense(units=1)])
    assert (listed.input_shape, listed.output_shape) == ((None, 3), (None, 1))


def test_a_bare_layer_takes_its_input_shape_into_a_plain_model():
    assert keras.Sequential([rk.layer_dense(units=2, input_shape=[3])]).input_shape == (None, 3)


def test_a_fixed_batch_makes_a_stateful_lstm():
    model = rk.keras_model_sequential([rk.layer_lstm(units=2, batch_input_shape=[1, 4, 3], stateful=True)])
    assert model.input_shape == (1, 4, 3)
    same = rk.keras_model_sequential()
    rk.layer_lstm(same, units=2, input_shape=[4, 3], batch_size=1, stateful=True)
    assert same.input_shape == (1, 4, 3)


def test_an_embedding_says_what_comes_in_by_input_length():
    model = rk.keras_model_sequential()
    rk.layer_dense(rk.layer_flatten(rk.layer_embedding(model, 10, 4, input_length=5)), 1)
    assert (model.input_shape, model.output_shape) == ((None, 5), (None, 1))
    assert model.input_dtype == "int32"
    any_length = rk.layer_embedding(rk.keras_model_sequential(), 10, 4)
    assert any_length.input_shape == (None, None)


def test_weights_are_there_from_the_beginning():
    kernel, bias = np.full((3, 2), 0.5, "float32"), np.ones(2, "float32")
    model = rk.keras_model_sequential([rk.layer_dense(units=2, weights=[kernel, bias])])
    assert not model.built
    model.build((None, 3))
    np.testing.assert_array_equal(model.get_weights()[0], kernel)
    assert model.predict(np.ones((1, 3)), verbose=0).tolist() == [[2.5, 2.5]]
    with pytest.raises(ValueError, match="shape"):
        rk.layer_dense(keras.Input((3,)), units=2, weights=[bias, kernel])


def test_a_default_that_is_given_draws_no_other_seed():
    kernels = []
    for arguments in ({}, {"kernel_initializer": "glorot_uniform", "bias_initializer": "zeros"}):
        keras.utils.set_random_seed(1)
        kernels.append(rk.layer_dense(rk.keras_model_sequential(), 2, input_shape=[3], **arguments).get_weights()[0])
    np.testing.assert_array_equal(*kernels)


def test_trainable_and_names():
    model = rk.keras_model_sequential(name="mine")
    rk.layer_dense(model, units=2, input_shape=[3], name="first", trainable=False)
    assert (model.name, model.layers[0].name, model.trainable_weights) == ("mine", "first", [])


def test_what_a_layer_cannot_be_added_to_is_refused():
    with pytest.raises(rk.ArgumentError, match="`object` must be a sequential model, a tensor, or missing, not 32"):
        rk.layer_dense(32, units=2)
    functional = rk.keras_model(inputs := rk.layer_input(shape=[3]), rk.layer_dense(inputs, units=1))
    with pytest.raises(rk.ArgumentError, match="not an object of class Functional"):
        rk.layer_dense(functional, units=2)


@pytest.mark.parametrize("file", ["m.h5", "m.keras"])
def test_the_hard_sigmoid_of_keras_2_loads_in_plain_keras(file):
    model = rk.keras_model_sequential([rk.layer_lstm(units=4, input_shape=[8, 3]), rk.layer_dense(units=1)])
    model.save(file)
    x = np.random.default_rng(3).normal(size=(6, 8, 3)).astype("float32")
    np.testing.assert_array_equal(keras.models.load_model(file).predict(x, verbose=0), model.predict(x, verbose=0))
    assert len(model.get_weights()) == 5


def test_tensors_are_joined_and_added():
    one, two = rk.layer_input(shape=[2, 3]), rk.layer_input(shape=[2, 3])
    model = rk.keras_model(
        [one, two], [rk.layer_concatenate([one, two], axis=1, name="both"), rk.layer_add([one, two])]
    )
    x = np.arange(6.0).reshape(1, 2, 3)
    joined, added = model.predict([x, 2 * x], verbose=0)
    np.testing.assert_array_equal(joined, np.concatenate([x, 2 * x], axis=1))
    np.testing.assert_array_equal(added, 3 * x)
    assert "both" in [layer.name for layer in model.layers]


def test_models_of_several_inputs_and_outputs():
    one, two = rk.layer_input(shape=[3], name="one"), rk.layer_input(shape=[2], name="two")
    outputs = {"sum": rk.layer_dense(one, 1), "product": rk.layer_dense(two, 2)}
    model = rk.keras_model(inputs=[one, two], outputs=outputs)
    assert {name: tuple(output.shape) for name, output in model.output.items()} == {
        "sum": (None, 1),
        "product": (None, 2),
    }


def test_a_layer_that_does_not_fit_leaves_the_model_as_it_was():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    x = np.ones((4, 3), "float32")
    expected = np.asarray(model(x))
    with pytest.raises(ValueError, match="incompatible"):
        rk.layer_conv_2d(model, filters=2, kernel_size=3)
    with pytest.raises(ValueError, match="weight"):
        rk.layer_dense(model, units=2, weights=[np.ones((5, 5))])
    assert len(model.layers) == 1
    np.testing.assert_array_equal(np.asarray(model(x)), expected)
    rk.layer_dense(model, units=7)
    assert model.output_shape == (None, 7)


def test_a_first_layer_that_does_not_fit_its_own_input_leaves_an_empty_model():
    model = rk.keras_model_sequential()
    with pytest.raises(ValueError, match="incompatible"):
        rk.layer_conv_2d(model, filters=2, kernel_size=3, input_shape=[3])
    assert model.get_config()["layers"] == []
    rk.layer_dense(model, units=7, input_shape=[3])
    assert model.output_shape == (None, 7)


def test_weights_of_layers_that_fit_builds():
    weights = [np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), np.array([7.0, 8.0])]
    model = rk.keras_model_sequential([rk.layer_dense(units=2, weights=weights), rk.layer_dense(units=1)])
    rk.compile(model, rk.optimizer_sgd(lr=0), "mse")
    rk.fit(model, np.ones((4, 3)), np.ones((4, 1)), epochs=1, verbose=0)
    for begun, given in zip(model.layers[0].get_weights(), weights, strict=True):
        np.testing.assert_array_equal(begun, given)


@pytest.mark.parametrize("function", [rk.layer_simple_rnn, rk.layer_gru, rk.layer_lstm])
def test_a_stateful_layer_goes_on_where_the_batch_before_ended(function):
    x = np.random.default_rng(0).normal(size=(2, 6, 3)).astype("float32")
    kept = rk.keras_model_sequential([function(units=4, batch_input_shape=[2, 3, 3], stateful=True)])
    whole = rk.keras_model_sequential([function(units=4, input_shape=[6, 3])])
    whole.set_weights(kept.get_weights())
    first = kept.predict(x[:, :3], batch_size=2, verbose=0)
    np.testing.assert_allclose(kept.predict(x[:, 3:], batch_size=2, verbose=0), whole.predict(x, verbose=0), atol=1e-6)
    assert rk.reset_states(kept) is kept
    np.testing.assert_allclose(kept.predict(x[:, :3], batch_size=2, verbose=0), first, atol=1e-6)
    with pytest.raises(rk.ArgumentError, match=r"^reset_states\(\): `object` must be .* `stateful`"):
        rk.reset_states(function(units=4))


def test_feature_columns_are_refused_with_what_there_is_instead():
    with pytest.raises(rk.ArgumentError, match=r"^layer_dense_features\(\): .* layer_string_lookup\(\).*FeatureSpace"):
        rk.layer_dense_features(feature_columns=[1])
