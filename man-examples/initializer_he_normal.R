if (is_keras_available("3.12")) {
  layer_dense(units = 3, kernel_initializer = initializer_he_normal(seed = 1))
  initializer_he_normal(seed = 1)(c(2, 3))
}
