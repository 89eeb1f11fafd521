if (is_keras_available("3.12")) {
  a <- layer_input(shape = c(3))
  b <- layer_input(shape = c(3))
  layer_add(a, b) # or layer_add(list(a, b))
  layer_concatenate(list(a, b), axis = 1)
  layer_dot(list(a, b), axes = 1)
}
