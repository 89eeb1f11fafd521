if (is_keras_available("3.12")) {
  activation_relu(c(-2, -1, 0, 1, 2), alpha = 0.1)
  layer_dense(units = 3, activation = activation_relu)   # the same as "relu"
}
