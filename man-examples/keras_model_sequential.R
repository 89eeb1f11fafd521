if (is_keras_available("3.12")) {
  model <- keras_model_sequential() %>%
    layer_dense(units = 8, activation = "relu", input_shape = c(4)) %>%
    layer_dense(units = 3, activation = "softmax")
  summary(model)
}
