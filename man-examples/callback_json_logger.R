if (is_keras_available("3.12")) {
  callback_json_logger(file.path(tempdir(), "log.jsonl"))
}
