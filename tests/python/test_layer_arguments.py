"""What R gives to layers as doubles, vectors and lists arrives as Keras wants it; and defaults that a plain alias of
Keras 3 gets wrong without a word.
"""

import keras
import numpy as np
import pytest
from layer_tables.comparing import is_oldest

import rkeras_py as rk

RANDOM = np.random.default_rng(0)
SERIES = RANDOM.normal(size=(4, 6, 3)).astype("float32")
IMAGES = RANDOM.normal(size=(2, 8, 8, 3)).astype("float32")


def array(tensor):
    return keras.ops.convert_to_numpy(tensor)


# R function, arguments as R gives them, argument of Keras, what it is to be.
AS_R_GIVES_THEM = [
    ("layer_dense", {"units": 32.0}, "units", 32),
    ("layer_conv_1d", {"filters": 8.0, "kernel_size": 3.0}, "kernel_size", (3,)),
    ("layer_conv_2d", {"filters": 8.0, "kernel_size": [3.0, 2.0]}, "kernel_size", (3, 2)),
    ("layer_max_pooling_2d", {"pool_size": [2.0, 3.0]}, "pool_size", (2, 3)),
    ("layer_upsampling_2d", {"size": 2.0}, "size", (2, 2)),
    ("layer_zero_padding_1d", {"padding": 2.0}, "padding", (2, 2)),
    ("layer_zero_padding_1d", {"padding": [0.0, 2.0]}, "padding", (0, 2)),
    ("layer_zero_padding_2d", {"padding": 2.0}, "padding", ((2, 2), (2, 2))),
    ("layer_zero_padding_2d", {"padding": [1.0, 2.0]}, "padding", ((1, 1), (2, 2))),
    ("layer_zero_padding_2d", {"padding": [[1.0, 0.0], [2.0, 3.0]]}, "padding", ((1, 0), (2, 3))),
    ("layer_cropping_2d", {"cropping": [[1.0, 0.0], [2.0, 3.0]]}, "cropping", ((1, 0), (2, 3))),
    ("layer_cropping_3d", {"cropping": [[1.0, 0.0], [2.0, 3.0], [0.0, 0.0]]}, "cropping", ((1, 0), (2, 3), (0, 0))),
    ("layer_permute", {"dims": 1.0}, "dims", (1,)),
    ("layer_reshape", {"target_shape": [3.0, -1.0]}, "target_shape", (3, -1)),
    ("layer_reshape", {"target_shape": [None, 3.0]}, "target_shape", (-1, 3)),
    ("layer_reshape", {"target_shape": 6.0}, "target_shape", (6,)),
    ("layer_repeat_vector", {"n": 3.0}, "n", 3),
    ("layer_activation_parametric_relu", {"shared_axes": [1.0, 2.0]}, "shared_axes", [1, 2]),
    ("layer_dropout", {"rate": 0.5, "noise_shape": [None, 1.0]}, "noise_shape", (None, 1)),
    ("layer_hashing", {"num_bins": 3.0, "salt": 5.0}, "salt", [5, 5]),
    # Counted from 0, which is the batch.
    ("layer_concatenate", {"axis": 1.0}, "axis", 1),
    ("layer_activation_softmax", {"axis": 1.0}, "axis", 1),
    ("layer_batch_normalization", {"axis": 1.0}, "axis", 1),
    ("layer_layer_normalization", {"axis": [1.0, 2.0]}, "axis", [1, 2]),
    ("layer_dot", {"axes": [2.0, 1.0]}, "axes", (2, 1)),
    # Counted from 1, which is the batch.
    ("layer_unit_normalization", {"axis": 2.0}, "axis", 1),
    ("layer_unit_normalization", {"axis": -1.0}, "axis", -1),
    ("layer_unit_normalization", {"axis": [2.0, 3.0]}, "axis", [1, 2]),
    ("layer_normalization", {"axis": 2.0}, "axis", (1,)),
    ("layer_normalization", {"axis": None}, "axis", ()),
]


@pytest.mark.once
@pytest.mark.parametrize(("name", "arguments", "option", "expected"), AS_R_GIVES_THEM)
def test_what_r_gives_arrives_as_keras_wants_it(name, arguments, option, expected):
    layer = getattr(rk, name)(**arguments)
    arrived = layer.get_config()[option] if option in layer.get_config() else getattr(layer, option)
    assert _as_tuples(arrived) == _as_tuples(expected)


def _as_tuples(one):
    return tuple(map(_as_tuples, one)) if isinstance(one, list | tuple) else one


@pytest.mark.once
def test_axes_that_count_from_1_have_no_0():
    with pytest.raises(rk.ArgumentError, match=r"`axis` must be .* counted from 1, .* not 0\."):
        rk.layer_unit_normalization(axis=0)
    with pytest.raises(rk.ArgumentError, match=r"`axis` must be .* not 0\."):
        rk.layer_normalization(axis=0)
    with pytest.raises(rk.ArgumentError, match=r"`target_shape` must be .* Only one of its sizes can follow"):
        rk.layer_reshape(target_shape=[None, -1])
    with pytest.raises(rk.ArgumentError, match="a list of 2 pairs"):
        rk.layer_zero_padding_2d(padding=[1, 2, 3])


def test_older_scripts_give_axes_by_place():
    one, other = keras.ops.convert_to_tensor(SERIES), keras.ops.convert_to_tensor(SERIES[:, :2])
    assert tuple(rk.layer_concatenate([one, other], 1.0).shape) == (4, 8, 3)
    assert tuple(rk.layer_dot([one, one], 2.0, True).shape) == (4, 6, 6)
    np.testing.assert_allclose(np.diagonal(array(rk.layer_dot([one, one], 2.0, True))[0]), np.ones(6), rtol=1e-5)


def test_recurrent_defaults_are_those_of_the_books():
    gru = rk.layer_gru(units=2)
    gru.build((None, 6, 3))
    assert [tuple(weight.shape) for weight in gru.weights] == [(3, 6), (2, 6), (6,)]  # Keras 3 has a bias of (2, 6)
    x = np.array([[-3.0, -1, 0, 1, 2]], "float32")
    for function in (rk.layer_gru, rk.layer_lstm):
        np.testing.assert_allclose(
            array(function(units=2).recurrent_activation(keras.ops.convert_to_tensor(x))),
            [[0, 0.3, 0.5, 0.7, 0.9]],
            rtol=1e-6,
        )
    for dimensions in "123":
        layer = getattr(rk, f"layer_conv_lstm_{dimensions}d")(filters=2, kernel_size=2)
        np.testing.assert_allclose(
            array(layer.cell.recurrent_activation(keras.ops.convert_to_tensor(x))), [[0, 0.3, 0.5, 0.7, 0.9]], rtol=1e-6
        )


def test_a_random_crop_crops_in_prediction():
    assert tuple(rk.layer_random_crop(height=4, width=5)(IMAGES).shape) == (2, 4, 5, 3)
    assert tuple(rk.layer_random_crop(height=9, width=9)(IMAGES, training=True).shape) == (2, 9, 9, 3)


@pytest.mark.parametrize(("shape", "unbiased"), [((8, 1, 1, 2), True), ((4, 3, 3, 2), True), ((8, 2), False)])
def test_the_moving_variance_of_images_is_the_unbiased_one(shape, unbiased):
    x = RANDOM.normal(size=shape).astype("float32")
    model = rk.keras_model_sequential([rk.layer_batch_normalization(momentum=0, input_shape=list(shape[1:]))])
    rk.compile(model, rk.optimizer_sgd(lr=0), "mse")
    rk.fit(model, x, x, batch_size=shape[0], epochs=2, verbose=0)
    expected = x.reshape(-1, 2).var(axis=0, ddof=1 if unbiased else 0)
    np.testing.assert_allclose(model.get_weights()[-1], expected, rtol=1e-4)


def test_a_number_that_an_embedding_has_not_is_never_a_vector():
    layer, x = rk.layer_embedding(input_dim=3, output_dim=2), np.array([[1, 5]])
    if keras.config.backend() == "jax":
        assert np.isnan(array(layer(x))[0, 1]).all()
    else:
        with pytest.raises(Exception, match="5 is not in"):
            layer(x)


def test_layers_of_steps_do_not_follow_the_format_of_images():
    rk.k_set_image_data_format("channels_first")
    try:
        for name, arguments in (
            ("layer_conv_1d", {"filters": 2, "kernel_size": 2}),
            ("layer_separable_conv_1d", {"filters": 2, "kernel_size": 2}),
            ("layer_max_pooling_1d", {}),
            ("layer_average_pooling_1d", {}),
            ("layer_global_max_pooling_1d", {}),
            ("layer_global_average_pooling_1d", {}),
        ):
            assert getattr(rk, name)(**arguments).data_format == "channels_last", name
        assert tuple(rk.layer_zero_padding_1d(padding=1)(SERIES).shape) == (4, 8, 3)
        assert rk.layer_conv_2d(filters=2, kernel_size=2).data_format == "channels_first"
    finally:
        rk.k_set_image_data_format("channels_last")


@pytest.mark.parametrize("dimensions", [1, 2, 3])
def test_convolving_recurrent_layers_pass_over_masked_steps(dimensions):
    tf_keras = pytest.importorskip("tf_keras")
    x = RANDOM.normal(size=(2, 4, *[4] * dimensions, 2)).astype("float32")
    mask = np.array([[True, False, True, True], [True, True, False, False]])
    options = {"filters": 2, "kernel_size": 2, "return_sequences": True}
    ours = getattr(rk, f"layer_conv_lstm_{dimensions}d")(**options)
    theirs = getattr(tf_keras.layers, f"ConvLSTM{dimensions}D")(**options, recurrent_activation="hard_sigmoid")
    theirs.build(x.shape)
    ours.build(x.shape)
    ours.set_weights(theirs.get_weights())
    expected = np.asarray(theirs(x, mask=mask))
    np.testing.assert_allclose(array(ours(x, mask=keras.ops.convert_to_tensor(mask))), expected, rtol=1e-5, atol=1e-5)


def test_the_penalty_on_the_output_of_a_simple_rnn_is_in_the_loss():
    model = rk.keras_model_sequential(
        [rk.layer_simple_rnn(units=2, activity_regularizer=rk.regularizer_l2(0.5), input_shape=[6, 3])]
    )
    rk.compile(model, rk.optimizer_sgd(lr=0), "mse")
    y = model.predict(SERIES, verbose=0)
    expected = 0.5 * (y**2).sum() / (1 if is_oldest() else len(y))
    assert np.isclose(rk.evaluate(model, SERIES, y, verbose=0)["loss"], expected, rtol=1e-5)
