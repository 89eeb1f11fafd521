\dontrun{
# The convolutional base of VGG16, trained on ImageNet, with a top of one's own.
conv_base <- application_vgg16(weights = "imagenet", include_top = FALSE, input_shape = c(150, 150, 3))
model <- keras_model_sequential() %>%
  conv_base %>%
  layer_flatten() %>%
  layer_dense(units = 1, activation = "sigmoid")
}
