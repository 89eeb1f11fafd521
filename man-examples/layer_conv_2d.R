if (is_keras_available("3.12")) {
  keras_model_sequential() %>%
    layer_conv_2d(filters = 8, kernel_size = c(3, 3), activation = "relu", input_shape = c(28, 28, 1)) %>%
    layer_max_pooling_2d(pool_size = c(2, 2)) %>%
    layer_flatten() %>%
    layer_dense(units = 10, activation = "softmax")
}
