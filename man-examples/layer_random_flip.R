if (is_keras_available("3.12")) {
  keras_model_sequential() %>%
    layer_rescaling(scale = 1 / 255, input_shape = c(28, 28, 3)) %>%
    layer_random_flip("horizontal") %>%
    layer_random_rotation(factor = 0.1) %>%
    layer_center_crop(height = 24, width = 24)
}
