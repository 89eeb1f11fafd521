# The picture that a filter answers to most, and a dream: steps up the gradient of what layers put out.
use_session_with_seed(42, quiet = TRUE)
k_set_learning_phase(0)
input <- layer_input(shape = c(8, 8, 3))
features <- input %>%
  layer_conv_2d(filters = 4, kernel_size = 3, activation = "relu", name = "block1_conv1") %>%
  layer_dropout(rate = 0.5) %>%
  layer_conv_2d(filters = 5, kernel_size = 3, activation = "tanh", name = "block2_conv1")
model <- keras_model(input, features)

layer_output <- model$get_layer("block2_conv1")$output
loss <- k_mean(layer_output[, , , 2])
grads <- k_gradients(loss, model$input)[[1]]
grads <- grads / (k_sqrt(k_mean(k_square(grads))) + 1e-5)
iterate <- k_function(list(model$input), list(loss, grads))
input_img_data <- array_reshape((0:191 * 5) %% 13 / 13, c(1, 8, 8, 3)) * 0.2 + 0.5
step <- 0.1
losses <- c()
for (i in 1:5) {
  c(loss_value, grads_value) %<-% iterate(list(input_img_data))
  losses <- c(losses, loss_value)
  input_img_data <- input_img_data + (grads_value * step)
}

layer_contributions <- list(block1_conv1 = 0.2, block2_conv1 = 3)
loss <- k_variable(0)
for (layer_name in names(layer_contributions)) {
  coeff <- layer_contributions[[layer_name]]
  activation <- model$get_layer(layer_name)$output
  scaling <- k_prod(k_cast(k_shape(activation), "float32"))
  loss <- loss + (coeff * k_sum(k_square(activation)) / scaling)
}
dream <- model$input
grads <- k_gradients(loss, dream)[[1]]
grads <- grads / k_maximum(k_mean(k_abs(grads)), 1e-7)
fetch_loss_and_grads <- k_function(list(dream), list(loss, grads))
eval_loss_and_grads <- function(image) {
  outs <- fetch_loss_and_grads(list(image))
  list(loss_value = outs[[1]], grad_values = outs[[2]])
}
image <- input_img_data
dreams <- c()
for (i in 1:5) {
  c(loss_value, grad_values) %<-% eval_loss_and_grads(image)
  dreams <- c(dreams, loss_value)
  image <- image + 0.05 * grad_values
}
result <- list(losses, input_img_data, dreams, image)
