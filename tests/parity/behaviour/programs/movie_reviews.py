"""Reviews as sequences of words: an embedding that is learnt, one that was given, and an LSTM behind it."""

import numpy as np

from rkeras_py import *

use_session_with_seed(42, quiet=TRUE)
subjects = c("The film", "This story", "The acting", "The music", "电影")
verdicts = c("was wonderful!", "was great fun", "was dull...", "was a waste of time")
texts = [f"{subject} {verdict}" for verdict in verdicts for subject in subjects]
labels = np.repeat([1.0, 1.0, 0.0, 0.0], len(subjects))
maxlen = 6
max_words = 16
embedding_dim = 4

tokenizer = fit_text_tokenizer(text_tokenizer(num_words=max_words), texts)
sequences = texts_to_sequences(tokenizer, texts)
data = pad_sequences(sequences, maxlen=maxlen)
one_hot_results = texts_to_matrix(tokenizer, texts, mode="binary")

model = keras_model_sequential()
layer_embedding(model, input_dim=max_words, output_dim=embedding_dim, input_length=maxlen)
layer_flatten(model)
layer_dense(model, units=1, activation="sigmoid")
compile(model, optimizer="rmsprop", loss="binary_crossentropy", metrics=c("acc"))
learnt = fit(model, data, labels, epochs=3, batch_size=5, shuffle=FALSE, verbose=0)

embedding_matrix = array_reshape((np.arange(max_words * embedding_dim) * 7) % 11 / 11, c(max_words, embedding_dim))
recurrent = keras_model_sequential()
layer_embedding(recurrent, input_dim=max_words, output_dim=embedding_dim, input_length=maxlen)
layer_lstm(recurrent, units=5)
layer_dense(recurrent, units=1, activation="sigmoid")
freeze_weights(set_weights(get_layer(recurrent, index=1), [embedding_matrix]))
compile(recurrent, optimizer=optimizer_rmsprop(lr=0.01), loss="binary_crossentropy", metrics=c("acc"))
given = fit(recurrent, data, labels, epochs=3, batch_size=5, shuffle=FALSE, verbose=0)
kept = get_weights(get_layer(recurrent, index=1))[0]

result = [
    learnt.metrics["loss"],
    given.metrics["loss"],
    given.metrics["acc"],
    predict(recurrent, data),
    data,
    one_hot_results,
    kept,
    embedding_matrix,
]
