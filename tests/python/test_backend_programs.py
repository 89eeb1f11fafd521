"""Programs of the books, small: they run, and come to the same numbers on TensorFlow and on JAX."""

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py import c


def with_weights(model, seed=1, scale=0.4):
    """Every backend draws weights of its own: these are NumPy's."""
    random = np.random.default_rng(seed)
    model.set_weights([random.normal(0, scale, weight.shape) for weight in model.get_weights()])
    return model


def test_a_variational_autoencoder_with_a_loss_of_its_own():
    random = np.random.default_rng(2)
    x, noise = random.uniform(size=(32, 8)), random.normal(size=(32, 2))
    inputs, epsilon = rk.layer_input(shape=8), rk.layer_input(shape=2)
    hidden = rk.layer_dense(inputs, 6, activation="tanh")
    z_mean, z_log_var = rk.layer_dense(hidden, 2), rk.layer_dense(hidden, 2)
    z = keras.layers.Lambda(lambda given: given[0] + rk.k_exp(given[1] / 2) * given[2])([z_mean, z_log_var, epsilon])
    decoded = rk.layer_dense(rk.layer_dense(z, 6, activation="tanh"), 8, activation="sigmoid")
    vae = with_weights(rk.keras_model([inputs, epsilon], rk.k_concatenate([decoded, z_mean, z_log_var])))

    def vae_loss(y, output):
        decoded, z_mean, z_log_var = output[:, :8], output[:, 8:10], output[:, 10:]
        crossentropy = 8 * rk.k_mean(rk.k_binary_crossentropy(y, decoded), axis=-1)
        divergence = -0.5 * rk.k_sum(1 + z_log_var - rk.k_square(z_mean) - rk.k_exp(z_log_var), axis=-1)
        return rk.k_mean(crossentropy + divergence)

    vae.compile(keras.optimizers.SGD(0.05), vae_loss)
    losses = vae.fit([x, noise], x, epochs=5, batch_size=8, shuffle=False, verbose=0).history["loss"]
    np.testing.assert_allclose(losses, VAE_LOSSES, rtol=1e-5)


VAE_LOSSES = [5.800977, 5.7339, 5.692358, 5.66173, 5.637258]


def small_network():
    return with_weights(
        keras.Sequential(
            [
                keras.Input((None, None, 3)),
                keras.layers.Conv2D(4, 3, padding="same", activation="relu", name="first"),
                keras.layers.Conv2D(5, 3, padding="same", activation="relu", name="second"),
            ]
        )
    )


def test_neural_style_with_gram_matrices_and_total_variation():
    random = np.random.default_rng(3)
    size = 6
    target, style = (rk.k_constant(random.uniform(size=(1, size, size, 3))) for _ in range(2))
    combination = rk.k_placeholder(c(1, size, size, 3))
    both = rk.k_concatenate([target, style, combination], axis=1)
    network = small_network()
    first = network.layers[0](both)
    second = network.layers[1](first)

    def gram_matrix(x):
        features = rk.k_batch_flatten(rk.k_permute_dimensions(x, c(3, 1, 2)))
        return rk.k_dot(features, rk.k_transpose(features))

    def style_loss(style, combination):
        apart = gram_matrix(style) - gram_matrix(combination)
        return rk.k_sum(rk.k_square(apart)) / (4 * 3**2 * (size * size) ** 2)

    def total_variation_loss(x):
        a = rk.k_square(x[:, : size - 1, : size - 1, :] - x[:, 1:, : size - 1, :])
        b = rk.k_square(x[:, : size - 1, : size - 1, :] - x[:, : size - 1, 1:, :])
        return rk.k_sum(rk.k_pow(a + b, 1.25))

    loss = 0.025 * rk.k_sum(rk.k_square(second[2] - second[0]))
    for features in (first, second):
        loss = loss + style_loss(features[1], features[2])
    loss = loss + 1e-2 * total_variation_loss(combination)
    grads = rk.k_gradients(loss, combination)[0]
    fetch = rk.k_function([combination], [loss, grads])
    picture, losses = random.uniform(size=(1, size, size, 3)), []
    for _ in range(5):
        value, slope = fetch([picture])
        losses.append(value)
        picture = picture - 0.02 * slope
    np.testing.assert_allclose([*losses, picture.mean()], STYLE_LOSSES, rtol=1e-5)
    assert losses == sorted(losses, reverse=True)


STYLE_LOSSES = [0.7047181, 0.6962571, 0.6880565, 0.6800359, 0.6722654, 0.5194556]


@pytest.fixture
def convnet():
    inputs = rk.layer_input(shape=c(8, 8, 3))
    x = rk.layer_max_pooling_2d(rk.layer_conv_2d(inputs, 4, 3, activation="relu"), 2)
    last = keras.layers.Conv2D(5, 2, activation="relu", name="last")(x)
    return with_weights(rk.keras_model(inputs, rk.layer_dense(rk.layer_flatten(last), 3, activation="softmax")))


def test_class_activation_maps(convnet):
    image = np.random.default_rng(4).uniform(size=(1, 8, 8, 3))
    last = convnet.get_layer("last")
    grads = rk.k_gradients(convnet.output[:, 1], last.output)[0]
    pooled = rk.k_mean(grads, axis=c(1, 2, 3))
    iterate = rk.k_function([convnet.input], [pooled, last.output[0]])
    weights, features = iterate([image])
    heatmap = np.maximum((features * weights).mean(axis=-1), 0)
    np.testing.assert_allclose([*(weights * 1e3), heatmap.sum() * 1e3], HEATMAP, rtol=1e-4)


HEATMAP = [-72.2698, 24.06364, 30.34262, 121.7925, 49.685, 16.94373]


def test_the_picture_that_a_filter_answers_to_most(convnet):
    layer = convnet.get_layer("last")
    loss = rk.k_mean(layer.output[:, :, :, 4])
    grads = rk.k_gradients(loss, convnet.input)[0]
    grads = grads / (rk.k_sqrt(rk.k_mean(rk.k_square(grads))) + 1e-5)
    iterate = rk.k_function([convnet.input], [loss, grads])
    picture, losses = np.random.default_rng(5).uniform(size=(1, 8, 8, 3)) * 0.2 + 0.5, []
    for _ in range(5):
        value, slope = iterate([picture])
        losses.append(value)
        picture = picture + slope * 0.1
    np.testing.assert_allclose(losses, ANSWERS, rtol=1e-5)
    assert losses == sorted(losses)


ANSWERS = [0.03779979, 0.3756017, 0.6786399, 1.110374, 1.564705]
