if (is_keras_available("3.12")) {
  keras_model_sequential() %>%
    layer_dense(1, input_shape = 3) %>%
    compile(optimizer_adam(), loss_huber(delta = 2), metrics = metric_mean_absolute_error)
}
