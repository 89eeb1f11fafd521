"""get_layer(), pop_layer(), count_params(), clone_model(): what a model consists of."""

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.language.notices import RKerasWarning


@pytest.fixture
def functional():
    """Two inputs, three dense layers, names made up by Keras."""
    keras.utils.clear_session()
    left, right = rk.layer_input([2]), rk.layer_input([2])
    joined = rk.layer_concatenate([rk.layer_dense(left, 3), rk.layer_dense(right, 3)])
    return rk.keras_model([left, right], rk.layer_dense(joined, 1))


def test_layers_are_numbered_from_1_and_backwards(build):
    model = build()
    assert rk.get_layer(model, index=1) is model.layers[0]
    assert rk.get_layer(model, index=2.0) is model.layers[1]
    assert rk.get_layer(model, index=-1) is model.layers[-1]
    assert rk.get_layer(model, model.layers[1].name) is model.layers[1]


def test_the_inputs_of_a_functional_model_count(functional):
    assert isinstance(rk.get_layer(functional, index=1), keras.layers.InputLayer)
    assert rk.get_layer(functional, index=6) is functional.layers[-1]


def test_names_of_keras_2_are_found(functional):
    assert rk.get_layer(functional, "input_1") is functional.layers[0]
    assert rk.get_layer(functional, "input_2") is functional.layers[1]
    assert rk.get_layer(functional, "dense_2") is functional.layers[-1]  # Keras 3 has a layer of this name
    with pytest.warns(RKerasWarning, match='there is no layer "dense_3"; "dense_2" is taken, as Keras 2.2.4 numbered'):
        assert rk.get_layer(functional, "dense_3") is functional.layers[-1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"index": 0}, "`index` must be a number counted from 1, or from -1 backwards or None, not 0"),
        ({"index": 3}, "`index` must be the number of a layer: .* has 2 layers, not 3"),
        ({"index": -3}, "has 2 layers, not -3"),
        ({"name": "dense_99"}, '`name` must be the name of a layer: .*, not "dense_99"'),
        ({"name": "lstm_1"}, '`name` must be the name of a layer: .*, not "lstm_1"'),
        ({}, "`name` must be given, or `index`, not None"),
        ({"name": "a", "index": 1}, "`index` must be left out where `name` is given, not 1"),
    ],
)
def test_layers_that_are_not_there_are_refused(arguments, message, build):
    with pytest.raises(rk.ArgumentError, match=rf"^get_layer\(\): .*{message}"):
        rk.get_layer(build(), **arguments)


def test_a_layer_is_popped_and_another_one_trained(data):
    model = rk.layer_dense(rk.layer_dense(rk.keras_model_sequential(), 4, input_shape=[3]), 2)
    first = model.layers[0]
    assert rk.pop_layer(model) is None
    assert model.layers == [first]
    assert model.output_shape == (None, 4)
    rk.layer_dense(model, 1, activation="sigmoid")
    rk.compile(model, "sgd", "binary_crossentropy")
    before = first.get_weights()[0]
    rk.fit(model, *data, epochs=1, verbose=0)
    assert not np.array_equal(before, first.get_weights()[0])
    rk.pop_layer(model)
    rk.pop_layer(model)
    with pytest.raises(rk.ArgumentError, match="a sequential model with at least one layer"):
        rk.pop_layer(model)


def test_parameters_are_counted(build):
    model = build()
    assert rk.count_params(model) == 3 * 4 + 4 + 4 + 1
    assert rk.count_params(model.layers[0]) == 16
    with pytest.raises(rk.ArgumentError, match="give it an input shape"):
        rk.count_params(rk.layer_dense(units=2))


def test_a_clone_has_weights_of_its_own_and_is_not_compiled(build, data):
    model = build()
    clone = rk.clone_model(model)
    assert model.compiled
    assert not clone.compiled
    assert [layer.units for layer in clone.layers] == [4, 1]
    assert not np.array_equal(clone.get_weights()[0], model.get_weights()[0])
    rk.compile(clone, "sgd", "binary_crossentropy")
    kept = model.get_weights()[0]
    rk.fit(clone, *data, epochs=1, verbose=0)
    np.testing.assert_array_equal(model.get_weights()[0], kept)


def test_a_clone_can_begin_with_a_tensor_and_have_other_layers(functional):
    model = rk.keras_model(start := rk.layer_input([2]), rk.layer_dense(start, 3))
    input = rk.layer_input([2])
    for tensors in (input, [input]):
        assert rk.clone_model(model, input_tensors=tensors).inputs[0] is input

    def wider(layer):
        return (
            rk.layer_dense(units=7) if isinstance(layer, keras.layers.Dense) else layer.from_config(layer.get_config())
        )

    assert rk.clone_model(model, clone_function=wider).output_shape == (None, 7)
