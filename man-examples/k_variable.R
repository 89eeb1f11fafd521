if (is_keras_available("3.12")) {
  total <- k_variable(c(0, 0))
  k_update_add(total, c(1, 2))
  k_get_value(total)
  k_eval(total * 2)
}
