if (is_keras_available("3.12")) {
  model <- keras_model_sequential() %>% layer_dense(units = 1, input_shape = c(4))
  model %>% compile(optimizer = optimizer_sgd(lr = 0.01, decay = 1e-4), loss = "mse", metrics = c("mae"))
}
