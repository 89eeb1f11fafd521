if (is_keras_available("3.12")) {
  keras_model_sequential() %>%
    layer_dense(units = 12, input_shape = c(3)) %>%
    layer_reshape(target_shape = c(4, -1)) %>%
    layer_permute(dims = c(2, 1)) %>%
    layer_flatten()
}
