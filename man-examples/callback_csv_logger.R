if (is_keras_available("3.12")) {
  callback_csv_logger(file.path(tempdir(), "log.csv"))
}
