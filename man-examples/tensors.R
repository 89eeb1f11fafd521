
if (is_keras_available("3.12")) {
  keras <- reticulate::import("keras")
  x <- keras$ops$convert_to_tensor(matrix(1:6, 2), dtype = "float32")
  x
  1 - x[, 1]
  mean((x - 2L)^2)
  as.matrix(x)

  input <- keras$Input(shape = list(3L))
  dim(input)
  input[, 2:NULL] * 0.5

  optimizer <- optimizer_sgd(lr = 0.01)
  as.numeric(optimizer$lr)
}
