"""A forecast of the temperature a day ahead, from a generator that is a function of Python."""

import numpy as np

from rkeras_py import *

hours = np.arange(800)
temperature = np.sin(2 * np.pi * hours / 24) + 0.3 * np.sin(2 * np.pi * hours / 240) + ((hours * 37) % 17) / 40
pressure = np.cos(2 * np.pi * hours / 240) + ((hours * 11) % 13) / 50
data = np.column_stack([temperature, pressure])
train_data = data[:400]
data = (data - train_data.mean(axis=0)) / train_data.max(axis=0)

lookback = 48
step = 6
delay = 24
batch_size = 16


def generator(data, lookback, delay, min_index, max_index, batch_size, step):
    i = min_index + lookback

    def batch():
        nonlocal i
        if i + batch_size >= max_index:
            i = min_index + lookback
        rows = np.arange(i, i + batch_size)
        i += len(rows)
        samples = np.stack([data[np.arange(row - lookback, row, step)] for row in rows])
        return [samples, data[rows + delay, 0]]

    return batch


def parts(min_index, max_index):
    return generator(data, lookback, delay, min_index, max_index, batch_size, step)


train_gen = parts(0, 399)
val_gen = parts(400, 599)
test_gen = parts(600, 775)
val_steps = 6

use_session_with_seed(42, quiet=TRUE)
model = keras_model_sequential()
model = layer_gru(model, units=8, input_shape=[None, 2])
model = layer_dense(model, units=1)
compile(model, optimizer=optimizer_rmsprop(lr=0.01), loss="mae")

history = fit_generator(
    model,
    train_gen,
    steps_per_epoch=20,
    epochs=4,
    validation_data=val_gen,
    validation_steps=val_steps,
    verbose=0,
)
again = fit(model, train_gen, steps_per_epoch=5, epochs=2, verbose=0)
loss = evaluate_generator(model, test_gen, steps=5)
predicted = predict_generator(model, test_gen, steps=3)
next_targets = generator_next(test_gen)[1]
result = [
    history.metrics["loss"],
    history.metrics["val_loss"],
    again.metrics["loss"],
    list(loss.values()),
    predicted,
    next_targets,
]
