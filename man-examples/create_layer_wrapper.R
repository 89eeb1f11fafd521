if (is_keras_available("3.12")) {
  layer_group_normalization <- create_layer_wrapper(
    keras$layers$GroupNormalization,
    modifiers = list(groups = as.integer)
  )
  keras_model_sequential() %>%
    layer_dense(units = 8, input_shape = c(3)) %>%
    layer_group_normalization(groups = 2)
}
