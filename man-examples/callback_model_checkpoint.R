if (is_keras_available("3.12")) {
  callback_model_checkpoint(file.path(tempdir(), "weights.{epoch:02d}-{val_loss:.2f}.hdf5"), period = 5)
}
