if (is_keras_available("3.12")) {
  callback_progbar_logger(count_mode = "steps")
}
