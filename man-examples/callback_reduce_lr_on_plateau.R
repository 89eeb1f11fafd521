if (is_keras_available("3.12")) {
  callback_reduce_lr_on_plateau(monitor = "val_loss", factor = 0.5, patience = 2)
}
