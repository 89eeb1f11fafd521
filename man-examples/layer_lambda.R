if (is_keras_available("3.12")) {
  model <- keras_model_sequential() %>%
    layer_lambda(function(x, power) x^power, arguments = list(power = 2), input_shape = c(3)) %>%
    layer_dense(units = 1)
  predict(model, matrix(c(1, 2, 3), 1))

  # A sampling layer, as variational autoencoders have it
  layer_lambda(layer_input(shape = c(2)), function(mean) mean + k_random_normal(k_shape(mean)))
}
