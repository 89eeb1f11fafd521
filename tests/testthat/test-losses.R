# A model of one number, whose weights begin the same in each test.
line <- function(...) {
  keras()$utils$set_random_seed(7L)
  keras_model_sequential() %>%
    layer_dense(1, input_shape = 3, activation = "sigmoid") %>%
    compile(...)
}

logged <- function(model, ...) {
  data <- samples()
  vapply(fit(model, data$x, data$y, epochs = 1, batch_size = 24, verbose = 0, ...)$metrics, as.numeric, 0)
}

squares <- function(y_true, y_pred) mean((y_true - y_pred)^2, axis = -1)

test_that("a loss and a metric may be functions of R, which are traced into the graph", {
  keras()
  calls <- 0
  counted <- function(y_true, y_pred) {
    calls <<- calls + 1
    mean((y_true - y_pred)^2)
  }
  model <- line("sgd", counted, metrics = c("mse", squares))
  before <- get_weights(model)
  data <- samples()
  history <- fit(model, data$x, data$y, epochs = 10, batch_size = 6, verbose = 0)
  expect_equal(history$metrics$loss, history$metrics$mse, tolerance = 1e-5)
  expect_equal(history$metrics$python_function, history$metrics$mse, tolerance = 1e-5)
  expect_lt(calls, 10)
  expect_false(identical(get_weights(model), before))
})

test_that("metrics are logged under the names that R gives them", {
  keras()
  metrics <- c("mae", first = squares, Second = squares, squares, custom_metric("third one", squares))
  values <- logged(line("sgd", "mse", metrics = metrics))
  expect_setequal(names(values), c("loss", "mae", "first", "Second", "python_function", "third one"))
  expect_equal(unname(values[c("first", "Second", "third one")]), rep(values[["loss"]], 3), tolerance = 1e-6)
  expect_setequal(names(logged(line("sgd", "mse", metrics = list(own = squares)))), c("loss", "own"))
  expect_setequal(names(logged(line("sgd", "mse", metrics = list(own = "mae")))), c("loss", "mae"))
  expect_setequal(names(logged(line("sgd", "mse", metrics = c(own = metric_binary_accuracy)))), c("loss", "own"))
  named <- structure(squares, py_function_name = "named_as_before")
  expect_setequal(names(logged(line("sgd", "mse", metrics = named))), c("loss", "named_as_before"))
})

test_that("targets may be whole numbers, and a model that is compiled again begins anew", {
  keras()
  model <- line("sgd", "mse", metrics = list(own = function(y_true, y_pred) {
    keras()$ops$mean(keras()$ops$abs(keras()$ops$subtract(y_true, y_pred)))
  }, power = function(y_true, y_pred) mean((y_true - y_pred)^2)))
  data <- samples()
  values <- evaluate(model, data$x, as.integer(data$y), verbose = 0)
  errors <- data$y - predict(model, data$x)[, 1]
  expect_equal(values[c("own", "power")], list(own = mean(abs(errors)), power = mean(errors^2)), tolerance = 1e-5)
  compile(model, "sgd", "mse")
  expect_named(evaluate(model, data$x, data$y, verbose = 0), "loss")
})

test_that("functions of the package need no parentheses", {
  keras()
  model <- line("sgd", loss = loss_mean_squared_error, metrics = metric_binary_accuracy)
  expect_identical(model$loss, "mean_squared_error")
  expect_setequal(names(logged(model)), c("loss", "binary_accuracy"))
  metrics <- list(metric_kullback_leibler_divergence, metric_cosine_proximity, metric_auc, metric_logcosh_error)
  expected <- c("loss", "kullback_leibler_divergence", "cosine_proximity", "auc", "logcosh")
  expect_setequal(names(logged(line("sgd", loss_huber, metrics = metrics))), expected)
  expect_error(line("sgd", "mse", metrics = metric_mean_iou), "Perhaps you forgot the parentheses?", fixed = TRUE)
  expect_setequal(names(logged(line("sgd", "mse", metrics = metric_mean_wrapper(fn = squares, name = "own")))),
                  c("loss", "own"))
})

test_that("an error in a loss or a metric is the user's own condition", {
  keras()
  condition <- errorCondition("my own words", class = "my_condition", data = 7)
  failing <- function(y_true, y_pred) stop(condition)
  for (eager in c(FALSE, TRUE)) {
    caught <- tryCatch(logged(line("sgd", failing, run_eagerly = eager)), my_condition = identity)
    expect_identical(conditionMessage(caught), "in `loss`: my own words")
    expect_identical(caught$data, 7)
    expect_s3_class(caught, "rkeras_hook_error")
    model <- line("sgd", "mse", metrics = list(failing), run_eagerly = eager)
    caught <- tryCatch(logged(model), my_condition = identity)
    expect_identical(conditionMessage(caught), "in `metrics`: my own words")
  }
  expect_length(logged(line("sgd", "mse")), 1)
  interrupting <- function(y_true, y_pred) rlang::interrupt()
  expect_identical(tryCatch(logged(line("sgd", interrupting)), interrupt = function(condition) "interrupted"),
                   "interrupted")
})

test_that("what a function returns is numbers", {
  keras()
  expect_error(logged(line("sgd", function(y_true, y_pred) NULL)),
               "loss(): what a function returns must be a tensor or numbers, not NULL.",
               fixed = TRUE, class = "rkeras_argument_error")
  expect_error(logged(line("sgd", "mse", metrics = list(own = function(y_true, y_pred) "a"))),
               'own(): what a function returns must be a tensor or numbers, not "a".', fixed = TRUE)
  expect_equal(logged(line("sgd", "mse", metrics = list(two = function(y_true, y_pred) 2)))[["two"]], 2)
})

test_that("a model with a function of R is saved by its name, and loaded with custom_objects", {
  keras()
  within_directory({
    model <- line("sgd", squares, metrics = list(own = squares))
    before <- logged(model)
    expect_warning(expect_warning(save_model_hdf5(model, "m.h5"), "loss(): a function of R", fixed = TRUE),
                   "own(): a function of R", fixed = TRUE)
    loaded <- load_model_hdf5("m.h5", custom_objects = list(loss = squares, own = squares))
    expect_named(logged(loaded), names(before), ignore.order = TRUE)
    data <- samples()
    expect_equal(evaluate(loaded, data$x, data$y, verbose = 0), evaluate(loaded, data$x, data$y, verbose = 0))
  })
})

test_that("several outputs have losses and metrics of their own", {
  keras()
  input <- layer_input(shape = 3)
  outputs <- list(layer_dense(input, 1, name = "a"), layer_dense(input, 1, name = "b"))
  model <- keras_model(input, outputs)
  compile(model, "sgd", list(a = squares, b = loss_huber(delta = 2)), metrics = list(a = squares, b = c("mae", "mse")))
  data <- samples()
  history <- fit(model, data$x, list(data$y, data$y), epochs = 1, verbose = 0, sample_weight = runif(24))
  expect_setequal(names(history$metrics), c("loss", "a_loss", "b_loss", "a_python_function", "b_mae", "b_mse"))
})

test_that("losses and metrics are objects, or values", {
  keras()
  expect_equal(as.numeric(loss_mean_squared_error(c(1, 2), c(1, 4))), 2)
  expect_equal(as.numeric(loss_binary_crossentropy(matrix(c(1, 0)), matrix(c(0, 1)))), c(15.424949, 15.333239),
               tolerance = 1e-6)
  expect_equal(as.numeric(metric_binary_accuracy(diag(2), matrix(c(0.9, 0.6, 0.2, 0.7), 2))), c(1, 0.5))
  expect_s3_class(loss_huber(delta = 2), "keras.src.losses.losses.Huber")
  auc <- metric_auc(name = "own")
  expect_equal(as.numeric(auc(c(0, 0, 1, 1), c(0.1, 0.6, 0.4, 0.9))), 0.75)
  auc$reset_states()
  expect_identical(auc$name, "own")
  expect_warning(loss_cosine_proximity(), "loss_cosine_similarity() is what this is called now.", fixed = TRUE)
  expect_error(loss_huber(1), "`y_pred` is missing; without `y_true` and `y_pred` an object is made.", fixed = TRUE)
  expect_error(metric_auc("ROC"), class = "rkeras_argument_error")
})
