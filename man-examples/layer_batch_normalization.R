if (is_keras_available("3.12")) {
  keras_model_sequential() %>%
    layer_conv_2d(filters = 8, kernel_size = 3, input_shape = c(28, 28, 1)) %>%
    layer_batch_normalization() %>%
    layer_activation("relu")
}
