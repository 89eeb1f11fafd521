if (is_keras_available("3.12")) {
  # what a layer within a model puts out
  model <- keras_model_sequential() %>%
    layer_dense(units = 4, activation = "tanh", input_shape = 2) %>%
    layer_dense(units = 1)
  hidden <- k_function(list(model$input), list(model$layers[[1]]$output))
  hidden(list(matrix(c(1, 2), nrow = 1)))
}
