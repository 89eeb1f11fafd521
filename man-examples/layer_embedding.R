if (is_keras_available("3.12")) {
  keras_model_sequential() %>%
    layer_embedding(input_dim = 1000, output_dim = 8, input_length = 20) %>%
    layer_flatten()
}
