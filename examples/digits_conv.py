# Handwritten digits with convolutions; the learning rate is cut when the validation loss stays where it is.
import pandas as pd

from rkeras_py import *

use_session_with_seed(7, quiet=TRUE)
digits = pd.read_csv("data/digits.csv")
x = array_reshape(digits.to_numpy()[:, :64], c(600, 8, 8, 1)) / 16
y = to_categorical(digits["digit"], 10)

model = keras_model_sequential()
layer_conv_2d(model, filters=8, kernel_size=c(3, 3), activation="relu", input_shape=c(8, 8, 1))
layer_max_pooling_2d(model, pool_size=c(2, 2))
layer_dropout(model, rate=0.25)
layer_flatten(model)
layer_dense(model, units=32, activation="relu", kernel_regularizer=regularizer_l2(0.001))
layer_batch_normalization(model)
layer_dense(model, units=10, activation="softmax")

compile(model, loss="categorical_crossentropy", optimizer=optimizer_rmsprop(lr=0.01, decay=1e-3), metrics="accuracy")

history = fit(
    model,
    x,
    y,
    batch_size=60,
    epochs=8,
    validation_split=0.2,
    verbose=0,
    callbacks=callback_reduce_lr_on_plateau(monitor="val_loss", factor=0.5, patience=1),
)
print(history)

classes = predict(model, x).argmax(axis=1)
print((classes == digits["digit"]).mean())
