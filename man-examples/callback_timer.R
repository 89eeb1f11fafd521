if (is_keras_available("3.12")) {
  callback_timer("01:30:00")
  callback_timer(as.difftime(90, units = "mins"), interval = "batch")
}
