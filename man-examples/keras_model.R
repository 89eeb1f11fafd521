if (is_keras_available("3.12")) {
  input <- layer_input(shape = c(4))
  output <- input %>% layer_dense(units = 3, activation = "softmax")
  keras_model(input, output)
}
