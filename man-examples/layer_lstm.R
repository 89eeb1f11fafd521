if (is_keras_available("3.12")) {
  keras_model_sequential() %>%
    layer_embedding(input_dim = 1000, output_dim = 8) %>%
    layer_lstm(units = 4) %>%
    layer_dense(units = 1, activation = "sigmoid")
}
