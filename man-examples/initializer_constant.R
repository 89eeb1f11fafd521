if (is_keras_available("3.12")) {
  initializer_constant(c(1, 2, 3))(c(2, 3))
  layer_dense(units = 3, bias_initializer = initializer_constant(0.1))
}
