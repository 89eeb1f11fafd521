if (is_keras_available("3.12")) {
  model <- keras_model_sequential() %>%
    layer_dense(units = 1, input_shape = c(3))
  model %>% compile(optimizer = "sgd", loss = "mse")
  generator <- function() {
    x <- matrix(rnorm(24), 8)
    list(x, rowSums(x))
  }
  model %>% fit_generator(generator, steps_per_epoch = 5, epochs = 2, verbose = 0)
  model %>% fit(generator, steps_per_epoch = 5, epochs = 2, verbose = 0,
                validation_data = generator, validation_steps = 1)
}
