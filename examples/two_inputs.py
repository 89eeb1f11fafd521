# Digits from all their pixels and from how dark their rows are: a functional model of two inputs.
import pandas as pd

from rkeras_py import *

use_session_with_seed(7, quiet=TRUE)
digits = pd.read_csv("data/digits.csv")
pixels = digits.to_numpy()[:, :64] / 16
rows = array_reshape(pixels, c(600, 8, 8)).sum(axis=2) / 8

pixel_input = layer_input(shape=c(64), name="pixels")
row_input = layer_input(shape=c(8), name="rows")
hidden = layer_dense(pixel_input, units=32, activation="relu")
output = layer_concatenate([hidden, row_input])
output = layer_activation(layer_dense(output, units=16), "relu")
output = layer_dense(output, units=10, activation="softmax", kernel_constraint=constraint_maxnorm(3))
model = keras_model(inputs=[pixel_input, row_input], outputs=output)

compile(
    model,
    optimizer=optimizer_sgd(lr=0.1, momentum=0.9),
    loss="sparse_categorical_crossentropy",
    metrics="accuracy",
)

history = fit(
    model,
    {"pixels": pixels, "rows": rows},
    digits["digit"],
    epochs=5,
    validation_split=0.2,
    verbose=0,
    callbacks=callback_early_stopping("val_accuracy", patience=2),
)
print(history)
