"""Neural style transfer: the losses of content, style and variation of a picture, and steps down their gradient."""

import numpy as np

from rkeras_py import *

use_session_with_seed(42, quiet=TRUE)
img_nrows = 8
img_ncols = 10


def picture(step):
    return array_reshape(np.arange(240) * (step % 17) % 17 / 17, c(1, img_nrows, img_ncols, 3))


target_image = k_constant(picture(3))
style_reference_image = k_constant(picture(7))
combination_image = k_placeholder(c(1, img_nrows, img_ncols, 3))
x = k_concatenate([target_image, style_reference_image, combination_image], axis=1)

x = layer_conv_2d(x, filters=4, kernel_size=3, padding="same", activation="relu", name="block1_conv1")
x = layer_max_pooling_2d(x, pool_size=2)
x = layer_conv_2d(x, filters=6, kernel_size=3, padding="same", activation="relu", name="block2_conv1")
model = keras_model(combination_image, x)


def content_loss(base, combination):
    return k_sum(k_square(combination - base))


def gram_matrix(x):
    features = k_batch_flatten(k_permute_dimensions(x, [3, 1, 2]))
    return k_dot(features, k_transpose(features))


def style_loss(style, combination):
    channels = 3
    size = img_nrows * img_ncols
    apart = gram_matrix(style) - gram_matrix(combination)
    return k_sum(k_square(apart)) / (4 * channels**2 * size**2)


def total_variation_loss(x):
    a = k_square(x[:, :-1, :-1, :] - x[:, 1:, :-1, :])
    b = k_square(x[:, :-1, :-1, :] - x[:, :-1, 1:, :])
    return k_sum(k_pow(a + b, 1.25))


outputs_dict = {layer.name: layer.output for layer in model.layers}
content_layer = "block2_conv1"
style_layers = ["block1_conv1", "block2_conv1"]
total_variation_weight = 1e-2
style_weight = 1.0
content_weight = 0.025

layer_features = outputs_dict[content_layer]
loss = content_weight * content_loss(layer_features[0], layer_features[2])
for layer_name in style_layers:
    layer_features = outputs_dict[layer_name]
    loss = loss + style_weight / len(style_layers) * style_loss(layer_features[1], layer_features[2])
loss = loss + total_variation_weight * total_variation_loss(combination_image)

grads = k_gradients(loss, combination_image)[0]
fetch_loss_and_grads = k_function([combination_image], [loss, grads])

x = picture(5)
losses = []
for _ in range(6):
    value, slope = fetch_loss_and_grads([x])
    losses.append(value)
    x = x - 0.01 * slope
result = [losses, x]
