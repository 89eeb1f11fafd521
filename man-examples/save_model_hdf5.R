if (is_keras_available("3.12")) {
  model <- keras_model_sequential() %>% layer_dense(units = 1, input_shape = c(4))
  file <- tempfile(fileext = ".h5")
  save_model_hdf5(model, file)
  load_model_hdf5(file)
}
