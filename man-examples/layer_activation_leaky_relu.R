if (is_keras_available("3.12")) {
  keras_model_sequential() %>%
    layer_dense(units = 8, input_shape = c(3)) %>%
    layer_activation_leaky_relu(alpha = 0.1)
}
