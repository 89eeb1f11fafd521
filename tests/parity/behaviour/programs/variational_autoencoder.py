"""A variational autoencoder, whose loss and whose sampling are written with functions of the backend."""

import numpy as np

from rkeras_py import *

use_session_with_seed(42, quiet=TRUE)
original_dim = 12
latent_dim = 2
intermediate_dim = 8
x_train = array_reshape((np.arange(384) % 7) / 7, c(32, original_dim))
noise = array_reshape(((np.arange(64) * 5) % 13) / 13 - 0.5, c(32, latent_dim))

x = layer_input(shape=original_dim)
epsilon = layer_input(shape=latent_dim)
h = layer_dense(x, intermediate_dim, activation="relu")
z_mean = layer_dense(h, latent_dim)
z_log_var = layer_dense(h, latent_dim)
z = z_mean + k_exp(z_log_var / 2) * epsilon

decoder_h = layer_dense(units=intermediate_dim, activation="relu")
decoder_mean = layer_dense(units=original_dim, activation="sigmoid")
x_decoded_mean = decoder_mean(decoder_h(z))
encoder = keras_model(x, z_mean)
decoder_input = layer_input(shape=latent_dim)
generator = keras_model(decoder_input, decoder_mean(decoder_h(decoder_input)))

vae = keras_model([x, epsilon], k_concatenate([x_decoded_mean, z_mean, z_log_var]))


def vae_loss(y_true, y_pred):
    x_decoded_mean = y_pred[:, :original_dim]
    z_mean = y_pred[:, original_dim : original_dim + latent_dim]
    z_log_var = y_pred[:, original_dim + latent_dim :]
    xent_loss = original_dim * k_mean(k_binary_crossentropy(y_true, x_decoded_mean), axis=-1)
    kl_loss = -0.5 * k_sum(1 + z_log_var - k_square(z_mean) - k_exp(z_log_var), axis=-1)
    return xent_loss + kl_loss


compile(vae, optimizer="rmsprop", loss=vae_loss)
history = fit(vae, [x_train, noise], x_train, epochs=4, batch_size=8, shuffle=FALSE, verbose=0)

grid = np.array([[-1, 0.5], [0.25, 2]])
result = [history.metrics["loss"], predict(encoder, x_train), predict(generator, grid)]
