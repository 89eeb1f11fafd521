if (is_keras_available("3.12")) {
  # A text is a row of word numbers.
  words <- matrix(sample(0:9, 60, replace = TRUE), nrow = 10)
  model <- keras_model_sequential() %>%
    layer_embedding(input_dim = 10, output_dim = 4, input_length = 6) %>%
    layer_flatten() %>%
    layer_dense(1)
  model %>% compile(optimizer_rmsprop(lr = 0.01, clipnorm = 1, clipvalue = 0.5), loss = "mse")
  model %>% fit(words, runif(10), epochs = 2, verbose = 0)
}
