if (is_keras_available("3.12")) {
  layer_dense(units = 3, kernel_constraint = constraint_maxnorm(max_value = 3))
}
