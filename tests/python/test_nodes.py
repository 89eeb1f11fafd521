"""get_input_at() and its family."""

import keras
import numpy as np
import pytest

import rkeras_py as rk


@pytest.fixture
def shared():
    """A layer that is called on two inputs."""
    layer = rk.layer_dense(units=4)
    inputs = rk.layer_input([2]), rk.layer_input([5, 2])
    return layer, inputs, [layer(one) for one in inputs]


def test_each_call_has_its_tensors_and_shapes(shared):
    layer, inputs, outputs = shared
    for number in (1, 2):
        assert rk.get_input_at(layer, number) is inputs[number - 1]
        assert rk.get_output_at(layer, number) is outputs[number - 1]
    assert rk.get_input_shape_at(layer, 2) == (None, 5, 2)
    assert rk.get_output_shape_at(layer, 2) == (None, 5, 4)


def test_several_tensors_are_a_list():
    one, other = rk.layer_input([2]), rk.layer_input([2])
    layer = keras.layers.Add()
    layer([one, other])
    assert [id(tensor) for tensor in rk.get_input_at(layer, 1)] == [id(one), id(other)]
    assert rk.get_input_shape_at(layer, 1) == [(None, 2), (None, 2)]


def test_an_input_is_its_own_output():
    tensor = rk.layer_input([2])
    layer = rk.keras_model(tensor, rk.layer_dense(tensor, 1)).layers[0]
    assert rk.get_input_at(layer, 1) is rk.get_output_at(layer, 1) is tensor


def test_the_tensors_of_a_model_are_its_own():
    model = rk.layer_dense(rk.layer_dense(rk.keras_model_sequential(), 3, input_shape=[2]), 1)
    assert rk.get_input_at(model, 1) is model.input
    assert rk.get_output_shape_at(model, 1) == (None, 1)


def test_masks():
    start = rk.layer_input([4])
    embedding = keras.layers.Embedding(5, 2, mask_zero=True)
    lstm = keras.layers.LSTM(3)
    model = keras.Model(start, lstm(embedding(start)))
    assert rk.get_input_mask_at(embedding, 1) is None
    mask = rk.get_output_mask_at(embedding, 1)
    assert rk.get_input_mask_at(lstm, 1) is mask
    assert rk.get_output_mask_at(lstm, 1) is None
    computed = keras.Model(model.input, mask).predict(np.array([[1, 0, 2, 0]]), verbose=0)
    assert computed.tolist() == [[True, False, True, False]]


@pytest.mark.parametrize("name", ["input", "output", "input_shape", "output_shape", "input_mask", "output_mask"])
def test_a_call_that_was_not_is_refused(name, shared):
    function = getattr(rk, f"get_{name}_at")
    with pytest.raises(rk.ArgumentError, match=r"the number of a call; the layer \w+ was called 2 times, not 3"):
        function(shared[0], 3)
    with pytest.raises(rk.ArgumentError, match="`node_index` must be a whole number >= 1, not 0"):
        function(shared[0], 0)
    with pytest.raises(rk.ArgumentError, match="was not called yet"):
        function(rk.layer_dense(units=1), 1)
