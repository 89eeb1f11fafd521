# Short texts, made up of the numbers of words: those of the second kind have words that the first has not.
from rkeras_py import *

use_session_with_seed(7, quiet=TRUE)


def text(i):
    words = [(i * 7 + j**2) % 40 + 1 for j in range(1, 4 + i % 9)]
    return c(words, 41 + i % 5) if i % 2 == 1 else words


x = pad_sequences([text(i) for i in range(240)], maxlen=10)
y = [i % 2 for i in range(240)]

model = keras_model_sequential()
layer_embedding(model, input_dim=46, output_dim=8, input_length=10)
layer_conv_1d(model, filters=8, kernel_size=3, activation="relu")
layer_lstm(model, units=8)
layer_dense(model, units=1, activation="sigmoid")

compile(model, optimizer=optimizer_adam(lr=0.01), loss="binary_crossentropy", metrics=["acc"])

history = fit(
    model,
    x,
    y,
    epochs=6,
    batch_size=24,
    validation_split=0.25,
    verbose=0,
    callbacks=[
        callback_learning_rate_scheduler(lambda epoch: 0.01 if epoch < 3 else 0.005),
        callback_model_checkpoint("weights.{epoch:02d}-{val_loss:.2f}.hdf5", save_weights_only=TRUE),
        callback_terminate_on_naan(),
    ],
)
print(history)
