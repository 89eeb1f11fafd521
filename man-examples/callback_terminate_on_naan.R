if (is_keras_available("3.12")) {
  callback_terminate_on_naan()
}
