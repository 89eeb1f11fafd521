if (is_keras_available("3.12")) {
  callback_remote_monitor(root = "http://localhost:9000", headers = list("X-Run" = "seven"))
}
