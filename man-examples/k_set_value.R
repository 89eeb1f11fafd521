if (is_keras_available("3.12")) {
  optimizer <- optimizer_sgd(lr = 0.01)
  k_set_value(optimizer$lr, k_get_value(optimizer$lr) / 2)
  k_get_value(optimizer$lr)
}
