if (is_keras_available("3.12")) {
  keras_model_sequential() %>%
    layer_rnn(list(layer_lstm_cell(units = 8), layer_gru_cell(units = 4)), input_shape = c(10, 3))

  # A cell of one's own: the running maximum
  largest <- list(
    state_size = 3,
    call = function(inputs, states) {
      now <- k_maximum(inputs, states[[1]])
      list(now, list(now))
    }
  )
  layer_rnn(array(1:6 / 6, c(1, 2, 3)), largest)
}
