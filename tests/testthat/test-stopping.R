rising <- function() {
  callback_lambda(on_epoch_end = function(epoch, logs) list(val_loss = c(1, 1.5, 2, 2.5, 3)[[epoch + 1]]))
}

test_that("the reason of a stop is in the history, its print, and the callback", {
  keras()
  stopping <- callback_early_stopping_up(2, k = 1)
  history <- train(list(rising(), stopping), epochs = 5)
  reason <- "val_loss rose in 2 successive strips of 1 epoch"
  expect_identical(history[c("stopped_epoch", "stop_reason")], list(stopped_epoch = 2L, stop_reason = reason))
  expect_identical(list(stopping$stopped_epoch, stopping$stop_reason), list(2L, reason))
  expect_output(print(history), paste0("\nStopped in epoch 3, as ", reason, "$"))
  expect_identical(history$metrics$up, 0:2)
  expect_identical(names(history), c("params", "metrics", "stopped_epoch", "stop_reason", "monitor", "best_epoch"))
  file <- tempfile(fileext = ".rds")
  saveRDS(history, file)
  expect_identical(readRDS(file)$stop_reason, reason)
})

test_that("a training that goes on to its last epoch has no reason", {
  keras()
  history <- train(NULL)
  expect_identical(names(history), c("params", "metrics", "monitor", "best_epoch"))
  expect_null(history$stop_reason)
  expect_false(any(grepl("Stopped", capture.output(print(history)))))
})

test_that("what an R function sets, and what it stops with, are reasons", {
  keras()
  setting <- R6::R6Class("Setting", inherit = KerasCallback, public = list(
    on_epoch_end = function(epoch, logs) self$model$stop_training <- TRUE
  ))$new()
  expect_identical(train(setting)$stop_reason, "`stop_training` was set")
  expect_error(train(callback_lambda(on_epoch_end = function(epoch, logs) stop("enough"))), "enough")
  expect_identical(last_history()$stop_reason, "there was an error: on_epoch_end: enough")
})

test_that("a timer takes seconds, a clock, and a difftime", {
  keras()
  expect_identical(callback_timer(90)$duration, 90)
  expect_identical(callback_timer("00:01:30")$duration, 90)
  expect_identical(callback_timer(as.difftime(1.5, units = "mins"))$duration, 90)
  expect_identical(callback_timer(as.difftime(2, units = "hours"), interval = "batch")$interval, "batch")
  expect_error(callback_timer("90"), "must be a number of seconds > 0 or a time as \"hh:mm:ss\", not \"90\".",
               fixed = TRUE)
  expect_match(train(callback_timer(1e-6))$stop_reason, "^the time of 1e-06 s is over$")
})

test_that("the values of the criteria are in the table and in the plot", {
  keras()
  history <- train(list(rising(), callback_early_stopping_gl(120)), epochs = 5)
  expect_equal(history$metrics$gl, c(0, 50, 100, 150))
  table <- as.data.frame(history)
  expect_equal(table$value[table$metric == "gl"], history$metrics$gl)
  expect_true("gl" %in% plot(history)$data$metric)
  expect_error(train(list(rising(), callback_early_stopping_gl(5, monitor = "val_acc"))), "the name of an error")
})
