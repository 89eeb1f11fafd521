if (is_keras_available("3.12")) {
  auc <- metric_auc(name = "auc")
  auc(c(0, 0, 1, 1), c(0.1, 0.6, 0.4, 0.9))
  auc$reset_states()
}
