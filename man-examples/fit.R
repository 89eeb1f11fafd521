if (is_keras_available("3.12")) {
  keras <- reticulate::import("keras")
  model <- keras$Sequential(list(keras$Input(shape = list(4L)), keras$layers$Dense(1L)))
  model$compile(optimizer = "adam", loss = "mse")
  x <- as.matrix(iris[, 1:4])
  history <- model %>% fit(x, as.integer(iris$Species), epochs = 2, verbose = 0,
                           callbacks = callback_early_stopping(monitor = "loss"))
  history$metrics$loss
}
