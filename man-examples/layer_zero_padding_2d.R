if (is_keras_available("3.12")) {
  layer_input(shape = c(8, 8, 1)) %>%
    layer_zero_padding_2d(padding = list(c(1, 0), c(2, 2))) %>%
    layer_cropping_2d(cropping = 1) %>%
    layer_upsampling_2d(size = 2)
}
