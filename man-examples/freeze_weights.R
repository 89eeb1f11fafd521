if (is_keras_available("3.12")) {
  conv_base <- application_vgg16(weights = NULL, include_top = FALSE, input_shape = c(32, 32, 3))
  # All but the last block; then the model is compiled.
  unfreeze_weights(conv_base, from = "block5_conv1")
  model <- keras_model(conv_base$input, conv_base$output %>% layer_flatten() %>% layer_dense(units = 1))
  model %>% compile(optimizer = optimizer_rmsprop(lr = 2e-5), loss = "mse")
  length(model$trainable_weights)
}
