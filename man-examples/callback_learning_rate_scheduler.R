if (is_keras_available("3.12")) {
  callback_learning_rate_scheduler(function(epoch) 0.01 * 0.5^(epoch %/% 10))
}
