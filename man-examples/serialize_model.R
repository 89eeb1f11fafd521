if (is_keras_available("3.12")) {
  model <- keras_model_sequential() %>% layer_dense(units = 1, input_shape = c(4))
  file <- tempfile(fileext = ".rds")
  saveRDS(serialize_model(model), file)
  again <- unserialize_model(readRDS(file))
  identical(get_weights(again), get_weights(model))
}
