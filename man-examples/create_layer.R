if (is_keras_available("3.12")) {
  layer_group_normalization <- function(object, groups = 32L, name = NULL) {
    create_layer(keras$layers$GroupNormalization, object, list(groups = groups, name = name))
  }
  keras_model_sequential() %>%
    layer_dense(units = 8, input_shape = c(3)) %>%
    layer_group_normalization(groups = 2)
}
