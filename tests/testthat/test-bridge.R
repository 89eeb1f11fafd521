test_that("NA is refused by name, in R's words", {
  keras()
  expect_snapshot(messages(
    callback_early_stopping(patience = NA),
    callback_early_stopping(patience = NA_integer_),
    callback_early_stopping(min_delta = NA_real_),
    callback_early_stopping(monitor = NA_character_),
    callback_early_stopping(restore_best_weights = NA),
    callback_progbar_logger(stateful_metrics = c("acc", NA)),
    callback_remote_monitor(headers = list(a = NA))
  ))
})

test_that("bad calls have one sentence, with R's values", {
  keras()
  expect_snapshot(messages(
    callback_early_stopping(patience = -1),
    callback_early_stopping(patience = "five"),
    callback_early_stopping(patience = c(1, 2)),
    callback_early_stopping(patience = integer(0)),
    callback_early_stopping(min_delta = NaN),
    callback_early_stopping(restore_best_weights = "yes"),
    callback_early_stopping(mode = "maximum"),
    callback_early_stopping(baseline = TRUE),
    callback_reduce_lr_on_plateau(factor = 1),
    callback_lambda(on_epoch_end = "print"),
    callback_remote_monitor(headers = list(a = 1)),
    callback_csv_logger(y ~ x),
    callback_csv_logger(quote(name)),
    callback_csv_logger(new.env()),
    callback_csv_logger(matrix(list("a"))),
    callback_learning_rate_scheduler(R6::R6Class("LossHistory", inherit = KerasCallback))
  ))
})

test_that("R's own errors keep R's own words", {
  keras()
  expect_error(callback_csv_logger(), 'argument "filename" is missing, with no default', fixed = TRUE)
  expect_error(callback_csv_logger("a", files = 1), "unused argument (files = 1)", fixed = TRUE)
  expect_error(callback_early_stopping(m = "loss"), "matches multiple formal arguments")
})

test_that("errors name the call and have nothing of Python's", {
  keras()
  caught <- tryCatch(callback_early_stopping(patience = -1), error = identity)
  expect_s3_class(caught, "rkeras_argument_error")
  expect_identical(conditionCall(caught), quote(callback_early_stopping(patience = -1)))
  data <- samples()
  caught <- tryCatch(fit(build(), data$x[, 1:2], data$y, verbose = 0), error = identity)
  expect_s3_class(caught, "rkeras_keras_error")
  expect_match(conditionMessage(caught), "incompatible with the layer")
  expect_no_match(conditionMessage(caught), "Traceback|ValueError")
  expect_match(caught$python_trace, "Traceback")
})

test_that("what R values become, for every kind of argument", {
  keras()
  values <- list(
    "5" = 5, "5L" = 5L, "5.7" = 5.7, "-1" = -1, "TRUE" = TRUE, '"min"' = "min", '"a"' = "a", "NULL" = NULL, "NA" = NA,
    "NaN" = NaN, "Inf" = Inf, "c(1, 2)" = c(1, 2), "1:2" = 1:2, 'c("a", "b")' = c("a", "b"), "integer(0)" = integer(0),
    "list()" = list(), 'list(a = "b")' = list(a = "b"), 'c(a = "b")' = c(a = "b"), "list(5)" = list(5),
    'factor("min")' = factor("min"), "2 mins" = as.difftime(2, units = "mins"), "matrix(5)" = matrix(5),
    "function" = function(epoch) 1, "formula" = y ~ x, "3e9" = 3e9, "1i" = 1i, "Date" = as.Date("2026-01-01")
  )
  arguments <- list(
    "whole number" = function(v) callback_early_stopping(patience = v)$patience,
    "number" = function(v) callback_early_stopping(min_delta = v)$min_delta,
    "flag" = function(v) callback_early_stopping(restore_best_weights = v)$restore_best_weights,
    "string" = function(v) callback_early_stopping(monitor = v)$monitor,
    "choice" = function(v) callback_early_stopping(mode = v)$mode,
    "path" = function(v) callback_csv_logger(v)$filename,
    "function" = function(v) class(callback_learning_rate_scheduler(v)$schedule)[[1]],
    "named list" = function(v) callback_remote_monitor(headers = v)$headers,
    "vector" = function(v) callback_progbar_logger(stateful_metrics = v)$stateful_metrics
  )
  outcome <- function(f, value) {
    tryCatch(deparse(f(value)), error = function(cond) sub(".*, not ", "refused: ", conditionMessage(cond)))
  }
  expect_snapshot(for (argument in names(arguments)) {
    cat("\n", argument, "\n", sep = "")
    outcomes <- vapply(values, outcome, "", f = arguments[[argument]])
    cat(sprintf("  %-16s %s\n", names(values), outcomes), sep = "")
  })
})

test_that("home is filled in", {
  keras()
  expect_identical(callback_csv_logger("~/log.csv")$filename, path.expand("~/log.csv"))
})

test_that("the names of a vector count only where something named is asked for", {
  keras()
  settings <- c(patience = 5, delta = 0.5)
  stopping <- callback_early_stopping(patience = settings["patience"], min_delta = settings["delta"])
  expect_equal(list(stopping$patience, abs(stopping$min_delta)), list(5L, 0.5))
  expect_identical(callback_early_stopping(monitor = c(what = "loss"))$monitor, "loss")
  expect_identical(callback_remote_monitor(headers = c("X-Run" = "7"))$headers, list("X-Run" = "7"))
  data <- samples()
  targets <- stats::setNames(data$y, paste0("sample", seq_along(data$y)))
  plain <- fit(build(), data$x, data$y, epochs = 1, verbose = 0, shuffle = FALSE)
  named <- fit(build(), data$x, targets, epochs = 1, verbose = 0, shuffle = FALSE,
               validation_data = list(data$x, targets))
  expect_identical(named$metrics$loss, plain$metrics$loss)
  expect_error(callback_csv_logger(as.raw(1)), "`filename` must be a path, not a raw vector.", fixed = TRUE)
})

test_that("a call within a hook has conditions of its own", {
  keras()
  caught <- NULL
  hook <- function(epoch, logs) {
    caught <<- list(
      tryCatch(k_sum(matrix(1:4, 2), axis = 3), error = identity),
      tryCatch(k_get_session(), warning = identity),
      k_get_value(k_sum(c(1, 2)))
    )
  }
  expect_no_warning(train(callback_lambda(on_epoch_end = hook), 1))
  expect_identical(conditionMessage(caught[[1]]),
                   "k_sum(): `axis` must be the number of an axis, 1 to 2, or from -1 backwards, not 3.")
  expect_s3_class(caught[[2]], "rkeras_warning")
  expect_identical(conditionCall(caught[[2]]), quote(k_get_session()))
  expect_identical(caught[[3]], 3)
  expect_warning(train(callback_early_stopping("nope"), 2), "`monitor` \"nope\"", class = "rkeras_warning")
  stopped <- tryCatch(train(callback_lambda(on_epoch_end = function(epoch, logs) k_sum(1, axis = 0)), 1),
                      error = identity)
  expect_s3_class(stopped, "rkeras_hook_error")
  expect_match(conditionMessage(stopped), "^in `on_epoch_end`: k_sum[(][)]: `axis` must be")
})

test_that("a call that warns has a value, and one without arguments too", {
  keras()
  expect_warning(x <- k_identity(c(1, 2), name = "mine"), "`name` is not used", class = "rkeras_warning")
  expect_identical(as.numeric(x), c(1, 2))
  expect_identical(k_epsilon(), 1e-7)
  expect_null(suppressWarnings(k_get_session()))
})
