if (is_keras_available("3.12")) {
  model <- keras_model_sequential() %>% layer_dense(units = 1, input_shape = c(4))
  model_from_json(model_to_json(model))
}
