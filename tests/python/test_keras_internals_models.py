"""The same of models and applications."""

import keras
import pytest

from rkeras_py import keras_internals as internals


def test_densenet():
    options = {"weights": None, "include_top": False, "input_shape": (32, 32, 3)}
    assert internals.DenseNet(blocks=[1, 1, 1, 1], **options).output.shape == (None, 1, 1, 68)


def test_nasnet():
    options = {"weights": None, "include_top": False, "input_shape": (32, 32, 3), "num_blocks": 1}
    model = internals.NASNet(penultimate_filters=96, stem_block_filters=4, skip_reduction=False, **options)
    assert model.output.shape[-1] == 96


def test_calls_of():
    one, other = keras.Input((2,)), keras.Input((2,))
    layer = keras.layers.Add()
    output = layer([one, other])
    (inputs, outputs), *_ = internals.calls_of(layer)
    assert [id(tensor) for tensor in inputs] == [id(one), id(other)]
    assert outputs[0] is output


def test_sources_in():
    one, other = keras.Input((2,)), keras.Input((2,))
    halves = keras.ops.split(one, 2, axis=1)
    both = keras.layers.Concatenate()([halves[1], other])
    calls = internals.sources_in(keras.Model([one, other], both))
    split, joined = halves[0]._keras_history.operation, both._keras_history.operation
    inputs = [each._keras_history.operation for each in (one, other)]
    assert calls == [(split, [(inputs[0], 0)]), (joined, [(split, 1), (inputs[1], 0)])]


def test_mask_of():
    embedded = keras.layers.Embedding(3, 2, mask_zero=True)(keras.Input((4,)))
    assert internals.mask_of(embedded).shape == (None, 4)
    assert internals.mask_of(keras.Input((4,))) is None


@pytest.fixture
def nested():
    inner = keras.Sequential([keras.Input((2,)), keras.layers.BatchNormalization()])
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(2), inner])


def test_layers_within(nested):
    kinds = {type(layer).__name__ for layer in internals.layers_within(nested)}
    assert {"Sequential", "Dense", "BatchNormalization"} <= kinds


def test_set_trainable_and_trainable_of_variables(nested):
    dense = nested.layers[0]
    kept = internals.trainable_of_variables(dense)
    assert list(kept.values()) == [True, True]
    internals.set_trainable(dense, False, {})
    assert dense.trainable_weights == []
    assert [one.trainable for one in dense.weights] == [False, False]
    assert len(nested.trainable_weights) == 2
    internals.set_trainable(dense, True, {**kept, id(dense.bias): False})
    assert [id(one) for one in dense.trainable_weights] == [id(dense.kernel)]


@pytest.mark.tensorflow
def test_set_trainable_is_still_needed(nested):
    nested.layers[0].trainable = False
    nested.trainable = True
    assert not nested.layers[0].trainable, "freezing.py can set `trainable` itself"


def test_compilation(nested):
    nested.compile("sgd", "mse")
    first = internals.compilation(nested)
    assert internals.compilation(nested) is first
    nested.compile("sgd", "mse")
    assert internals.compilation(nested) is not first
