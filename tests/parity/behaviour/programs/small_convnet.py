"""Pictures from a directory, changed a little each time; then the convnet is the frozen base of another one."""

import tempfile
from pathlib import Path

import numpy as np

from rkeras_py import *

use_session_with_seed(42, quiet=TRUE)
base_dir = Path(tempfile.mkdtemp())
for name in c("across", "down"):
    (base_dir / name).mkdir()
    for i in range(8):
        lines = (np.arange(12) + i) % 4 < 2
        stripes = np.broadcast_to(lines[:, None] if name == "across" else lines, (12, 12))
        picture = np.stack([stripes * 155.0 + i * 10] * 3, axis=-1)
        image_array_save(picture, base_dir / name / f"{i}.png")

datagen = image_data_generator(rescale=1 / 255, width_shift_range=0.2, horizontal_flip=TRUE, fill_mode="nearest")


def flow():
    return flow_images_from_directory(
        base_dir, datagen, target_size=c(12, 12), batch_size=4, class_mode="binary", seed=3
    )


batch = generator_next(flow())

conv_base = keras_model_sequential()
layer_conv_2d(conv_base, filters=4, kernel_size=c(3, 3), activation="relu", input_shape=c(12, 12, 3), name="conv1")
layer_max_pooling_2d(conv_base, pool_size=c(2, 2))
layer_conv_2d(conv_base, filters=6, kernel_size=c(3, 3), activation="relu", name="conv2")
model = keras_model_sequential([conv_base])
layer_flatten(model)
layer_dense(model, units=1, activation="sigmoid")
compile(model, loss="binary_crossentropy", optimizer=optimizer_rmsprop(lr=1e-3), metrics=c("acc"))
history = fit_generator(model, flow(), steps_per_epoch=4, epochs=3, verbose=0)

plain = flow_images_from_directory(
    base_dir,
    image_data_generator(rescale=1 / 255),
    target_size=c(12, 12),
    batch_size=16,
    class_mode="binary",
    shuffle=FALSE,
)
x, y = generator_next(plain)
features = predict(conv_base, x, verbose=0)

freeze_weights(conv_base)
top = keras_model_sequential([conv_base])
layer_global_average_pooling_2d(top)
layer_dense(top, units=1, activation="sigmoid")
compile(top, loss="binary_crossentropy", optimizer=optimizer_rmsprop(lr=1e-2), metrics=c("acc"))
frozen = fit(top, x, y, epochs=3, batch_size=4, shuffle=FALSE, verbose=0)
same_features = predict(conv_base, x, verbose=0)

unfreeze_weights(conv_base, from_="conv2")
compile(top, loss="binary_crossentropy", optimizer=optimizer_rmsprop(lr=1e-3), metrics=c("acc"))
tuned = fit(top, x, y, epochs=2, batch_size=4, shuffle=FALSE, verbose=0)

result = [
    *batch,
    history.metrics["loss"],
    frozen.metrics["loss"],
    tuned.metrics["loss"],
    features,
    same_features,
    predict(top, x),
]
