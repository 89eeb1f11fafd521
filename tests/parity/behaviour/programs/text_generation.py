"""An LSTM that learns which letter follows, and goes on with a text."""

import numpy as np

from rkeras_py import *

use_session_with_seed(42, quiet=TRUE)
text = " ".join(["die ros ist ohn warum sie bluehet weil sie bluehet"] * 2)
chars = sorted(set(text))
maxlen = 8

text_indexes = range(0, len(text) - maxlen, 3)
x = np.zeros((len(text_indexes), maxlen, len(chars)))
y = np.zeros((len(text_indexes), len(chars)))
for i, start in enumerate(text_indexes):
    for t in range(maxlen):
        x[i, t, chars.index(text[start + t])] = 1
    y[i, chars.index(text[start + maxlen])] = 1

model = keras_model_sequential()
layer_lstm(model, units=12, input_shape=c(maxlen, len(chars)))
layer_dense(model, units=len(chars), activation="softmax")
compile(model, loss="categorical_crossentropy", optimizer=optimizer_rmsprop(lr=0.05))


def likeliest(preds, temperature):
    preds = np.exp(np.log(preds) / temperature)
    return int(np.argmax(preds / preds.sum())) + 1


losses = []
for _ in range(4):
    history = fit(model, x, y, batch_size=8, epochs=2, shuffle=FALSE, verbose=0)
    losses += history.metrics["loss"]

generated = text[:maxlen]
written = []
for _ in range(10):
    sampled = np.zeros((1, maxlen, len(chars)))
    for t, char in enumerate(generated):
        sampled[0, t, chars.index(char)] = 1
    next_index = likeliest(predict(model, sampled, verbose=0)[0], 0.5)
    written.append(next_index)
    generated = generated[1:] + chars[next_index - 1]

result = [losses, written]
