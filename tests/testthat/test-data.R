texts <- c("The cat sat on the mat.", "\u4eca\u5929\u5929\u6c14 \u5f88\u597d", "\U0001F600 Gr\u00fc\u00dfe! cat", "")

test_that("words beyond ASCII are found by their names", {
  keras()
  tokenizer <- fit_text_tokenizer(text_tokenizer(), texts)
  expect_identical(tokenizer$word_index[["\u5f88\u597d"]], 7L)
  expect_identical(tokenizer[["word_index"]], tokenizer$word_index)
  expect_identical(Encoding(names(tokenizer$word_index))[[7]], "UTF-8")
  expect_identical(texts_to_sequences(tokenizer, iconv("gr\u00fc\u00dfe", "UTF-8", "latin1")), list(9L))
  expect_identical(text_to_word_sequence("\u4eca\u5929 \U0001F600"), c("\u4eca\u5929", "\U0001F600"))
})

test_that("words beyond ASCII are found in the C locale", {
  keras()
  code <- "library(rkeras)
    tokenizer <- fit_text_tokenizer(text_tokenizer(), c('a \\u5f88\\u597d', '\\U0001F600'))
    cat(Sys.getlocale('LC_CTYPE'), tokenizer$word_index[['\\u5f88\\u597d']], tokenizer$word_index[['\\U0001F600']])"
  script <- tempfile(fileext = ".R")
  writeLines(code, script)
  environment <- c("LC_ALL=C", paste0("R_LIBS=", paste(.libPaths(), collapse = ":")))
  said <- system2(file.path(R.home("bin"), "Rscript"), script, stdout = TRUE, stderr = FALSE, env = environment)
  expect_identical(tail(said, 1), "C 2 3")
})

test_that("sequences come back as integer vectors", {
  keras()
  tokenizer <- fit_text_tokenizer(text_tokenizer(), factor(texts))
  expect_identical(lengths(texts_to_sequences(tokenizer, texts)), c(6L, 2L, 3L, 0L))
  expect_identical(texts_to_sequences(tokenizer, ""), list(integer(0)))
  expect_identical(text_to_word_sequence(""), character(0))
  expect_identical(dim(texts_to_matrix(tokenizer, texts)), c(4L, 10L))
  sequences <- sequences_to_matrix(text_tokenizer(num_words = 3), list(c(1, 2), 2))
  expect_identical(sequences, matrix(c(0, 0, 1, 0, 1, 1), 2))
  expect_identical(fit_text_tokenizer(text_tokenizer(), list(c(1, 2), 2))$document_count, 2L)
  expect_error(texts_to_sequences(tokenizer, c("a", NA)), "Text 2 is NA", class = "rkeras_argument_error")
})

test_that("a tokenizer is changed in place, also by a function", {
  keras()
  tokenizer <- text_tokenizer()
  expect_invisible(fit_text_tokenizer(tokenizer, "a b"))
  i <- 0
  tokenizer %>% fit_text_tokenizer(function() {
    i <<- i + 1
    if (i <= 2) c("a", "c")[[i]]
  })
  expect_identical(tokenizer$word_index, list(a = 1L, b = 2L, c = 3L))
  expect_error(fit_text_tokenizer(tokenizer, function() stop("mine")), "mine", class = "rkeras_hook_error")
})

test_that("skipgrams and hashes are R's", {
  keras()
  pairs <- skipgrams(c(1, 2, 3), vocabulary_size = 4, window_size = 1, negative_samples = 0, shuffle = FALSE)
  expect_identical(pairs, list(couples = list(1:2, 2:1, 2:3, 3:2), labels = rep(1L, 4)))
  expect_identical(text_hashing_trick("a bb", 10, function(word) nchar(word)), 2:3)
  expect_error(text_hashing_trick("a", 10, function(word) "x"), "must be a function that returns a number")
})

test_that("images go through functions of R", {
  keras()
  images <- array(1:72, c(2, 4, 3, 3))
  seen <- NULL
  generator <- image_data_generator(preprocessing_function = function(image) {
    seen <<- dim(image)
    image + 1
  }, rescale = 2)
  flow <- flow_images_from_data(images, c(0, 1), generator, shuffle = FALSE)
  batch <- reticulate::iter_next(flow)
  expect_equal(batch[[1]], (images + 1) * 2)
  expect_identical(seen, c(4L, 3L, 3L))
  expect_identical(length(flow), 1L)
  wrong <- flow_images_from_data(images, generator = image_data_generator(preprocessing_function = function(image) 1))
  expect_error(reticulate::iter_next(wrong), "must be an array of shape")
  failing <- image_data_generator(preprocessing_function = function(image) stop("no"))
  fails <- flow_images_from_data(images, generator = failing)
  expect_error(reticulate::iter_next(fails), "preprocessing_function: no")
})

test_that("data frames name files, and factors and missing values are what they are", {
  keras()
  folder <- tempfile()
  for (i in 1:2) image_array_save(array(i, c(2, 2, 3)), file.path(folder, paste0(i, ".png")), scale = FALSE)
  frame <- data.frame(file = c("1.png", "2.png"), sort = factor(c("\u597d", "b")), size = c(NA, 2))
  capture.output({
    flow <- flow_images_from_dataframe(frame, folder, "file", "sort", target_size = c(2, 2), shuffle = FALSE)
    one <- flow_images_from_dataframe(frame[2, ], folder, "file", "sort", target_size = c(2, 2))
  })
  expect_identical(flow$class_indices[["\u597d"]], 1L)
  expect_equal(reticulate::iter_next(flow)[[2]], matrix(c(0, 1, 1, 0), 2))
  expect_identical(one$n, 1L)
})

test_that("data sets of TensorFlow inherit as they did", {
  keras()
  windows <- timeseries_dataset_from_array(1:10, NULL, sequence_length = 3, start_index = 1, end_index = 4)
  expect_s3_class(windows, "tf_dataset")
  expect_equal(reticulate::iterate(windows)[[1]]$numpy(), rbind(1:3, 2:4))
})

test_that("numbers of words come by name, and small data sets in R's shape", {
  keras()
  reticulate::py_run_string("
def cache_words(folder):
    import os
    import urllib.error
    import numpy as np
    from keras.src.utils import file_utils
    def fail(*arguments, **named):
        raise urllib.error.URLError('no network')
    file_utils.urlretrieve = fail
    os.makedirs(os.path.join(folder, 'datasets'))
    os.environ['KERAS_HOME'] = folder
    file_utils.validate_file = lambda *arguments, **named: True
    file_utils.config.keras_home = lambda: folder
    path = os.path.join(folder, 'datasets', '')
    for name in ('imdb', 'reuters'):
        with open(path + name + '_word_index.json', 'w') as file:
            file.write('{\"the\": 1, \"caf\\\\u00e9\": 2}')
    texts = np.array([[1, 2, 3], [4, 5], [6], [2, 9]], dtype=object)
    np.savez(path + 'reuters.npz', x=texts, y=np.array([3, 4, 0, 45]))
")
  reticulate::py$cache_words(tempfile("keras"))
  expect_identical(dataset_imdb_word_index()[["caf\u00e9"]], 2L)
  expect_identical(dataset_reuters_word_index(), list(the = 1L, "caf\u00e9" = 2L))
  reuters <- dataset_reuters(test_split = 0.5)
  expect_setequal(lengths(c(reuters$train$x, reuters$test$x)), c(4L, 3L, 2L))
  expect_error(dataset_cifar10(), "cifar-10-batches-py-target_archive is not there, and cannot be downloaded")
  expect_error(dataset_cifar100(), "cifar-100-python-target_archive is not there")
  expect_error(dataset_fashion_mnist(), "train-labels-idx1-ubyte.gz is not there")
})
