if (is_keras_available("3.12")) {
  activation_softmax(matrix(c(1, 2, 3, 1, 1, 1), 2, byrow = TRUE))
}
