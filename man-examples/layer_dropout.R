if (is_keras_available("3.12")) {
  keras_model_sequential() %>%
    layer_dense(units = 8, activation = "relu", input_shape = c(3)) %>%
    layer_dropout(rate = 0.5) %>%
    layer_dense(units = 1)
}
