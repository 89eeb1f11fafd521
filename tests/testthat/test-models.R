test_that("the pipe of the books builds, trains, saves and loads", {
  keras()
  within_directory({
    data <- samples()
    use_session_with_seed(7, disable_gpu = FALSE, disable_parallel_cpu = FALSE, quiet = TRUE)
    model <- keras_model_sequential() %>%
      layer_dense(units = 4, activation = "relu", input_shape = c(3)) %>%
      layer_dropout(0.2) %>%
      layer_dense(1, activation = "sigmoid")
    expect_length(model$layers, 3)
    expect_invisible(model %>% compile(optimizer_rmsprop(lr = 0.01), "binary_crossentropy", metrics = c("accuracy")))
    history <- model %>% fit(data$x, data$y, epochs = 2, verbose = 0)
    expect_named(history$metrics, c("loss", "accuracy"))
    expect_named(model %>% evaluate(data$x, data$y, verbose = 0), c("loss", "accuracy"))
    expect_identical(dim(model %>% predict(data$x)), c(24L, 1L))
    expect_true(model %>% save_model_hdf5("model.h5"))
    loaded <- load_model_hdf5("model.h5")
    expect_identical(predict(loaded, data$x), predict(model, data$x))
    expect_equal(k_get_value(loaded$optimizer$lr), 0.01, tolerance = 1e-6)
    save_model_weights_hdf5(model, "weights.hdf5")
    set_weights(loaded, lapply(get_weights(model), function(weight) weight * 0))
    expect_equal(sum(abs(get_weights(loaded)[[1]])), 0)
    load_model_weights_hdf5(loaded, "weights.hdf5")
    expect_identical(get_weights(loaded), get_weights(model))
  })
})

test_that("a layer is added, called or returned", {
  keras()
  model <- keras_model_sequential()
  expect_invisible(layer_dense(model, units = 2, input_shape = 3))
  expect_identical(model$output_shape, list(NULL, 2L))
  tensor <- layer_input(shape = c(NA, 3)) %>% layer_lstm(units = 4)
  expect_s3_class(tensor, "keras.src.backend.common.keras_tensor.KerasTensor")
  expect_s3_class(layer_dense(units = 2), "keras.src.layers.core.dense.Dense")
  expect_error(layer_dense(model), 'argument "units" is missing, with no default', fixed = TRUE)
  listed <- keras_model_sequential(list(layer_dense(units = 2, input_shape = 3), layer_dense(units = 1)))
  expect_identical(listed$output_shape, list(NULL, 1L))
})

test_that("lr is read and set, and decays", {
  keras()
  optimizer <- optimizer_sgd(lr = 0.1, decay = 0.5)
  expect_equal(k_get_value(optimizer$lr), 0.1, tolerance = 1e-6)
  optimizer$lr <- 0.5
  expect_equal(k_get_value(optimizer$lr), 0.5)
  k_set_value(optimizer$lr, 0.25)
  expect_equal(k_get_value(optimizer$learning_rate), 0.25)
  expect_equal(optimizer$decay, 0.5)
  data <- samples()
  model <- keras_model_sequential() %>% layer_dense(1, input_shape = 3) %>% compile(optimizer, "mse")
  set_rate <- R6::R6Class("SetRate", inherit = KerasCallback, public = list(
    on_epoch_begin = function(epoch, logs) {
      k_set_value(self$model$optimizer$lr, 0.1 / (epoch + 1))
    }
  ))
  seen <- c()
  see <- callback_lambda(on_epoch_end = function(epoch) seen <<- c(seen, k_get_value(model$optimizer$lr)))
  fit(model, data$x, data$y, epochs = 3, verbose = 0, callbacks = list(set_rate$new(), see))
  expect_equal(seen, 0.1 / 1:3, tolerance = 1e-6)
})

test_that("functions of R are losses, metrics and activations", {
  k <- keras()
  data <- samples()
  squared <- function(y_true, y_pred) k$ops$square(k$ops$subtract(y_true, y_pred))
  double <- function(x) k$ops$multiply(x, 2)
  model <- keras_model_sequential() %>%
    layer_dense(1, input_shape = 3, activation = double) %>%
    compile("sgd", loss = squared, metrics = list("mse", squared))
  history <- fit(model, data$x, matrix(data$y), epochs = 1, verbose = 0, batch_size = 24)
  expect_equal(history$metrics$loss, history$metrics$mse, tolerance = 1e-6)
  expect_length(history$metrics, 3)
})

test_that("summary() prints as wide as the console and returns the model", {
  keras()
  model <- build()
  lines <- utils::capture.output(returned <- summary(model))
  expect_identical(returned, model)
  expect_true(any(grepl("dense", lines)))
  expect_lte(max(nchar(lines)), getOption("width"))
  expect_output(print(model), "Total params: 21")
  inner <- keras_model_sequential(list(layer_dense(units = 2, name = "deep")), name = "inner", input_shape = 3)
  outer <- keras_model_sequential(list(inner), input_shape = 3)
  expect_output(print(outer, expand_nested = TRUE), "deep")
  expect_output(summary(outer, show_trainable = TRUE, width = 100), "Trainable")
  expect_false(any(grepl("deep", utils::capture.output(summary(outer)))))
  expect_lte(max(nchar(utils::capture.output(summary(outer, width = 40)))), 40)
  expect_warning(utils::capture.output(summary(outer, compact = FALSE)), "`compact` is not used")
  expect_error(summary(outer, expandnested = TRUE), "Did you mean `expand_nested`")
  expect_match(format(outer, expand_nested = TRUE, width = 60), "deep")
})

test_that("data frames, factors and words", {
  keras()
  data <- samples()
  model <- build()
  frame <- as.data.frame(data$x)
  expect_identical(predict(model, frame), predict(model, data$x))
  expect_snapshot(messages(
    fit(model, cbind(frame, kind = "a"), data$y),
    fit(model, frame, factor(data$y)),
    fit(model, frame, as.character(data$y)),
    fit(model, frame, factor(c(NA, data$y[-1]))),
    to_categorical(c("a", "b")),
    to_categorical(factor(c("a", NA)))
  ))
  expect_identical(to_categorical(factor(c("b", "a", "c"))), diag(3)[c(2, 1, 3), ])
  expect_identical(to_categorical(c(0, 2), num_classes = 3), diag(3)[c(1, 3), ])
})

test_that("doubles reach TensorFlow as float32, as they lie in R's own memory", {
  keras()
  x <- samples()$x
  reticulate::py_run_string("
def owns(array):
    return array.flags['OWNDATA']

def converted(array):
    from rkeras_py.models.data import SampleArrays
    made = SampleArrays().convert(array)
    return [str(made.dtype), made.flags['F_CONTIGUOUS'], made]
")
  expect_false(reticulate::py$owns(x))
  made <- reticulate::py$converted(x)
  expect_identical(made[1:2], list("float32", TRUE))
  expect_equal(made[[3]], x, tolerance = 1e-6)
  history <- fit(build(), x, samples()$y, epochs = 1, verbose = 0)
  expect_equal(history$params$samples, 24)
})

test_that("arrays, sequences and norms", {
  keras()
  expect_identical(array_reshape(1:6, c(2, 3)), matrix(1:6, 2, byrow = TRUE))
  expect_identical(dim(array_reshape(array(0, c(2, 4, 4)), c(2, -1))), c(2L, 16L))
  expect_equal(pad_sequences(list(1:3, 4), maxlen = 2), rbind(c(2, 3), c(0, 4)))
  expect_equal(normalize(matrix(c(3, 4), 1)), matrix(c(0.6, 0.8), 1))
  expect_equal(normalize(matrix(c(3, 4), 2), axis = 1), matrix(c(0.6, 0.8), 2))
})

test_that("several inputs and outputs by name", {
  keras()
  data <- samples()
  one <- layer_input(shape = 3, name = "one")
  two <- layer_input(shape = 2, name = "two")
  both <- layer_concatenate(list(one, two))
  model <- keras_model(list(one, two), list(layer_dense(both, 1, name = "a"), layer_dense(both, 1, name = "b")))
  model %>% compile("sgd", loss = list(a = "mse", b = "mae"), loss_weights = list(a = 1, b = 0.5))
  x <- list(two = data$x[, 1:2], one = data$x)
  history <- model %>% fit(x, list(a = data$y, b = data$y), epochs = 1, verbose = 0)
  expect_setequal(names(history$metrics), c("loss", "a_loss", "b_loss"))
  expect_length(predict(model, x), 2)
})

test_that("options that R keras has not are given by name, and must have one", {
  keras()
  model <- build()
  data <- samples()
  expect_error(fit(model, data$x, data$y, on_interupt = "return"), "Did you mean `on_interrupt`?", fixed = TRUE)
  expect_error(compile(model, "sgd", "mse", NULL, NULL, NULL, NULL, NULL, NULL, NULL, TRUE), "has no name")
  compile(model, "sgd", "mse", run_eagerly = TRUE)
  expect_true(model$run_eagerly)
  expect_error(compile("text"), "no applicable method")
})

test_that("an interrupt returns the history if asked", {
  data <- samples()
  hook <- callback_lambda(on_epoch_begin = function(epoch) if (epoch == 1) rlang::interrupt())
  history <- fit(build(), data$x, data$y, epochs = 3, verbose = 0, callbacks = hook, on_interrupt = "return")
  expect_length(history$metrics$loss, 1)
  expect_identical(history$metrics, last_history()$metrics)
})

test_that("keras.fit_verbose is the default", {
  data <- samples()
  model <- build()
  before <- options(keras.fit_verbose = 0, keras.view_metrics = NULL)
  on.exit(options(before))
  expect_silent(fit(model, data$x, data$y, epochs = 1))
  options(keras.view_metrics = FALSE)
  expect_silent(fit(model, data$x, data$y, epochs = 1))
  options(keras.fit_verbose = 2)
  expect_output(fit(model, data$x, data$y, epochs = 1), "1/1 - ")
  options(keras.view_metrics = TRUE)
  expect_warning(fit(model, data$x, data$y, epochs = 1, verbose = 0), "`view_metrics` is not used")
})

test_that("a seed makes R's own numbers the same too", {
  keras()
  expect_output(use_session_with_seed(3, disable_gpu = FALSE, disable_parallel_cpu = FALSE), "Set session seed to 3")
  first <- stats::runif(2)
  use_session_with_seed(3, disable_gpu = FALSE, disable_parallel_cpu = FALSE, quiet = TRUE)
  expect_identical(stats::runif(2), first)
})

test_that("data sets come in R's shape from Keras's cache, and without them one sentence", {
  keras()
  # Small data of our own making, which Keras's checksum is told to accept.
  reticulate::py_run_string("
def cache(folder):
    import os
    import numpy as np
    from keras.src.utils import file_utils
    os.makedirs(os.path.join(folder, 'datasets'))
    os.environ['KERAS_HOME'] = folder
    file_utils.validate_file = lambda *arguments, **named: True
    file_utils.config.keras_home = lambda: folder
    images = np.arange(5 * 28 * 28).reshape(5, 28, 28).astype('uint8')
    path = os.path.join(folder, 'datasets', '')
    np.savez(path + 'mnist.npz', x_train=images[:3], y_train=[1, 2, 3], x_test=images[3:], y_test=[4, 5])
    reviews = np.array([[1, 2, 3], [4, 5], [6], [2, 9]], dtype=object)
    np.savez(path + 'imdb.npz', x_train=reviews[:2], y_train=[1, 0], x_test=reviews[2:], y_test=[0, 1])
    np.savez(path + 'boston_housing.npz', x=np.ones((10, 13)), y=np.arange(10.0))
")
  reticulate::py$cache(tempfile("keras"))
  mnist <- dataset_mnist()
  expect_identical(dim(mnist$train$x), c(3L, 28L, 28L))
  c(c(x_train, y_train), c(x_test, y_test)) %<-% mnist
  expect_equal(as.vector(y_train), 1:3)
  expect_equal(list(dim(x_test), as.vector(y_test), x_train[1, 2, 1]), list(c(2L, 28L, 28L), 4:5, 28))
  reviews <- dataset_imdb(num_words = 8)$train$x
  expect_setequal(reviews, list(c(1L, 4L, 5L, 6L), c(1L, 7L, 2L)))
  expect_identical(dim(dataset_boston_housing(test_split = 0.3)$test$x), c(3L, 13L))
  expect_error(dataset_boston_housing("nothing.npz"), "nothing.npz is not there, and cannot be downloaded")
  expect_message(install_keras(), "install_rkeras")
})
