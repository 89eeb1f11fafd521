\dontrun{
model <- application_resnet50()
image <- array(runif(224 * 224 * 3, 0, 255), c(1, 224, 224, 3))
imagenet_decode_predictions(predict(model, imagenet_preprocess_input(image)), top = 3)
}
