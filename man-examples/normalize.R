if (is_keras_available("3.12")) {
  normalize(matrix(c(3, 4), 1))
}
