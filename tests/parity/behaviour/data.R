texts <- c("The cat sat on the mat.", "今天天气 很好", "😀 Grüße! cat", "")

fitted <- function(...) text_tokenizer(...) %>% fit_text_tokenizer(texts)

flat <- function(value) as.numeric(unlist(value))

is_same <- function(one, other) reticulate::py_id(one) == reticulate::py_id(other)

batches <- function(dataset) reticulate::iterate(dataset, function(batch) lapply(batch, function(part) part$numpy()))

arrays <- function(dataset) lapply(batches(dataset), flat)

pixels <- array_reshape((0:359 * 7) %% 256, c(5, 6, 4, 3))

picture <- function(i) array(pixels[i, , , ], dim(pixels)[-1])

behaviour("texts_to_sequences_generator", {
  tokenizer <- fitted(num_words = 6)
  given <- texts_to_sequences_generator(tokenizer, texts)
  i <- 0
  asked <- texts_to_sequences_generator(tokenizer, function() {
    i <<- i + 1
    if (i < 3) texts[[i]]
  })
  list(flat(reticulate::iterate(given)), flat(reticulate::iterate(asked)))
})
behaviour("save_text_tokenizer", {
  tokenizer <- fitted()
  is_same(save_text_tokenizer(tokenizer, "中文"), tokenizer)
})
behaviour("load_text_tokenizer", {
  save_text_tokenizer(fitted(num_words = 9), "tokenizer")
  again <- load_text_tokenizer("tokenizer")
  list(again$word_index[["很好"]], again$num_words, flat(texts_to_sequences(again, texts)))
})
behaviour("skipgrams", {
  sequence <- c(1, 5, 0, 3, 8, 1)
  pairs <- skipgrams(sequence, 9, window_size = 2, negative_samples = 0, seed = 3)
  rows <- skipgrams(sequence, 9, negative_samples = 0, shuffle = FALSE, categorical = TRUE)
  list(flat(pairs$couples), flat(pairs$labels), flat(rows$couples), flat(rows$labels))
})
behaviour("timeseries_generator", {
  steps <- matrix(0:35, 12, 3)
  some <- timeseries_generator(steps, 0:11, 4, sampling_rate = 2, stride = 2, batch_size = 3, reverse = TRUE)
  part <- timeseries_generator(steps, 0:11, 2, start_index = 3, end_index = 9)
  both <- c(reticulate::iterate(some), reticulate::iterate(part))
  c(list(length(some)), lapply(both, flat))
})
behaviour("timeseries_dataset_from_array", {
  steps <- 0:19
  c(
    arrays(timeseries_dataset_from_array(steps, steps * 2L, 3, batch_size = 8, start_index = 4, end_index = -3)),
    arrays(timeseries_dataset_from_array(steps, steps, 3, 2, shuffle = TRUE, seed = 3))
  )
})
behaviour("text_dataset_from_directory", {
  for (sort in c("a", "好")) {
    dir.create(file.path("texts", sort), recursive = TRUE)
    for (text in c("one", "two")) writeLines(text, file.path("texts", sort, paste0(text, ".txt")))
  }
  dataset <- text_dataset_from_directory("texts", seed = 3, verbose = FALSE)
  rows <- text_dataset_from_directory("texts", label_mode = "categorical", shuffle = FALSE, verbose = FALSE)
  second <- function(dataset) flat(reticulate::iterate(dataset, function(batch) batch[[2]]$numpy()))
  list(dataset$class_names, second(dataset), second(rows))
})
behaviour("image_array_save", {
  image_array_save(picture(1), "first.png", scale = FALSE)
  image_array_save(picture(1) / 7, "stretched", file_format = "bmp")
  list(flat(image_to_array(image_load("first.png"))), flat(image_to_array(image_load("stretched"))))
})
behaviour("image_load", {
  image_array_save(picture(1), "图.png", scale = FALSE)
  small <- image_load("图.png", target_size = c(3, 2), interpolation = "bilinear")
  gray <- image_to_array(image_load("图.png", grayscale = TRUE))
  c(small$size, list(flat(image_to_array(small)), flat(gray)))
})
behaviour("image_to_array", {
  image_array_save(picture(2), "second.png", scale = FALSE)
  dim(image_to_array(image_load("second.png"), data_format = "channels_first"))
})
behaviour("image_dataset_from_directory", {
  for (sort in c("cats", "狗")) {
    dir.create(file.path("images", sort), recursive = TRUE)
    for (i in 1:3) image_array_save(picture(i), file.path("images", sort, paste0(i - 1, ".png")), scale = FALSE)
  }
  dataset <- image_dataset_from_directory("images", image_size = c(6, 4), seed = 3, verbose = FALSE, batch_size = 4)
  c(list(dataset$class_names), arrays(dataset))
})
behaviour("image_data_generator", {
  changing <- image_data_generator(
    rotation_range = 40, width_shift_range = 0.2, zoom_range = c(0.8, 1.2), brightness_range = c(0.5, 1),
    rescale = 1 / 255
  )
  half <- image_data_generator(preprocessing_function = function(image) image / 2, rescale = 0.5)
  list(
    flat(reticulate::iter_next(flow_images_from_data(pixels, generator = changing, batch_size = 3, seed = 4))),
    flat(reticulate::iter_next(flow_images_from_data(pixels, generator = half, shuffle = FALSE)))
  )
})
behaviour("fit_image_data_generator", {
  generator <- image_data_generator(featurewise_center = TRUE, featurewise_std_normalization = TRUE)
  same <- is_same(fit_image_data_generator(generator, pixels, augment = TRUE, rounds = 2, seed = 5), generator)
  list(same, flat(generator$mean), flat(generator$std))
})
behaviour("flow_images_from_data", {
  flow <- flow_images_from_data(
    pixels, 0:4, image_data_generator(horizontal_flip = TRUE), 2, sample_weight = c(1, 2, 3, 4, 5), seed = 6
  )
  c(list(length(flow)), lapply(1:4, function(i) flat(reticulate::iter_next(flow))))
})
behaviour("flow_images_from_directory", {
  for (sort in c("cats", "狗")) {
    dir.create(file.path("flow", sort), recursive = TRUE)
    for (i in 1:3) image_array_save(picture(i), file.path("flow", sort, paste0(i - 1, ".png")), scale = FALSE)
  }
  flow <- flow_images_from_directory("flow", target_size = c(6, 4), class_mode = "binary", batch_size = 4, seed = 7)
  two <- list(reticulate::iter_next(flow), reticulate::iter_next(flow))
  list(flow$class_indices[["狗"]], flow$samples, flat(two[[1]]), flat(two[[2]]))
})
behaviour("flow_images_from_dataframe", {
  dir.create("frame")
  for (i in 1:3) image_array_save(picture(i), file.path("frame", paste0(i - 1, ".png")), scale = FALSE)
  frame <- data.frame(filename = c("0.png", "1.png", "2.png"), class = factor(c("b", "a", "b")), size = 1:3 - 0.5)
  flow <- flow_images_from_dataframe(frame, "frame", target_size = c(6, 4), shuffle = FALSE)
  raw <- flow_images_from_dataframe(frame, "frame", y_col = "size", class_mode = "raw", target_size = c(6, 4), seed = 2)
  list(flat(reticulate::iter_next(flow)), flat(reticulate::iter_next(raw)))
})

behaviour("get_file", {
  writeLines("one two", "source.txt", sep = "")
  origin <- paste0("file://", file.path(getwd(), "source.txt"))
  path <- get_file("own.txt", origin, cache_dir = "cache", cache_subdir = "texts")
  list(basename(path), basename(dirname(path)), readLines(path, warn = FALSE))
})
behaviour("hdf5_matrix", {
  model <- keras_model_sequential(input_shape = 2)
  layer_dense(model, units = 1, kernel_initializer = "ones")
  save_model_weights_hdf5(model, "numbers.h5")
  layer <- model$layers[[1]]$name
  kernel <- paste(layer, model$name, layer, "kernel", sep = "/")
  list(
    as.numeric(hdf5_matrix("numbers.h5", kernel)),
    as.numeric(hdf5_matrix("numbers.h5", kernel, start = 1, end = 2, normalizer = function(x) x / 2))
  )
})
