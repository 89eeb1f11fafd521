# Grad-CAM: where in a picture a convnet sees a class; the network is trained first.
use_session_with_seed(42, quiet = TRUE)
images <- array_reshape((0:1919 * 11) %% 23 / 23, c(10, 8, 8, 3))
labels <- to_categorical(0:9 %% 4, 4)

model <- keras_model_sequential() %>%
  layer_conv_2d(filters = 6, kernel_size = c(3, 3), activation = "relu", input_shape = c(8, 8, 3)) %>%
  layer_max_pooling_2d(pool_size = c(2, 2)) %>%
  layer_conv_2d(filters = 5, kernel_size = c(2, 2), activation = "relu", name = "last_conv") %>%
  layer_flatten() %>%
  layer_dense(units = 4, activation = "softmax")
model %>% compile(optimizer = "rmsprop", loss = "categorical_crossentropy", metrics = c("accuracy"))
history <- model %>% fit(images, labels, epochs = 3, batch_size = 5, shuffle = FALSE, verbose = 0)

img <- images[1, , , , drop = FALSE]
class_output <- model$output[, 1]
last_conv_layer <- model$get_layer("last_conv")
grads <- k_gradients(class_output, last_conv_layer$output)[[1]]
pooled_grads <- k_mean(grads, axis = c(1, 2, 3))
iterate <- k_function(list(model$input), list(pooled_grads, last_conv_layer$output[1, , , ]))
c(pooled_grads_value, conv_layer_output_value) %<-% iterate(list(img))
for (i in 1:5) {
  conv_layer_output_value[, , i] <- conv_layer_output_value[, , i] * pooled_grads_value[[i]]
}
heatmap <- apply(conv_layer_output_value, c(1, 2), mean)
heatmap <- pmax(heatmap, 0)
heatmap <- heatmap / max(heatmap)
result <- list(history$metrics$loss, pooled_grads_value, heatmap)
