if (is_keras_available("3.12")) {
  keras_model_sequential() %>%
    layer_conv_lstm_2d(filters = 4, kernel_size = 3, input_shape = c(5, 8, 8, 1))
}
