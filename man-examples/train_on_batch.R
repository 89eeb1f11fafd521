if (is_keras_available("3.12")) {
  model <- keras_model_sequential() %>% layer_dense(units = 1, input_shape = c(2))
  model %>% compile(optimizer = "sgd", loss = "mse", metrics = "mae")
  train_on_batch(model, matrix(runif(8), 4), runif(4))
}
