if (is_keras_available("3.12")) {
  callback_early_stopping_gl(alpha = 5, restore_best_weights = TRUE)
}
