if (is_keras_available("3.12")) {
  model <- keras_model_sequential() %>% layer_dense(1, input_shape = 3)
  model %>% compile(optimizer_sgd(lr = 0.1, momentum = 0.9, decay = 0.01), loss = "mse")
  model %>% fit(matrix(runif(30), 10), runif(10), epochs = 2, verbose = 0)
}
