if (is_keras_available("3.12")) {
  array_reshape(1:6, c(2, 3))
  matrix(1:6, 2)                                 # R's own order
}
