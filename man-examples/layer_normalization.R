if (is_keras_available("3.12")) {
  x <- as.matrix(iris[, 1:4])
  normalize <- layer_normalization()
  adapt(normalize, x)
  input <- layer_input(shape = c(4))
  output <- normalize(input) %>% layer_dense(units = 3, activation = "softmax")
  keras_model(input, output)
}
