# Layers from R: functions of R in them, cells made in R, strings, what is saved and what is refused, chains of layers.

ones <- function(...) array(1, c(...))

predicted <- function(model, x) predict(model, x, verbose = 0)

test_that("a function of R is a layer, in graphs and eagerly", {
  keras()
  calls <- 0
  doubled <- function(x, by = 2) {
    calls <<- calls + 1
    x * by
  }
  x <- matrix(c(1, 2, 3, 4, 5, 6), 2)
  model <- keras_model_sequential() %>%
    layer_lambda(doubled, arguments = list(by = 3), input_shape = 3) %>%
    layer_dense(1)
  for (eager in c(FALSE, TRUE)) {
    calls <- 0
    model %>% compile("sgd", "mse", run_eagerly = eager)
    fit(model, x, c(1, 2), epochs = 5, batch_size = 1, verbose = 0)
    if (eager) expect_gte(calls, 10) else expect_lt(calls, 10)
  }
  input <- layer_input(shape = 3)
  expect_equal(predicted(keras_model(input, layer_lambda(input, doubled)), x), x * 2)
  expect_equal(as.array(layer_lambda(f = doubled, arguments = list(by = 5))(x)), x * 5)
  both <- keras_model(input, layer_lambda(input, function(x) list(x, a = sum(x, axis = -1))))
  expect_equal(lapply(predicted(both, x), as.vector), list(as.vector(x), rowSums(x)))
  phase <- layer_lambda(f = function(x, training) if (isTRUE(training)) x * 0 else x)
  expect_equal(as.array(phase(x, training = TRUE)), x * 0)
  expect_equal(as.array(phase(x)), x)
  noise <- keras_model(input, layer_lambda(input, function(x) x + k_random_normal(k_shape(x))))
  expect_false(identical(predicted(noise, x), predicted(noise, x)))
  named <- layer_lambda(list(one = input, other = input), function(x) x$one - x$other)
  expect_identical(dim(named), c(NA, 3L))
  inside <- keras_model_sequential() %>% time_distributed(layer_lambda(f = doubled), input_shape = c(2, 3))
  expect_equal(predicted(inside, ones(1, 2, 3)), ones(1, 2, 3) * 2)
})

test_that("a function that computes with numbers of R works eagerly, with the shape of its output", {
  keras()
  ranks <- function(x) t(apply(as.matrix(x), 1, rank))
  model <- keras_model_sequential() %>% layer_lambda(ranks, output_shape = 3, input_shape = 3)
  expect_identical(dim(model$output), c(NA, 3L))
  expect_error(layer_lambda(layer_input(3), ranks), class = "rkeras_hook_error")
  model %>% compile("sgd", "mse", run_eagerly = TRUE)
  expect_equal(predicted(model, matrix(c(3, 1, 2), 1)), matrix(c(3, 1, 2), 1))
  shape <- function(shape) list(NULL, shape[[2]])
  expect_identical(dim(layer_lambda(layer_input(3), ranks, output_shape = shape)), c(NA, 3L))
})

test_that("an error in such a function is the user's own condition", {
  keras()
  own <- function(x) stop(errorCondition("my own words", class = "my_condition", data = 7))
  input <- layer_input(shape = 3)
  caught <- tryCatch(layer_lambda(input, own), my_condition = identity)
  expect_match(conditionMessage(caught), "my own words", fixed = TRUE)
  expect_identical(caught$data, 7)
  now <- FALSE
  model <- keras_model_sequential() %>%
    layer_lambda(function(x) if (now) own(x) else x, input_shape = 3) %>%
    layer_dense(1) %>%
    compile("sgd", "mse")
  now <- TRUE
  expect_error(fit(model, matrix(0, 2, 3), c(0, 1), verbose = 0), "my own words", class = "my_condition")
  for (wrong in list(NULL, "a", list(input, "a"))) {
    expect_error(layer_lambda(input, function(x) wrong), "the function of layer .* must be a tensor or numbers, not",
                 class = "rkeras_argument_error")
  }
})

test_that("a model with a function of R is not saved, and says what to do", {
  keras()
  within_directory({
    model <- keras_model_sequential() %>%
      layer_dense(2, input_shape = 3) %>%
      layer_lambda(function(x) x * 2, name = "twice")
    expect_snapshot(save_model_hdf5(model, "model.h5"), error = TRUE)
    expect_false(file.exists("model.h5"))
    expect_error(model$save("model.keras"), "which no file can keep")
    save_model_weights_hdf5(model, "weights.h5")
    again <- keras_model_sequential() %>%
      layer_dense(2, input_shape = 3) %>%
      layer_lambda(function(x) x * 2, name = "twice") %>%
      load_model_weights_hdf5("weights.h5")
    expect_equal(predicted(again, ones(1, 3)), predicted(model, ones(1, 3)))
  })
})

test_that("cells are made in R, of named lists and R6 objects", {
  keras()
  weights <- k_variable(diag(3))
  listed <- list(
    state_size = 3,
    call = function(inputs, states) {
      h <- k_dot(inputs, weights) + states[[1]]
      list(h, list(h))
    }
  )
  x <- ones(2, 4, 3)
  expect_equal(predicted(keras_model_sequential() %>% layer_rnn(listed, input_shape = c(4, 3)), x), matrix(4, 2, 3))
  Own <- R6::R6Class("Own", public = list( # nolint: object_name_linter.
    state_size = 3, kernel = NULL,
    build = function(input_shape) {
      self$kernel <- k_variable(diag(input_shape[[2]]))
    },
    call = function(inputs, states) {
      h <- k_dot(inputs, self$kernel) + states[[1]]
      list(output = h, states = list(h))
    }
  ))
  model <- keras_model_sequential() %>% layer_rnn(list(Own$new(), layer_lstm_cell(2)), input_shape = c(4, 3))
  expect_length(get_weights(model), 4)
  before <- get_weights(model)
  model %>% compile("sgd", "mse")
  fit(model, x, matrix(1, 2, 2), epochs = 1, verbose = 0)
  expect_false(identical(get_weights(model)[[1]], before[[1]]))
  both <- suppressWarnings(keras_model_sequential() %>%
    bidirectional(layer_rnn(cell = listed, return_sequences = TRUE), input_shape = c(4, 3)))
  expect_identical(dim(predicted(both, x)), c(2L, 4L, 6L))
  short <- list(call = function(inputs, states) inputs, state_size = 3)
  expect_error(layer_rnn(x, short), "what `call` of the cell returns must be a list of the output and the new state")
  expect_error(layer_rnn(cell = list(state_size = 3)), "`cell` must be a cell", class = "rkeras_argument_error")
})

test_that("activations, initializers, regularizers and constraints of a layer are functions of R", {
  keras()
  model <- keras_model_sequential() %>%
    layer_dense(
      4, input_shape = 3, activation = function(x) x^2, kernel_initializer = function(shape, dtype) k_ones(shape),
      kernel_regularizer = function(w) 0.5 * sum(w^2), kernel_constraint = function(w) w * 0
    )
  expect_equal(predicted(model, ones(1, 3)), matrix(9, 1, 4))
  expect_equal(as.numeric(model$losses[[1]]), 6)
  model %>% compile("sgd", "mse")
  fit(model, ones(1, 3), matrix(0, 1, 4), epochs = 1, verbose = 0)
  expect_equal(get_weights(model)[[1]], matrix(0, 3, 4))
  halved <- function(x) x * 0.5
  for (recurrent in list(layer_lstm, layer_gru, layer_simple_rnn)) {
    expect_identical(dim(recurrent(layer_input(c(4, 3)), 2, activation = halved)), c(NA, 2L))
  }
})

test_that("strings come from R and go to R", {
  keras()
  words <- c("\u4e2d\u6587 \U0001F600", "Hello, world! \u4e2d\u6587", "a b")
  text <- layer_text_vectorization()
  expect_invisible(adapt(text, words))
  vocabulary <- get_vocabulary(text)
  expect_identical(vocabulary[1:3], c("", "[UNK]", "\u4e2d\u6587"))
  expect_setequal(vocabulary[-(1:3)], c("\U0001F600", "world", "hello", "b", "a"))
  expect_equal(as.array(text(words))[3, 3], 0)
  expect_identical(as.array(text(matrix(words, ncol = 1))), as.array(text(words)))
  for (data in list(matrix(words, ncol = 1), factor(words), as.list(words))) {
    expect_identical(get_vocabulary(adapt(layer_text_vectorization(), data)), vocabulary)
  }
  tf <- reticulate::import("tensorflow")
  batches <- tf$data$Dataset$from_tensor_slices(words)$batch(2L)
  expect_identical(get_vocabulary(adapt(layer_text_vectorization(), batches)), vocabulary)
  lookup <- layer_string_lookup(vocabulary = c("a", "\u4e2d"))
  back <- layer_string_lookup(vocabulary = c("a", "\u4e2d"), invert = TRUE)
  expect_identical(as.vector(as.array(back(lookup(c("\u4e2d", "zz", "a"))))), c("\u4e2d", "[UNK]", "a"))
  expect_invisible(set_vocabulary(lookup, c("x", "y")))
  expect_identical(get_vocabulary(lookup, include_special_tokens = FALSE), c("x", "y"))
  expect_identical(get_vocabulary(layer_string_lookup(), FALSE), character())
  expect_identical(get_vocabulary(set_vocabulary(layer_integer_lookup(), c(5, 7))), c(-1L, 5L, 7L))
  expect_error(adapt(text, c("a", NA)), "not c(\"a\", NA)", fixed = TRUE, class = "rkeras_argument_error")
  strings <- tf$strings
  own <- layer_text_vectorization(standardize = function(x) strings$upper(x),
                                  split = function(x) strings$split(x, sep = "-"))
  expect_setequal(get_vocabulary(adapt(own, c("a-b", "c-a")), FALSE), c("A", "B", "C"))
})

test_that("a model takes strings, and its files have the vocabulary", {
  k <- keras()
  words <- c("\u4e2d\u6587 a", "b \u4e2d\u6587", "a")
  model <- keras_model_sequential() %>%
    layer_text_vectorization(output_sequence_length = 3, vocabulary = c("a", "\u4e2d\u6587"), input_shape = 1) %>%
    layer_embedding(4, 2) %>%
    layer_flatten() %>%
    layer_dense(1) %>%
    compile("sgd", "mse")
  fit(model, words, c(1, 2, 3), epochs = 1, verbose = 0, validation_data = list(words, c(1, 2, 3)))
  expected <- predicted(model, words)
  expect_identical(predicted(model, matrix(words, ncol = 1)), expected)
  within_directory({
    save_model_hdf5(model, "model.h5")
    expect_identical(predicted(load_model_hdf5("model.h5"), words), expected)
    model$save("model.keras")
    expect_identical(predicted(k$models$load_model("model.keras"), words), expected)
  })
})

test_that("strings are the same in a C locale", {
  keras()
  code <- paste(
    "suppressMessages(library(rkeras))",
    "layer <- layer_text_vectorization()",
    "adapt(layer, c('\\u4e2d\\u6587 \\U0001F600', '\\u4e2d\\u6587'))",
    "cat(identical(get_vocabulary(layer, FALSE), c('\\u4e2d\\u6587', '\\U0001F600')), get_vocabulary(layer)[[3]])",
    sep = ";"
  )
  env <- c("LC_ALL=C", paste0("R_LIBS=", paste(.libPaths(), collapse = ":")))
  said <- system2(file.path(R.home("bin"), "Rscript"), c("-e", shQuote(code)), stdout = TRUE, stderr = FALSE, env = env)
  expect_identical(utils::tail(said, 1), "TRUE <U+4E2D><U+6587>")
})

test_that("layers are made of any class", {
  k <- keras()
  input <- layer_input(shape = 3)
  output <- create_layer(k$layers$Dense, input, list(units = 4, name = NULL, kernel_constraint = function(w) w * 0))
  expect_identical(dim(output), c(NA, 4L))
  model <- keras_model_sequential()
  expect_invisible(create_layer(k$layers$Dense, model, list(units = 2, input_shape = c(3), trainable = FALSE)))
  expect_identical(model$output_shape, list(NULL, 2L))
  expect_false(model$layers[[1]]$trainable)
  Own <- reticulate::PyClass("Own", list( # nolint: object_name_linter.
    call = function(self, x) x * 2
  ), inherit = k$layers$Layer)
  expect_equal(as.array(create_layer(Own, matrix(c(1, 2), 1))), matrix(c(2, 4), 1))
  messages(
    create_layer(k$layers$Dense(1L), input),
    create_layer(k$layers$Dense, input, list(units = 1, kernel_constraint = 7)),
    create_layer(R6::R6Class("Own"), input)
  ) |> expect_output("must be a class of Keras layers.*must be a constraint.*must be a class of Keras layers")
  expect_error(layer_dense_features(feature_columns = 1), "Keras 3 has no feature columns",
               class = "rkeras_argument_error")
})

test_that("tensors are merged one by one, in lists and in named lists", {
  keras()
  a <- layer_input(shape = 3)
  b <- layer_input(shape = 3)
  x <- matrix(c(1, 2, 3), 1)
  y <- matrix(c(4, 5, 7), 1)
  merged <- function(output) as.vector(predicted(keras_model(list(a, b), output), list(x, y)))
  expect_equal(merged(layer_add(a, b)), c(5, 7, 10))
  expect_equal(merged(layer_add(list(one = a, other = b))), c(5, 7, 10))
  expect_equal(merged(layer_multiply(a, b, a)), c(4, 20, 63))
  expect_equal(merged(layer_subtract(a, b)), c(-3, -3, -4))
  expect_equal(merged(layer_concatenate(a, b, axis = -1)), c(1, 2, 3, 4, 5, 7))
  expect_equal(merged(layer_dot(a, b, axes = 1)), 35)
  expect_equal(merged(layer_average(list(a, b))), c(2.5, 3.5, 5))
  expect_equal(merged(layer_maximum()(list(a, b))), c(4, 5, 7))
  steps <- layer_input(c(4, 3))
  scores <- layer_multi_head_attention(list(steps, value = steps, return_attention_scores = TRUE), 2, 3)
  expect_identical(lapply(scores, dim), list(c(NA, 4L, 3L), c(NA, 2L, 4L, 4L)))
})

test_that("a chain of layers of each family makes a model", {
  keras()
  output <- function(model, ...) dim(predicted(model, array(0.5, c(2, ...))))
  images <- keras_model_sequential() %>%
    layer_rescaling(1 / 255, input_shape = c(16, 16, 2)) %>%
    layer_random_flip() %>%
    layer_zero_padding_2d(1) %>%
    layer_conv_2d(4, 3) %>%
    layer_batch_normalization() %>%
    layer_activation_leaky_relu() %>%
    layer_separable_conv_2d(4, 3, padding = "same") %>%
    layer_depthwise_conv_2d(3, padding = "same") %>%
    layer_max_pooling_2d() %>%
    layer_spatial_dropout_2d(0.1) %>%
    layer_conv_2d_transpose(4, 2, strides = 2) %>%
    layer_upsampling_2d() %>%
    layer_cropping_2d(8) %>%
    layer_locally_connected_2d(2, 3) %>%
    layer_global_average_pooling_2d()
  expect_identical(output(images, 16, 16, 2), c(2L, 2L))
  steps <- keras_model_sequential() %>%
    layer_masking(input_shape = c(8, 3)) %>%
    layer_conv_1d(4, 3, padding = "causal") %>%
    layer_layer_normalization() %>%
    layer_gaussian_noise(0.1) %>%
    bidirectional(layer_lstm(units = 3, return_sequences = TRUE)) %>%
    time_distributed(layer_dense(units = 4)) %>%
    layer_gru(2, return_sequences = TRUE) %>%
    layer_simple_rnn(2) %>%
    layer_repeat_vector(2) %>%
    layer_permute(c(2, 1)) %>%
    layer_reshape(c(4)) %>%
    layer_unit_normalization()
  expect_identical(output(steps, 8, 3), c(2L, 4L))
  expect_invisible(keras_model_sequential() %>% layer_dense(2))
  expect_output(print(layer_lstm(units = 3)), "<LSTM name=lstm", fixed = TRUE)
})
