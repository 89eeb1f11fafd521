if (is_keras_available("3.12")) {
  to_categorical(c(0, 2, 1), num_classes = 3)
  to_categorical(factor(c("a", "c", "b")))
}
