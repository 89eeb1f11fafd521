"""The picture that a filter answers to most, and a dream: steps up the gradient of what layers put out."""

import numpy as np

from rkeras_py import *

use_session_with_seed(42, quiet=TRUE)
k_set_learning_phase(0)
x = input = layer_input(shape=c(8, 8, 3))
x = layer_conv_2d(x, filters=4, kernel_size=3, activation="relu", name="block1_conv1")
x = layer_dropout(x, rate=0.5)
x = layer_conv_2d(x, filters=5, kernel_size=3, activation="tanh", name="block2_conv1")
model = keras_model(input, x)

layer_output = model.get_layer("block2_conv1").output
loss = k_mean(layer_output[:, :, :, 1])
grads = k_gradients(loss, model.input)[0]
grads = grads / (k_sqrt(k_mean(k_square(grads))) + 1e-5)
iterate = k_function([model.input], [loss, grads])
input_img_data = array_reshape((np.arange(192) * 5) % 13 / 13, c(1, 8, 8, 3)) * 0.2 + 0.5
step = 0.1
losses = []
for _ in range(5):
    loss_value, grads_value = iterate([input_img_data])
    losses.append(loss_value)
    input_img_data = input_img_data + grads_value * step

layer_contributions = {"block1_conv1": 0.2, "block2_conv1": 3}
loss = 0
for layer_name, coeff in layer_contributions.items():
    activation = model.get_layer(layer_name).output
    scaling = k_prod(k_cast(k_shape(activation), "float32"))
    loss = loss + coeff * k_sum(k_square(activation)) / scaling
dream = model.input
grads = k_gradients(loss, dream)[0]
grads = grads / k_maximum(k_mean(k_abs(grads)), 1e-7)
fetch_loss_and_grads = k_function([dream], [loss, grads])
image, dreams = input_img_data, []
for _ in range(5):
    loss_value, grad_values = fetch_loss_and_grads([image])
    dreams.append(loss_value)
    image = image + 0.05 * grad_values
result = [losses, input_img_data, dreams, image]
