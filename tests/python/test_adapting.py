"""What layers learn of data is what those of Keras 2 learn; vocabularies are given, asked for and saved."""

import keras
import numpy as np
import pytest

import rkeras_py as rk

pytest.importorskip("tensorflow")
tf_keras = pytest.importorskip("tf_keras")

RANDOM = np.random.default_rng(0)
NUMBERS = RANDOM.normal(size=(500, 3)).astype("float32")
TEXT = ["The cat, the CAT!", "a dog and a cat", "狗 🐕 dog"]
WORDS = np.array([["cat", "dog"], ["cow", "cat"], ["猫", "cat"]])


def array(tensor):
    return np.asarray(tensor.numpy() if hasattr(tensor, "numpy") else tensor)


# With another epsilon the plain layer of Keras 3 has other boundaries.
@pytest.mark.parametrize("arguments", [{}, {"epsilon": 0.1}, {"epsilon": 0.3}])
@pytest.mark.parametrize("batch_size", [None, 7, 100])
def test_boundaries_are_those_of_keras_2(arguments, batch_size):
    layer = rk.adapt(rk.layer_discretization(num_bins=4, **arguments), NUMBERS, batch_size=batch_size)
    legacy = tf_keras.layers.Discretization(num_bins=4, **arguments)
    legacy.adapt(NUMBERS, batch_size=batch_size)
    np.testing.assert_allclose(layer.bin_boundaries, legacy.bin_boundaries, rtol=1e-6)
    np.testing.assert_array_equal(array(layer(NUMBERS)), array(legacy(NUMBERS)))


@pytest.mark.parametrize(("ours", "theirs"), [(-1, -1), (None, None), (2, 1), ([2, 3], (1, 2))])
@pytest.mark.parametrize("batch_size", [None, 6])
def test_means_and_variances_are_those_of_keras_2(ours, theirs, batch_size):
    x = NUMBERS[:480].reshape(-1, 4, 3) * [1, 2, 3] + 5
    layer, legacy = rk.layer_normalization(axis=ours), tf_keras.layers.Normalization(axis=theirs)
    rk.adapt(layer, x, batch_size=batch_size)
    legacy.adapt(x, batch_size=batch_size)
    np.testing.assert_allclose(array(layer(x)), array(legacy(x)), rtol=1e-4, atol=1e-5)


def test_data_of_batches_and_steps():
    layer = rk.adapt(rk.layer_normalization(), [NUMBERS[:4].tolist()][0])
    again = rk.adapt(rk.layer_normalization(), iter([NUMBERS[:2], NUMBERS[2:4], NUMBERS[4:]]), steps=2)
    np.testing.assert_allclose(array(layer.mean), array(again.mean), rtol=1e-5)
    np.testing.assert_allclose(array(layer.mean)[0], NUMBERS[:4].mean(axis=0), rtol=1e-5)
    rk.adapt(layer, NUMBERS)  # what it learnt before is forgotten
    np.testing.assert_allclose(array(layer.mean)[0], NUMBERS.mean(axis=0), rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("mode", ["int", "multi_hot", "count", "tf_idf", "tf-idf"])
def test_words_are_numbered_as_in_keras_2(mode):
    theirs = mode.replace("-", "_")
    layer, legacy = rk.layer_string_lookup(output_mode=mode), tf_keras.layers.StringLookup(output_mode=theirs)
    rk.adapt(layer, WORDS)
    legacy.adapt(WORDS)
    assert rk.get_vocabulary(layer) == legacy.get_vocabulary()
    ours, theirs = array(layer(WORDS)), array(legacy(WORDS))
    np.testing.assert_allclose(ours, theirs, rtol=1e-6)
    assert ours.dtype.kind == theirs.dtype.kind  # floats, where they are no numbers of words: a dense layer takes them


@pytest.mark.parametrize("mode", ["int", "multi_hot", "count", "tf_idf"])
def test_whole_numbers_are_numbered_as_in_keras_2(mode):
    x = np.array([[3, 4], [4, 5], [4, 90]])
    layer, legacy = rk.layer_integer_lookup(output_mode=mode), tf_keras.layers.IntegerLookup(output_mode=mode)
    rk.adapt(layer, x)
    legacy.adapt(x)
    assert rk.get_vocabulary(layer) == legacy.get_vocabulary()
    assert rk.get_vocabulary(layer, include_special_tokens=False) == legacy.get_vocabulary(include_special_tokens=False)
    np.testing.assert_allclose(array(layer(x)), array(legacy(x)), rtol=1e-6)
    assert array(layer(x)).dtype.kind == array(legacy(x)).dtype.kind


@pytest.mark.parametrize("arguments", [{}, {"output_mode": "tf_idf"}, {"ngrams": 2, "max_tokens": 6}])
def test_texts_are_those_of_keras_2(arguments):
    layer, legacy = rk.layer_text_vectorization(**arguments), tf_keras.layers.TextVectorization(**arguments)
    rk.adapt(layer, TEXT)
    legacy.adapt(TEXT)
    assert rk.get_vocabulary(layer) == [str(word) for word in legacy.get_vocabulary()]
    assert all(type(word) is str for word in rk.get_vocabulary(layer))
    np.testing.assert_allclose(array(layer(np.array(TEXT))), array(legacy(np.array(TEXT))), rtol=1e-6)


def test_a_vocabulary_of_ones_own():
    layer = rk.set_vocabulary(rk.layer_string_lookup(), ["b", "a"])
    assert array(layer(np.array(["a", "c", "b"]))).tolist() == [2, 0, 1]
    assert rk.get_vocabulary(rk.set_vocabulary(layer, vocab=["c"])) == ["[UNK]", "c"]
    weighed = rk.set_vocabulary(rk.layer_string_lookup(output_mode="tf_idf"), ["a", "b"], idf_weights=[2.0, 4.0])
    assert array(weighed(np.array([["b", "b", "a"]]))).tolist() == [[0, 2, 8]]


@pytest.mark.tensorflow  # the others have no tensors of strings
@pytest.mark.parametrize("file", ["m.keras", "m.h5"])
def test_a_model_keeps_the_vocabulary_that_its_layer_has_learnt(file):
    layer = rk.adapt(rk.layer_text_vectorization(output_mode="tf_idf"), TEXT)
    inputs = rk.layer_input(shape=[1], dtype="string")
    model = rk.keras_model(inputs, rk.layer_dense(layer(inputs), 2))
    rk.save_model_hdf5(model, file) if file == "m.h5" else model.save(file)
    x = keras.ops.convert_to_tensor(np.array(TEXT)[:, None])
    np.testing.assert_array_equal(keras.models.load_model(file)(x), model(x))


def test_what_has_nothing_to_learn_is_refused():
    for function, arguments in ((rk.adapt, [NUMBERS]), (rk.set_vocabulary, ["a"]), (rk.get_vocabulary, [])):
        with pytest.raises(rk.ArgumentError, match="`object` must be a layer "):
            function(rk.layer_dense(units=2), *arguments)
    with pytest.raises(rk.ArgumentError, match="`data` must be strings, an array, or a data set"):
        rk.adapt(rk.layer_normalization(), 3)
