failing <- function(...) stop("my own words", call. = FALSE)

test_that("an error in a hook stops the fit and has the user's message and the hook's name", {
  model <- build()
  expect_error(train(callback_lambda(on_epoch_end = function(epoch, logs) failing()), model = model),
               "^in `on_epoch_end`: my own words$", class = "rkeras_hook_error")
  expect_error(train(callback_learning_rate_scheduler(failing), model = model), "^in `schedule`: my own words$")
  method <- R6::R6Class("Failing", inherit = KerasCallback, public = list(on_train_batch_begin = failing))$new()
  expect_error(train(method, model = model), "^in `on_train_batch_begin`: my own words$")
  expect_length(train(NULL, model = model)$metrics$loss, 2)
})

test_that("the condition of the user's function keeps its class and its fields", {
  condition <- errorCondition("with data", class = "my_condition", data = 7)
  caught <- tryCatch(train(callback_lambda(on_train_begin = function(logs) stop(condition))), my_condition = identity)
  expect_identical(caught$data, 7)
  expect_identical(caught$parent, condition)
})

test_that("an interrupt in a hook is an interrupt, files are closed, and what was done is kept", {
  within_directory({
    model <- build()
    interrupting <- callback_lambda(on_epoch_end = function(epoch, logs) if (epoch == 2) rlang::interrupt())
    caught <- tryCatch(
      train(list(callback_csv_logger("log.csv"), interrupting), 5, model),
      interrupt = function(condition) "interrupted"
    )
    expect_identical(caught, "interrupted")
    expect_length(last_history()$metrics$loss, 2)
    expect_identical(utils::read.csv("log.csv")$epoch, 0:2)
    expect_length(train(NULL, 1, model)$metrics$loss, 1)
  })
})

test_that("an interrupt at any hook leaves files that the next training goes on with", {
  hooks <- setdiff(names(formals(callback_lambda)), c("on_batch_begin", "on_batch_end"))
  hooks <- grep("predict", hooks, value = TRUE, invert = TRUE)
  through <- train(NULL, 3, validation_split = 0.5)
  for (hook in hooks) {
    within_directory({
      calls <- 0
      interrupting <- function(...) {
        calls <<- calls + 1
        if (calls == if (grepl("batch|epoch|test", hook)) 2 else 1) rlang::interrupt()
      }
      callbacks <- list(
        callback_csv_logger("log.csv"), callback_model_checkpoint("m.h5"), callback_model_checkpoint("m.keras"),
        callback_backup_and_restore("backup"), do.call(callback_lambda, stats::setNames(list(interrupting), hook))
      )
      model <- build()
      caught <- tryCatch(
        train(callbacks, 3, model, validation_split = 0.5),
        interrupt = function(condition) "interrupted"
      )
      expect_identical(caught, "interrupted", label = hook)
      if (file.exists("m.h5")) {
        expect_length(load_model_hdf5("m.h5")$get_weights(), 4)
      }
      history <- train(callbacks[1:4], 3, model, validation_split = 0.5)
      expect_equal(history$metrics, through$metrics, label = hook)
      expect_identical(utils::read.csv("log.csv")$epoch, 0:2, label = hook)
      expect_identical(list.files(all.files = TRUE, no.. = TRUE), c("log.csv", "m.h5", "m.keras"), label = hook)
    })
  }
})

test_that("an interrupt from outside arrives too, whether R runs or Python", {
  skip_on_os("windows")
  # The signal is sent when the training runs: while TensorFlow still traces the model, it may swallow one.
  interrupt_soon <- function(logs) {
    system2("sh", c("-c", shQuote(sprintf("sleep 1; kill -INT %d", Sys.getpid()))), wait = FALSE)
  }
  interrupted <- function(callbacks, epochs) {
    tryCatch({
      train(callbacks, epochs, model)
      "not interrupted"
    }, interrupt = function(condition) "interrupted")
  }
  model <- build()
  train(NULL, 1, model)
  expect_identical(interrupted(callback_lambda(on_train_begin = interrupt_soon), 3000), "interrupted")
  sleeping <- callback_lambda(on_train_begin = interrupt_soon, on_epoch_end = function(epoch, logs) Sys.sleep(0.2))
  expect_identical(interrupted(sleeping, 100), "interrupted")
  expect_error(model$no_such_thing(), "no_such_thing") # and is no interrupt
  expect_length(train(NULL, 1, model)$metrics$loss, 1)
  expect_identical(frames_of_python(), 1L)
})

test_that("an interrupt does not jump over frames of Python", {
  skip_on_os("windows")
  keras()
  to_python(identity) # connects the two
  asked <- reticulate::py_eval("getattr(__import__('sys').modules.get('rpytools.signals'), '_callback', len)")
  expect_identical(asked$`__module__`,
                   if (utils::packageVersion("reticulate") < "1.29") "rkeras_py.r.interrupts" else "builtins")

  # R looks for interrupts at every thousandth call: here it arrives while the argument is converted.
  reticulate::py_run_string("
from rkeras_py.r import interrupts

def interrupted(function):
    interrupts._pending.value = True
    try:
        function([object() for _ in range(2000)])
    except KeyboardInterrupt:
        return not interrupts._pending.value
    return False
")
  called <- FALSE
  function_of_r <- to_python(function(x) called <<- TRUE)
  expect_true(reticulate::py$interrupted(function_of_r))
  expect_true(called)
  expect_identical(frames_of_python(), 1L)

  writing <- reticulate::py_eval("lambda _: [print(i) for i in range(2000)]", convert = FALSE)
  utils::capture.output(expect_true(reticulate::py$interrupted(writing)))
  expect_identical(frames_of_python(), 1L)
})

test_that("epoch and batch are integers from 0 and logs is a named list of numbers", {
  seen <- list()
  train(callback_lambda(
    on_epoch_end = function(epoch, logs) seen$epoch <<- c(seen$epoch, epoch),
    on_batch_end = function(batch, logs) seen$batch <<- c(seen$batch, batch),
    on_train_end = function(logs) seen$logs <<- logs
  ))
  expect_identical(seen$epoch, 0:1)
  expect_identical(seen$batch, c(0L, 1L, 0L, 1L))
  expect_true(is.list(seen$logs) && is.double(seen$logs$loss))
})

test_that("hooks take as many arguments as they have", {
  called <- character()
  train(callback_lambda(
    on_epoch_begin = function() called <<- c(called, "none"),
    on_epoch_end = function(i) called <<- c(called, "one"),
    on_train_end = function(...) called <<- c(called, length(list(...)))
  ), 1)
  expect_identical(called, c("none", "one", "1"))
})

test_that("the logs know a quantity by its other names, and say so once", {
  seen <- list()
  hook <- callback_lambda(on_epoch_end = function(epoch, logs) {
    seen[[epoch + 1]] <<- list(logs[["acc"]], logs$acc, logs$accuracy, logs$auc, names(logs), class(unclass(logs)))
  })
  the <- get("the", asNamespace("rkeras"))
  the$said <- NULL
  warned <- testthat::capture_warnings(history <- train(hook, epochs = 2, model = build(metrics = "accuracy")))
  expect_identical(warned, 'logs: "acc" is logged as "accuracy", which is given instead.')
  expect_identical(vapply(seen, `[[`, 0, 1), as.numeric(history$metrics$accuracy))
  expect_identical(seen[[1]][2:3], seen[[1]][c(1, 1)])
  expect_null(seen[[1]][[4]])
  expect_setequal(seen[[1]][[5]], c("accuracy", "loss"))
})
