if (is_keras_available("3.12")) {
  model <- keras_model_sequential() %>% layer_dense(units = 1, input_shape = c(4))
  set_weights(model, list(matrix(0.5, 4, 1), array(0, 1)))
  get_weights(model)
}
