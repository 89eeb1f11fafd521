test_that("the book's LossHistory keeps the loss of each batch", {
  LossHistory <- R6::R6Class("LossHistory", inherit = KerasCallback, public = list( # nolint: object_name_linter.
    losses = NULL,
    sizes = NULL,
    on_batch_end = function(batch, logs = list()) {
      self$losses <- c(self$losses, logs[["loss"]])
      self$sizes <- c(self$sizes, logs$size)
    }
  ))
  data <- samples()
  model <- build(rate = 0)
  expected <- vapply(0:2, function(batch) {
    rows <- seq_len(8) + 8 * batch
    evaluate(model, data$x[rows, ], data$y[rows], verbose = 0)$loss
  }, 0)
  history <- LossHistory$new()
  fitted <- fit(model, data$x, data$y, epochs = 1, batch_size = 8, shuffle = FALSE, verbose = 0, callbacks = history)
  expect_equal(history$losses, expected, tolerance = 1e-5)
  expect_equal(history$sizes, c(8, 8, 8))
  expect_equal(mean(history$losses), fitted$metrics$loss, tolerance = 1e-6)
})

test_that("hooks of batches see batch and size", {
  seen <- list()
  hook <- callback_lambda(
    on_batch_begin = function(batch, logs) seen[[length(seen) + 1]] <<- unlist(logs),
    on_train_batch_end = function(batch, logs) seen[[length(seen) + 1]] <<- unlist(logs[c("batch", "size")])
  )
  data <- samples()
  fit(build(), data$x, data$y, epochs = 1, batch_size = 16, verbose = 0, callbacks = hook)
  expect_equal(seen, rep(list(c(batch = 0, size = 16), c(batch = 1, size = 8)), each = 2))
})

test_that("read.csv() reads what was logged, and appending goes by the names", {
  within_directory({
    data <- samples()
    history <- train(callback_csv_logger("log.csv"))
    expect_identical(names(read.csv("log.csv")), c("epoch", "acc", "loss"))
    train(list(callback_reduce_lr_on_plateau("loss"), callback_csv_logger("log.csv", append = TRUE)), epochs = 1,
          validation_data = list(data$x, data$y))
    log <- read.csv("log.csv")
    expect_identical(names(log), c("epoch", "acc", "loss", "lr", "val_acc", "val_loss"))
    expect_equal(log$epoch, c(0, 1, 0))
    expect_equal(log$loss[1:2], history$metrics$loss, tolerance = 1e-6)
    expect_identical(is.na(log$val_loss), c(TRUE, TRUE, FALSE))
    expect_error(callback_csv_logger("log.csv", separator = ";", append = TRUE), "a log with the separator \";\"")
  })
})

test_that("JSON lines", {
  within_directory({
    train(callback_json_logger("log.jsonl"))
    lines <- readLines("log.jsonl")
    expect_length(lines, 2)
    expect_match(lines[[2]], "^[{]\"epoch\": 1, .*\"loss\": 0[.]")
  })
})

test_that("the progress bar writes a line an epoch where the console is no terminal", {
  data <- samples()
  output <- capture.output(
    fit(build(), data$x, data$y, epochs = 2, batch_size = 8, verbose = 1, callbacks = callback_progbar_logger())
  )
  expect_identical(sub(" - .*", "", output), c("Epoch 1/2", "24/24", "Epoch 2/2", "24/24"))
})

test_that("a server that refuses is said once", {
  skip_if(.Platform$OS.type != "unix")
  keras()
  reticulate::py_run_string("
def refusing():
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer
    class Refuse(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers['Content-Length']))
            self.send_response(500)
            self.send_header('Content-Length', '0')
            self.end_headers()
        def log_message(self, *arguments):
            pass
    server = HTTPServer(('127.0.0.1', 0), Refuse)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port
")
  root <- paste0("http://127.0.0.1:", reticulate::py$refusing())
  warned <- testthat::capture_warnings(train(callback_remote_monitor(root), epochs = 3))
  expect_length(warned, 2)
  expect_match(warned[[1]], "answers 500")
  expect_match(warned[[2]], "3 of 3 posts did not get to")
})

test_that("logs show as the list they are", {
  shown <- NULL
  train(callback_lambda(on_epoch_end = function(epoch, logs) shown <<- capture.output(str(logs))), epochs = 1)
  expect_length(shown, 3)
  expect_match(shown[[1]], "List of 2")
})
