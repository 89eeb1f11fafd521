if (is_keras_available("3.12")) {
  keras <- reticulate::import("keras")
  model <- keras$Sequential(list(keras$Input(shape = list(4L)), keras$layers$Dense(1L)))
  model$compile(optimizer = "adam", loss = "mse")
  x <- as.matrix(iris[, 1:4])
  head(predict(model, x))
}
