if (is_keras_available("3.12")) {
  layer_dense(units = 3)                         # the layer
  keras_model_sequential() %>% layer_dense(units = 3, input_shape = c(4))
  layer_input(shape = c(4)) %>% layer_dense(units = 3)
}
