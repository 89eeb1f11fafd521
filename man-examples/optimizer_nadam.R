if (is_keras_available("3.12")) {
  optimizer_nadam(lr = 0.002, schedule_decay = 0.004)
  optimizer_nadam(learning_rate = 0.001, use_ema = TRUE)
}
