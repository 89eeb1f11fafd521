if (is_keras_available("3.12")) {
  callback_early_stopping_pq(alpha = 0.75, k = 5)
}
