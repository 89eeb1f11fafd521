if (is_keras_available("3.12")) {
  callback_tensorboard(log_dir = file.path(tempdir(), "logs"), histogram_freq = 1)
}
