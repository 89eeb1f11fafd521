if (is_keras_available("3.12") && k_backend() == "tensorflow") {
  tf <- reticulate::import("tensorflow")
  `%as%` <- reticulate::`%as%`
  model <- keras_model_sequential(input_shape = 2) %>% layer_dense(units = 1)
  optimizer <- optimizer_sgd(learning_rate = 0.02)
  loss <- loss_mean_squared_error()
  x <- matrix(c(1, 2, 3, 4), 2)
  y <- matrix(c(1, 0), 2)
  for (step in 1:3) {
    with(tf$GradientTape() %as% tape, {
      value <- loss(y, model(x, training = TRUE))
    })
    gradients <- tape$gradient(value, model$trainable_weights)
    optimizer$apply_gradients(zip_lists(gradients, model$trainable_weights))
    print(as.numeric(value))
  }
}
