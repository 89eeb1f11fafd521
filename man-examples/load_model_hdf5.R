if (is_keras_available("3.12")) {
  keras <- reticulate::import("keras")
  model <- keras$Sequential(list(keras$Input(shape = list(4L)), keras$layers$Dense(1L)))
  model$compile(optimizer = "adam", loss = "mse")
  x <- as.matrix(iris[, 1:4])
  file <- file.path(tempdir(), "best_model.hdf5")
  fit(model, x, as.integer(iris$Species), epochs = 1, verbose = 0, callbacks = callback_model_checkpoint(file))
  again <- load_model_hdf5(file)
  fit(again, x, as.integer(iris$Species), epochs = 1, verbose = 0)
}
