if (is_keras_available("3.12")) {
  keras_model_sequential() %>%
    layer_separable_conv_2d(filters = 8, kernel_size = 3, input_shape = c(28, 28, 3)) %>%
    layer_depthwise_conv_2d(kernel_size = 3)
}
