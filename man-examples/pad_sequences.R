if (is_keras_available("3.12")) {
  pad_sequences(list(1:3, 4, 5:6), maxlen = 2)
}
