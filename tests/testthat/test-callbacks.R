test_that("the chapter's examples train", {
  within_directory({
    data <- samples()
    history <- build() %>% fit(
      data$x, data$y,
      epochs = 3, verbose = 0, validation_split = 0.25,
      callbacks = list(
        callback_early_stopping(monitor = "val_loss", patience = 5),
        callback_model_checkpoint("weights.{epoch:02d}-{val_loss:.2f}.hdf5"),
        callback_lambda(on_epoch_end = function(epoch, logs) cat(""))
      )
    )
    expect_length(list.files(pattern = "^weights[.]0[123]-0[.][0-9]{2}[.]hdf5$"), 3)
    expect_named(history$metrics, c("loss", "acc", "val_loss", "val_acc"))
    expect_length(history$metrics$loss, 3)
  })
})

test_that("every constructor makes a callback that trains", {
  within_directory({
    required <- list(
      callback_model_checkpoint = list("m.hdf5"), callback_learning_rate_scheduler = list(function(epoch, lr) lr),
      callback_csv_logger = list("log.csv"), callback_json_logger = list("log.jsonl"),
      callback_backup_and_restore = list("backup"), callback_timer = list(3600),
      callback_early_stopping_gl = list(1e6), callback_early_stopping_pq = list(1e6),
      callback_early_stopping_up = list(9), callback_stop_at = list("loss", 0)
    )
    keras()
    callbacks <- lapply(setdiff(constructors(), "callback_remote_monitor"), function(name) {
      do.call(name, as.list(required[[name]]))
    })
    expect_length(callbacks, length(constructors()) - 1)
    data <- samples()
    history <- train(callbacks, validation_data = list(data$x, data$y))
    expect_equal(history$metrics$lr, c(0.1, 0.1), tolerance = 1e-6)
    expect_true(all(file.exists(c("m.hdf5", "log.csv", "logs/train"))))
    expect_equal(utils::read.csv("log.csv")$loss, history$metrics$loss)
  })
})

test_that("callbacks print in short", {
  keras()
  printed <- "<EarlyStopping monitor=val_loss patience=5>"
  expect_output(print(callback_early_stopping(patience = 5)), printed, fixed = TRUE)
})

test_that("the dots of the tutorials come with early stopping", {
  print_dot <- callback_lambda(on_epoch_end = function(epoch, logs) {
    if (epoch %% 80 == 0) cat("\n")
    cat(".")
  })
  expect_output(
    train(list(callback_early_stopping(monitor = "loss", patience = 20), print_dot), epochs = 4),
    "^\n[.]{4}$"
  )
})

test_that("weights are saved with a period and loaded again", {
  within_directory({
    model <- build()
    train(callback_model_checkpoint("weights.{epoch:02d}.hdf5", save_weights_only = TRUE, period = 2), 4, model)
    expect_identical(list.files(), c("weights.02.hdf5", "weights.04.hdf5"))
    fresh <- build()
    load_model_weights_hdf5(fresh, "weights.04.hdf5")
    expect_identical(fresh$get_weights(), model$get_weights())
  })
})

test_that("a saved model is loaded and trained on", {
  within_directory({
    train(callback_model_checkpoint("best_model", monitor = "loss", save_best_only = TRUE))
    again <- load_model_hdf5("best_model")
    expect_length(train(NULL, 1, again)$metrics$loss, 1)
  })
})

test_that("schedules have one argument or two, of any name", {
  rates <- function(schedule) train(callback_learning_rate_scheduler(schedule), 3)$metrics$lr
  expect_equal(rates(function(epoch) 0.1 / (epoch + 1)), 0.1 / 1:3, tolerance = 1e-6)
  expect_equal(rates(function(i, x) x / 2), 0.1 / 2^(1:3), tolerance = 1e-6)
  expect_equal(rates(function(epoch, initial = 0.3) initial / (epoch + 1)), 0.3 / 1:3, tolerance = 1e-6)
  expect_equal(rates(function(...) ..2 / 2), 0.1 / 2^(1:3), tolerance = 1e-6)
  expect_equal(rates(function(epoch) 1L), c(1, 1, 1))
  expect_equal(rates(function(epoch) c(rate = 0.5)), c(0.5, 0.5, 0.5))
  expect_equal(rates(function(epoch) keras()$ops$convert_to_tensor(0.5)), c(0.5, 0.5, 0.5))
  table <- c(0.3, 0.2, 0.1)
  expect_equal(rates(function(epoch) table[[epoch + 1]]), table, tolerance = 1e-6)
})

test_that("what a schedule returns is said when it is no rate", {
  returning <- function(value) train(callback_learning_rate_scheduler(function(epoch) value))
  expect_snapshot(messages(
    returning("fast"),
    returning(NULL),
    returning(NA),
    returning(numeric(0)),
    returning(-1),
    returning(c(0.1, 0.2)),
    returning(y ~ x)
  ))
})

test_that("callbacks come bare, in a list, or joined by c()", {
  seen <- 0
  make <- function() callback_lambda(on_epoch_end = function(epoch, logs) seen <<- seen + 1)
  for (callbacks in list(make(), list(make()), c(make(), make()), list(list(make())), NULL, list())) {
    train(callbacks, 1)
  }
  expect_identical(seen, 5)
})

test_that("evaluate and predict take callbacks", {
  called <- character()
  note <- callback_lambda(
    on_test_begin = function(logs) called <<- c(called, "test"),
    on_predict_end = function(logs) called <<- c(called, "predict")
  )
  data <- samples()
  model <- build()
  expect_named(evaluate(model, data$x, data$y, verbose = 0, callbacks = note), c("acc", "loss"), ignore.order = TRUE)
  expect_identical(dim(predict(model, data$x, callbacks = list(note))), c(24L, 1L))
  expect_identical(called, c("test", "predict"))
})

test_that("a model from Keras's own fit takes the callbacks too", {
  history <- R6::R6Class("History", inherit = KerasCallback, public = list(
    epochs = NULL,
    on_epoch_end = function(epoch, logs) self$epochs <- c(self$epochs, epoch)
  ))$new()
  data <- samples()
  build()$fit(data$x, as.array(data$y), epochs = 2L, verbose = 0L, callbacks = list(
    history, callback_early_stopping(monitor = "loss", patience = 3)
  ))
  expect_identical(history$epochs, 0:1)
})

test_that("a server that is not there is said once, without what is secret", {
  keras()
  monitor <- callback_remote_monitor("http://me:secret@127.0.0.1:9", headers = list(Token = "secret"))
  expect_output(print(monitor), "<RemoteMonitor root=http://127.0.0.1:9 headers=list(Token = \"…\")>", fixed = TRUE)
  warned <- testthat::capture_warnings(train(monitor, 3))
  expect_identical(warned, c(
    "callback_remote_monitor(): could not reach the server at http://127.0.0.1:9 (ConnectionError).",
    "callback_remote_monitor(): 3 of 3 posts did not get to http://127.0.0.1:9."
  ))
})

test_that("a server that never answers holds up no training of R", {
  keras()
  reticulate::py_run_string("
import socket
import sys
hanging = socket.socket()
hanging.bind(('127.0.0.1', 0))
hanging.listen()
port = hanging.getsockname()[1]
def wait(seconds):
    sys.modules['rkeras_py.callbacks.remote_monitor']._LAST_WAIT = seconds
")
  monitor <- callback_remote_monitor(paste0("http://127.0.0.1:", reticulate::py$port))
  reticulate::py$wait(1L)
  on.exit(reticulate::py$wait(10L))
  times <- NULL
  clock <- callback_lambda(on_epoch_end = function(epoch, logs) times <<- c(times, proc.time()[["elapsed"]]))
  expect_warning(train(list(monitor, clock), 10), "10 of 10 posts did not get to")
  expect_length(times, 10)
  expect_lt(diff(range(times)), 5) # a post alone would be waited for 10 seconds
})

test_that("an argument that Keras 3 cannot honour warns by name, as an R warning", {
  keras()
  expect_warning(callback_tensorboard("logs", batch_size = 32), "`batch_size` is not used", class = "rkeras_warning")
  expect_silent(callback_tensorboard("logs", batch_size = NULL, write_grads = FALSE))
})
