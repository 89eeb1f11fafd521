if (is_keras_available("3.12")) {
  model <- keras_model_sequential() %>%
    layer_lstm(units = 4, stateful = TRUE, batch_input_shape = c(1, 2, 3))
  predict(model, array(1, c(1, 2, 3)))
  reset_states(model)
}
