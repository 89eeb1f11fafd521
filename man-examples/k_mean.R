if (is_keras_available("3.12")) {
  x <- matrix(c(1, 2, 3, 4, 5, 6), nrow = 2)
  k_mean(x, axis = 1)
  # a loss of one's own
  absolute <- function(y_true, y_pred) k_mean(k_abs(y_pred - y_true), axis = -1)
}
