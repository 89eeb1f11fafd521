if (is_keras_available("3.12")) {
  layer_locally_connected_2d(layer_input(shape = c(8, 8, 1)), filters = 4, kernel_size = 3)
}
