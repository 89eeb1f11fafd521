if (is_keras_available("3.12")) {
  input <- layer_input(shape = 8, name = "input")
  inner <- input %>% layer_dense(8, activation = "relu", name = "inner")
  model <- keras_model(input, layer_add(input, inner, name = "sum") %>% layer_dense(1, name = "output"))
  plot(model, show_shapes = TRUE)
}
