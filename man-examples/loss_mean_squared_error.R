if (is_keras_available("3.12")) {
  loss_mean_squared_error(c(1, 2), c(1, 4))
  loss <- loss_mean_squared_error(reduction = "sum")
}
