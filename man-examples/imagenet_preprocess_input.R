if (is_keras_available("3.12")) {
  image <- array(runif(224 * 224 * 3, 0, 255), c(1, 224, 224, 3))
  range(imagenet_preprocess_input(image))
}
