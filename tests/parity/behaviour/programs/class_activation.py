"""Grad-CAM: where in a picture a convnet sees a class; the network is trained first."""

import numpy as np

from rkeras_py import *

use_session_with_seed(42, quiet=TRUE)
images = array_reshape((np.arange(1920) * 11) % 23 / 23, c(10, 8, 8, 3))
labels = to_categorical(np.arange(10) % 4, 4)

model = keras_model_sequential()
layer_conv_2d(model, filters=6, kernel_size=c(3, 3), activation="relu", input_shape=c(8, 8, 3))
layer_max_pooling_2d(model, pool_size=c(2, 2))
layer_conv_2d(model, filters=5, kernel_size=c(2, 2), activation="relu", name="last_conv")
layer_flatten(model)
layer_dense(model, units=4, activation="softmax")
compile(model, optimizer="rmsprop", loss="categorical_crossentropy", metrics=c("accuracy"))
history = fit(model, images, labels, epochs=3, batch_size=5, shuffle=FALSE, verbose=0)

img = images[:1]
class_output = model.output[:, 0]
last_conv_layer = model.get_layer("last_conv")
grads = k_gradients(class_output, last_conv_layer.output)[0]
pooled_grads = k_mean(grads, axis=c(1, 2, 3))
iterate = k_function([model.input], [pooled_grads, last_conv_layer.output[0]])
pooled_grads_value, conv_layer_output_value = iterate([img])
heatmap = (conv_layer_output_value.astype("float64") * pooled_grads_value).mean(axis=-1)
heatmap = np.maximum(heatmap, 0)
result = [history.metrics["loss"], pooled_grads_value, heatmap / heatmap.max()]
