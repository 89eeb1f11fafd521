if (is_keras_available("3.12")) {
  # how a sum of squares grows with each number
  input <- layer_input(shape = 2)
  loss <- k_sum(k_square(input))
  slope <- k_function(list(input), k_gradients(loss, list(input)))
  slope(list(matrix(c(1, 2), nrow = 1)))
}
