if (is_keras_available("3.12")) {
  optimizer <- optimizer_adam(lr = 0.001)
  optimizer$lr <- 0.01
  k_get_value(optimizer$lr)
}
