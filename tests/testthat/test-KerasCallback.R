loss_history <- function() {
  R6::R6Class("LossHistory", inherit = KerasCallback, public = list(
    losses = NULL,
    on_batch_end = function(batch, logs = list()) {
      self$losses <- c(self$losses, logs[["loss"]])
    }
  ))
}

test_that("the loss history of the tutorials", {
  history <- loss_history()$new()
  train(history, 3)
  expect_length(history$losses, 6)
  expect_true(is.double(history$losses))
})

test_that("two R6 callbacks in one fit keep their own fields", {
  history <- loss_history()$new()
  epochs <- R6::R6Class("Epochs", inherit = KerasCallback, public = list(
    seen = list(),
    on_train_begin = function(logs) self$seen$begin <- names(self$params),
    on_epoch_begin = function(epoch, logs = NULL) self$seen$begun <- c(self$seen$begun, epoch),
    on_epoch_end = function(epoch, logs = NULL) self$seen$logs <- logs
  ))$new()
  train(list(history, epochs), 2)
  expect_length(history$losses, 4)
  expect_identical(epochs$seen$begun, 0:1)
  expect_setequal(epochs$seen$begin, c("epochs", "steps", "verbose"))
  expect_named(epochs$seen$logs, c("acc", "loss"), ignore.order = TRUE)
  expect_true(all(vapply(epochs$seen$logs, is.double, NA)))
  expect_s3_class(epochs$model, "keras.src.models.model.Model")
})

test_that("an R6 callback stops the training", {
  stopping <- R6::R6Class("Stopping", inherit = KerasCallback, public = list(
    on_epoch_end = function(epoch, logs) self$model$stop_training <- TRUE
  ))$new()
  expect_length(train(stopping, 5)$metrics$loss, 1)
})

test_that("only the hooks that a class or its parents define cross into R", {
  epochs_only <- R6::R6Class("EpochsOnly", inherit = KerasCallback, public = list(
    on_epoch_end = function(epoch, logs) NULL
  ))
  grandchild <- R6::R6Class("Grandchild", inherit = epochs_only, public = list(on_train_end = function(logs) NULL))
  keras()
  hooks_of <- function(object) {
    object <- reticulate::r_to_py(object)
    sort(grep("^on_", names(reticulate::import_builtins()$vars(object)), value = TRUE))
  }
  expect_identical(hooks_of(KerasCallback$new()), character())
  expect_identical(hooks_of(epochs_only$new()), "on_epoch_end")
  expect_identical(hooks_of(grandchild$new()), c("on_epoch_end", "on_train_end"))
})

test_that("both names of a batch hook are called, the short one first", {
  both <- R6::R6Class("Both", inherit = KerasCallback, public = list(
    called = NULL,
    on_train_batch_end = function(batch, logs) self$called <- c(self$called, "train"),
    on_batch_end = function(batch, logs) self$called <- c(self$called, "batch")
  ))$new()
  train(both, 1)
  expect_identical(both$called, c("batch", "train", "batch", "train"))
})

test_that("a named list of numbers joins the logs, never over what is there, and only if visible", {
  within_directory({
    adding <- R6::R6Class("Adding", inherit = KerasCallback, public = list(
      on_epoch_end = function(epoch, logs) list(twice = 2 * epoch, loss = -1, count = 3L)
    ))$new()
    hidden <- callback_lambda(on_epoch_end = function(epoch, logs) invisible(list(hidden = 1)))
    other <- callback_lambda(on_epoch_end = function(epoch, logs) list("not a number", a = "b"))
    history <- train(list(adding, hidden, other, callback_csv_logger("log.csv")), 2)
    expect_named(history$metrics, c("loss", "acc", "twice", "count"))
    expect_equal(history$metrics$twice, c(0, 2))
    expect_true(all(history$metrics$loss > 0))
    expect_equal(utils::read.csv("log.csv")$twice, c(0, 2))
  })
})

test_that("a class instead of an object is caught", {
  expect_error(train(loss_history()), "Perhaps you forgot `$new()`?", fixed = TRUE, class = "rkeras_argument_error")
  expect_error(train(list(loss_history())), "Perhaps you forgot `$new()`?", fixed = TRUE)
})

test_that("what a callback remembers is kept for a training that goes on, whatever R value it is", {
  within_directory({
    remembering <- R6::R6Class("Remembering", inherit = KerasCallback, public = list(
      seen = NULL,
      on_train_begin = function(logs) {
        self$seen <- data.frame(epoch = integer(), loss = numeric(), what = factor(levels = c("a", "b")))
      },
      on_epoch_end = function(epoch, logs) {
        self$seen <- rbind(self$seen, data.frame(epoch = epoch, loss = logs$loss, what = factor("b", c("a", "b"))))
      },
      get_state = function() list(seen = self$seen, third = c(a = 1 / 3), f = function(x) x + 1),
      set_state = function(state) {
        stopifnot(identical(state$third, c(a = 1 / 3)), state$f(1) == 2)
        self$seen <- state$seen
      }
    ))
    dies <- callback_lambda(on_epoch_begin = function(epoch) if (epoch == 2) stop("the night"))
    backup <- callback_backup_and_restore("backup")
    expect_error(train(list(backup, remembering$new(), dies), 4), "the night")
    again <- remembering$new()
    history <- train(list(backup, again), 4)
    expect_identical(again$seen$epoch, 0:3)
    expect_identical(again$seen$loss, history$metrics$loss)
    expect_identical(levels(again$seen$what), c("a", "b"))
    expect_false(dir.exists("backup"))
  })
})

test_that("an error in get_state is the error of the user, said before the training begins", {
  within_directory({
    failing <- R6::R6Class("Failing", inherit = KerasCallback, public = list(
      get_state = function() stop("of the user")
    ))$new()
    backup <- callback_backup_and_restore("backup")
    expect_error(train(list(backup, failing)), "in `get_state`: of the user", fixed = TRUE)
  })
})
