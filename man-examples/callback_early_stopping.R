if (is_keras_available("3.12")) {
  callback_early_stopping(monitor = "val_loss", patience = 5)
}
