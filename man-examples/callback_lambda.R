if (is_keras_available("3.12")) {
  callback_lambda(on_epoch_end = function(epoch, logs) cat("."))
}
