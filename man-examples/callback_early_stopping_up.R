if (is_keras_available("3.12")) {
  callback_early_stopping_up(s = 3, k = 5)
}
