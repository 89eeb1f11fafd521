if (is_keras_available("3.12")) {
  optimizer_adadelta(lr = 1, decay = 0.01)
}
