if (is_keras_available("3.12")) {
  callback_backup_and_restore(file.path(tempdir(), "backup"))
}
