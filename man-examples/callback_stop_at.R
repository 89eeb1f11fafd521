if (is_keras_available("3.12")) {
  callback_stop_at("val_acc", threshold = 0.95)
}
