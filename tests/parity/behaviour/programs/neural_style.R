# Neural style transfer: the losses of content, style and variation of a picture, and steps down their gradient.
use_session_with_seed(42, quiet = TRUE)
img_nrows <- 8
img_ncols <- 10
picture <- function(step) array_reshape((0:239 * step %% 17) %% 17 / 17, c(1, img_nrows, img_ncols, 3))

target_image <- k_constant(picture(3))
style_reference_image <- k_constant(picture(7))
combination_image <- k_placeholder(c(1, img_nrows, img_ncols, 3))
input_tensor <- k_concatenate(list(target_image, style_reference_image, combination_image), axis = 1)

outputs <- input_tensor %>%
  layer_conv_2d(filters = 4, kernel_size = 3, padding = "same", activation = "relu", name = "block1_conv1") %>%
  layer_max_pooling_2d(pool_size = 2) %>%
  layer_conv_2d(filters = 6, kernel_size = 3, padding = "same", activation = "relu", name = "block2_conv1")
model <- keras_model(combination_image, outputs)

content_loss <- function(base, combination) {
  k_sum(k_square(combination - base))
}

gram_matrix <- function(x) {
  features <- k_batch_flatten(k_permute_dimensions(x, list(3, 1, 2)))
  gram <- k_dot(features, k_transpose(features))
  gram
}

style_loss <- function(style, combination) {
  S <- gram_matrix(style)
  C <- gram_matrix(combination)
  channels <- 3
  size <- img_nrows * img_ncols
  k_sum(k_square(S - C)) / (4 * channels^2 * size^2)
}

total_variation_loss <- function(x) {
  y_ij <- x[, 1:(img_nrows - 1L), 1:(img_ncols - 1L), ]
  y_i1j <- x[, 2:img_nrows, 1:(img_ncols - 1L), ]
  y_ij1 <- x[, 1:(img_nrows - 1L), 2:img_ncols, ]
  a <- k_square(y_ij - y_i1j)
  b <- k_square(y_ij - y_ij1)
  k_sum(k_pow(a + b, 1.25))
}

outputs_dict <- lapply(model$layers, `[[`, "output")
names(outputs_dict) <- lapply(model$layers, `[[`, "name")
content_layer <- "block2_conv1"
style_layers <- c("block1_conv1", "block2_conv1")
total_variation_weight <- 1e-2
style_weight <- 1.0
content_weight <- 0.025

loss <- k_variable(0.0)
layer_features <- outputs_dict[[content_layer]]
target_image_features <- layer_features[1, , , ]
combination_features <- layer_features[3, , , ]
loss <- loss + content_weight * content_loss(target_image_features, combination_features)
for (layer_name in style_layers) {
  layer_features <- outputs_dict[[layer_name]]
  style_reference_features <- layer_features[2, , , ]
  combination_features <- layer_features[3, , , ]
  sl <- style_loss(style_reference_features, combination_features)
  loss <- loss + ((style_weight / length(style_layers)) * sl)
}
loss <- loss + (total_variation_weight * total_variation_loss(combination_image))

grads <- k_gradients(loss, combination_image)[[1]]
fetch_loss_and_grads <- k_function(list(combination_image), list(loss, grads))

x <- picture(5)
losses <- c()
for (i in 1:6) {
  outs <- fetch_loss_and_grads(list(x))
  losses <- c(losses, outs[[1]])
  x <- x - 0.01 * array_reshape(outs[[2]], c(1, img_nrows, img_ncols, 3))
}
result <- list(losses, x)
