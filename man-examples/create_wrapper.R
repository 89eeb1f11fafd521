if (is_keras_available("3.12")) {
  create_wrapper(keras$layers$TimeDistributed, layer_input(shape = c(5, 3)), list(layer = layer_dense(units = 2)))
}
