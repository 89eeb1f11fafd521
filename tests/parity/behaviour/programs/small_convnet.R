# Pictures from a directory, changed a little each time; then the convnet is the frozen base of another one.
use_session_with_seed(42, quiet = TRUE)
base_dir <- tempfile("pictures")
for (class in c("across", "down")) {
  dir.create(file.path(base_dir, class), recursive = TRUE)
  for (i in 0:7) {
    stripes <- outer(0:11, 0:11, function(row, column) ((if (class == "across") row else column) + i) %% 4 < 2)
    picture <- array(rep(stripes * 155 + i * 10, 3), c(12, 12, 3))
    image_array_save(picture, file.path(base_dir, class, sprintf("%d.png", i)))
  }
}

datagen <- image_data_generator(rescale = 1 / 255, width_shift_range = 0.2, horizontal_flip = TRUE,
                                fill_mode = "nearest")
flow <- function() {
  flow_images_from_directory(base_dir, datagen, target_size = c(12, 12), batch_size = 4, class_mode = "binary",
                             seed = 3)
}
batch <- generator_next(flow())

conv_base <- keras_model_sequential() %>%
  layer_conv_2d(filters = 4, kernel_size = c(3, 3), activation = "relu", input_shape = c(12, 12, 3), name = "conv1") %>%
  layer_max_pooling_2d(pool_size = c(2, 2)) %>%
  layer_conv_2d(filters = 6, kernel_size = c(3, 3), activation = "relu", name = "conv2")
model <- keras_model_sequential() %>%
  conv_base() %>%
  layer_flatten() %>%
  layer_dense(units = 1, activation = "sigmoid")
model %>% compile(loss = "binary_crossentropy", optimizer = optimizer_rmsprop(lr = 1e-3), metrics = c("acc"))
history <- model %>% fit_generator(flow(), steps_per_epoch = 4, epochs = 3, verbose = 0)

plain <- flow_images_from_directory(base_dir, image_data_generator(rescale = 1 / 255), target_size = c(12, 12),
                                    batch_size = 16, class_mode = "binary", shuffle = FALSE)
all_of_them <- generator_next(plain)
features <- conv_base %>% predict(all_of_them[[1]], verbose = 0)

freeze_weights(conv_base)
top <- keras_model_sequential() %>%
  conv_base() %>%
  layer_global_average_pooling_2d() %>%
  layer_dense(units = 1, activation = "sigmoid")
top %>% compile(loss = "binary_crossentropy", optimizer = optimizer_rmsprop(lr = 1e-2), metrics = c("acc"))
frozen <- top %>% fit(all_of_them[[1]], all_of_them[[2]], epochs = 3, batch_size = 4, shuffle = FALSE, verbose = 0)
same_features <- conv_base %>% predict(all_of_them[[1]], verbose = 0)

unfreeze_weights(conv_base, from = "conv2")
top %>% compile(loss = "binary_crossentropy", optimizer = optimizer_rmsprop(lr = 1e-3), metrics = c("acc"))
tuned <- top %>% fit(all_of_them[[1]], all_of_them[[2]], epochs = 2, batch_size = 4, shuffle = FALSE, verbose = 0)

result <- list(batch[[1]], batch[[2]], history$metrics$loss, frozen$metrics$loss, tuned$metrics$loss, features,
               same_features, predict(top, all_of_them[[1]]))
