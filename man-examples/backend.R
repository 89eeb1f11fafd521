if (is_keras_available("3.12")) {
  K <- backend()
  x <- K$constant(matrix(1:6, 2))
  K$mean(K$square(x), axis = 0L)
}
