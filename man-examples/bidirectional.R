if (is_keras_available("3.12")) {
  keras_model_sequential() %>%
    bidirectional(layer_lstm(units = 8, return_sequences = TRUE), input_shape = c(10, 3)) %>%
    time_distributed(layer_dense(units = 2))
}
