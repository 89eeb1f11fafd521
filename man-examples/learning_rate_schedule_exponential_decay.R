if (is_keras_available("3.12")) {
  schedule <- learning_rate_schedule_exponential_decay(0.1, decay_steps = 1000, decay_rate = 0.96)
  k_get_value(schedule(1000))

  model <- keras_model_sequential() %>% layer_dense(1, input_shape = 3)
  model %>% compile(optimizer_adam(lr = schedule), loss = "mse")
  model %>% fit(matrix(runif(30), 10), runif(10), epochs = 2, verbose = 0)
}
