if (is_keras_available("3.12")) {
  keras_model_sequential() %>%
    layer_conv_1d(filters = 8, kernel_size = 5, input_shape = c(100, 4)) %>%
    layer_max_pooling_1d(pool_size = 5) %>%
    layer_global_average_pooling_1d()
}
