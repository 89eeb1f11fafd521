shape(NULL, 28, 28)
if (is_keras_available("3.12")) {
  as_tensor(1:6, "float32", shape = c(2, 3))
  keras_array(matrix(c(0.5, 1, 1.5, 2), 2))
}
