if (is_keras_available("3.12")) {
  largest_error <- custom_metric("largest_error", function(y_true, y_pred) max(abs(y_true - y_pred)))
  keras_model_sequential() %>%
    layer_dense(1, input_shape = 3) %>%
    compile("adam", "mse", metrics = list("mae", largest_error))
}
