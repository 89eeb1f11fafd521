if (is_keras_available("3.12")) {
  model <- keras_model_sequential() %>%
    layer_dense(units = 8, input_shape = c(4), name = "hidden") %>%
    layer_dense(units = 1)
  get_layer(model, "hidden")$units
  get_layer(model, index = -1)$units
}
