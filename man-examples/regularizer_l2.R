if (is_keras_available("3.12")) {
  layer_dense(units = 3, kernel_regularizer = regularizer_l2(0.001))
}
