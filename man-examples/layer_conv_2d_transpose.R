if (is_keras_available("3.12")) {
  keras_model_sequential() %>%
    layer_conv_2d_transpose(filters = 4, kernel_size = 3, strides = 2, padding = "same", input_shape = c(7, 7, 8))
}
