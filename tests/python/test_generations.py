"""Arguments of two generations: those that R keras 2.15.0 added do what they did on Keras 2."""

import warnings

import keras
import numpy as np
import pytest

import rkeras_py as rk

RANDOM = np.random.default_rng(5)
SERIES = RANDOM.normal(size=(4, 8, 6)).astype("float32")
IMAGES = RANDOM.normal(size=(4, 8, 7, 6)).astype("float32")
# R function, arguments that both generations have and those of the second, class of tf_keras, samples.
ADDED = [
    ("layer_conv_1d", {"filters": 4, "kernel_size": 3}, {"groups": 2}, "Conv1D", SERIES),
    ("layer_conv_2d", {"filters": 4, "kernel_size": 3}, {"groups": 2}, "Conv2D", IMAGES),
    ("layer_max_pooling_1d", {}, {"data_format": "channels_last"}, "MaxPooling1D", SERIES),
    ("layer_max_pooling_1d", {}, {"data_format": "channels_first"}, "MaxPooling1D", SERIES),
    ("layer_global_max_pooling_1d", {}, {"keepdims": True}, "GlobalMaxPooling1D", SERIES),
    ("layer_batch_normalization", {}, {"synchronized": True}, "BatchNormalization", SERIES),
]


@pytest.mark.tensorflow
@pytest.mark.parametrize(("name", "arguments", "added", "sort", "samples"), ADDED)
def test_what_the_second_generation_added_to_layers(name, arguments, added, sort, samples):
    import tf_keras

    if sort == "Conv2D":  # grouped convolutions of Keras 2 need a GPU unless they are compiled
        import tensorflow as tf

        call = tf.function(lambda layer, x: layer(x), jit_compile=True)
    else:
        call = lambda layer, x: layer(x)  # noqa: E731
    ours = getattr(rk, name)(**arguments, **added)
    result = np.asarray(ours(samples))
    theirs = getattr(tf_keras.layers, sort)(**arguments, **added)
    theirs.build(samples.shape)
    theirs.set_weights(ours.get_weights())
    expected = np.asarray(call(theirs, samples))
    np.testing.assert_allclose(result, expected, rtol=1e-5, atol=1e-5)
    assert result.shape == expected.shape


TIME_MAJOR = [(sequences, state, mask) for sequences in (False, True) for state in (False, True) for mask in (0, 1)]


@pytest.mark.tensorflow
@pytest.mark.parametrize(("return_sequences", "return_state", "masked"), TIME_MAJOR)
def test_time_major(return_sequences, return_state, masked):
    import tf_keras

    options = {"return_sequences": return_sequences, "return_state": return_state, "time_major": True}
    x = SERIES.transpose(1, 0, 2)
    mask = np.arange(8)[:, None] < np.array([8, 3, 5, 1])[None] if masked else None
    ours = rk.layer_lstm(units=3, **options)
    results = ours(x, mask=mask)
    theirs = tf_keras.layers.LSTM(3, recurrent_activation="hard_sigmoid", **options)
    theirs.build(x.shape)
    theirs.set_weights(ours.get_weights())
    expected = theirs(x, mask=mask)
    for one, other in zip(keras.tree.flatten(results), keras.tree.flatten(expected), strict=True):
        np.testing.assert_allclose(np.asarray(one), np.asarray(other), rtol=1e-5, atol=1e-6)


def test_time_major_in_a_model_that_is_saved():
    inputs = rk.layer_input(batch_shape=[8, None, 6])
    model = rk.keras_model(inputs, rk.layer_lstm(inputs, units=3, return_sequences=True, time_major=True))
    assert model.output_shape == (8, None, 3)
    x = SERIES.transpose(1, 0, 2)
    expected = np.asarray(model(x))
    model.save("model.keras")
    np.testing.assert_array_equal(np.asarray(keras.saving.load_model("model.keras")(x)), expected)
    # Without it: the same layer on the samples in front, with the same weights.
    plain = rk.layer_lstm(units=3, return_sequences=True)
    plain.build(SERIES.shape)
    plain.set_weights(model.get_weights())
    np.testing.assert_allclose(np.asarray(plain(SERIES)).transpose(1, 0, 2), expected, rtol=1e-5, atol=1e-6)


def test_sparse_embeddings_are_retired():
    with pytest.warns(rk.RKerasWarning, match=r"layer_embedding\(\): `sparse` is not used: "):
        rk.layer_embedding(input_dim=3, output_dim=2, sparse=True)


def test_merge_layers_take_tensors_in_a_list_or_one_by_one():
    a, b, c = (np.full((2, 3), value, "float32") for value in (1, 10, 100))
    one, two, three = (keras.ops.convert_to_tensor(value) for value in (a, b, c))
    summed = np.asarray(rk.layer_add([one, two, three]))
    np.testing.assert_array_equal(rk.layer_add(one, two, three), summed)
    np.testing.assert_array_equal(rk.layer_add()([one, two, three]), summed)
    side_by_side = np.concatenate([a, b], axis=1)
    for call in (
        lambda: rk.layer_concatenate([one, two]),
        lambda: rk.layer_concatenate([one, two], 1),
        lambda: rk.layer_concatenate(one, two),
        lambda: rk.layer_concatenate(one, two, axis=1),
        lambda: rk.layer_concatenate(axis=1)([one, two]),
    ):
        np.testing.assert_array_equal(call(), side_by_side)
    np.testing.assert_array_equal(
        rk.layer_concatenate(one, axis=0, name="rows", batch_size=two), np.concatenate([a, b])
    )


@pytest.mark.parametrize(("one", "other"), [((3, 3), (3, 1)), ((3, 4, 3), (3, 1)), ((3, 4, 3), (3, 1, 3))])
def test_layer_add_broadcasts(one, other):
    a, b = (np.arange(np.prod(shape), dtype="float32").reshape(shape) for shape in (one, other))
    tensors = [keras.ops.convert_to_tensor(value) for value in (a, b)]
    wide = b if len(one) == len(other) else b[:, None]
    np.testing.assert_array_equal(rk.layer_add(tensors), a + wide)
    inputs = [rk.layer_input(shape=shape[1:]) for shape in (one, other)]
    model = rk.keras_model(inputs, rk.layer_add(inputs))
    np.testing.assert_array_equal(model.predict([a, b], verbose=0), a + wide)
    model.save("sum.keras")
    assert type(keras.saving.load_model("sum.keras").layers[-1]) is keras.layers.Add


@pytest.mark.tensorflow
def test_ragged_input():
    assert rk.layer_input(shape=[None], ragged=True).ragged


def test_compile_without_an_optimizer_or_a_loss(build):
    model = build()
    rk.compile(model)
    assert isinstance(model.optimizer, keras.optimizers.RMSprop)
    rk.compile(model, loss="mse", run_eagerly=True, steps_per_execution=1)
    assert model.run_eagerly


def test_get_weights_tells_trainable_from_other_weights():
    layer = rk.layer_batch_normalization()
    layer.build((None, 3))
    layer.set_weights([np.full(3, value) for value in (1.0, 2.0, 3.0, 4.0)])
    for trainable, expected in ((None, [1, 2, 3, 4]), (True, [1, 2]), (False, [3, 4])):
        assert [one[0] for one in rk.get_weights(layer, trainable=trainable)] == expected
    with pytest.raises(rk.ArgumentError, match="`trainable` must be True, False or NA, not"):
        rk.get_weights(layer, trainable="yes")


def test_a_name_with_a_slip_says_what_was_meant():
    with pytest.raises(
        AttributeError, match=r"'callback_reduce_lr_on_platau'\. Did you mean `callback_reduce_lr_on_pl"
    ):
        rk.callback_reduce_lr_on_platau  # noqa: B018
    assert not hasattr(rk, "__wrapped__")


def test_an_empty_list_is_none_where_it_may_be_either(build):
    assert rk.callback_tensorboard("logs", embeddings_layer_names=[]).embeddings_layer_names is None
    rk.compile(build(), "sgd", "mse", metrics=[])
    with pytest.raises(rk.ArgumentError, match="`patience` must be"):
        rk.callback_early_stopping(patience=[])


def generator():
    while True:
        yield np.ones((4, 3), "float32"), np.ones((4, 1), "float32")


class Batches(keras.utils.PyDataset):
    def __len__(self):
        return 2

    def __getitem__(self, at):
        return next(generator())


def test_shuffle_is_said_to_be_ignored_only_where_it_was_given(build):
    model = build()
    for x, options in ((generator(), {"steps_per_epoch": 2}), (Batches(), {})):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            rk.fit(model, x, epochs=1, verbose=0, **options)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        rk.fit(model, generator(), epochs=1, steps_per_epoch=2, verbose=0, shuffle=True)
    assert [str(one.message) for one in said if one.filename == __file__] == [
        "fit(): `shuffle` is not used: the batches of a generator come as they are given."
    ]
