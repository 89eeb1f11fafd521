if (is_keras_available("3.12")) {
  model <- keras_model_sequential() %>%
    layer_dense(units = 3, activation = "softmax", input_shape = c(4))
  model %>% compile(optimizer = "adam", loss = "categorical_crossentropy", metrics = "accuracy")
  history <- model %>% fit(as.matrix(iris[, 1:4]), to_categorical(iris$Species), epochs = 2, verbose = 0,
                           callbacks = callback_early_stopping(monitor = "loss"))
  history
}
