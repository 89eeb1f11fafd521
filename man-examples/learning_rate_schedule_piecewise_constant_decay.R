if (is_keras_available("3.12")) {
  # 0.1 for 500 batches, 0.01 for the next 500, then 0.001
  learning_rate_schedule_piecewise_constant_decay(c(500, 1000), c(0.1, 0.01, 0.001))
}
