# Two moons: training stops when the validation loss no longer improves, and the best model is kept.
import pandas as pd

from rkeras_py import *

use_session_with_seed(7, quiet=TRUE)
moons = pd.read_csv("data/moons.csv")
x = moons[["x1", "x2"]].to_numpy()
y = moons["y"].to_numpy()
x_train = x[:30]
y_train = y[:30]
x_test = x[30:]
y_test = y[30:]

model = keras_model_sequential()
layer_dense(model, units=100, activation="relu", input_shape=c(2))
layer_dense(model, units=1, activation="sigmoid")

compile(model, loss="binary_crossentropy", optimizer="adam", metrics=c("accuracy"))

history = fit(
    model,
    x_train,
    y_train,
    validation_data=[x_test, y_test],
    epochs=300,
    verbose=0,
    callbacks=[
        callback_early_stopping(monitor="val_loss", mode="min", patience=20),
        callback_model_checkpoint("best_model.h5", monitor="val_acc", mode="max", save_best_only=TRUE),
        callback_csv_logger("log.csv"),
    ],
)
print(history)

best = load_model_hdf5("best_model.h5")
print(evaluate(best, x_test, y_test, verbose=0))
