# What callbacks cost in R: calls into R are counted, and timed against a bare reticulate call with the same arguments.
library(rkeras)
source("report.R")

batches <- 2000
x <- matrix(stats::rnorm(32 * batches * 20), ncol = 20)
y <- x[, 1]

model <- keras_model_sequential() %>% layer_dense(16, input_shape = 20) %>% layer_dense(1)
model %>% compile(optimizer = "sgd", loss = "mse")

seconds <- function(callbacks, epochs = 1) {
  begin <- proc.time()[["elapsed"]]
  fit(model, x, y, batch_size = 32, epochs = epochs, verbose = 0, callbacks = callbacks)
  proc.time()[["elapsed"]] - begin
}

calls <- 0
counting <- function(...) {
  calls <<- calls + 1
  invisible()
}
count <- function(callbacks, epochs = 1) {
  calls <<- 0
  seconds(callbacks, epochs)
  calls
}

EpochOnly <- R6::R6Class("EpochOnly", # nolint: object_name_linter.
  inherit = KerasCallback,
  public = list(on_epoch_end = function(epoch, logs) counting())
)

invisible(seconds(NULL))
row("R", "calls into R, an R6 object with an epoch hook alone, 1 epoch of 2,000 batches",
    format(count(list(EpochOnly$new()))), "1 for the epoch, 0 per batch")
row("R", "calls into R, a closure per batch, 1 epoch of 2,000 batches",
    format(count(list(callback_lambda(on_batch_end = counting)))), "1 per batch")
row("R", "calls into R, a schedule, 3 epochs", format(count(list(callback_learning_rate_scheduler(function(epoch) {
  counting()
  0.01
})), 3)), "1 per epoch")

# A bare call of a closure by reticulate, with a number and a dict.
bare <- reticulate::py_run_string("
def cross(function, times):
    import time
    begin = time.perf_counter()
    for batch in range(times):
        function(batch, {'loss': 0.5})
    return (time.perf_counter() - begin) / times * 1e6
")$cross
through <- reticulate::py_run_string("
def cross_hook(callback, times):
    import time
    begin = time.perf_counter()
    for batch in range(times):
        callback.on_epoch_end(batch, {'loss': 0.5})
    return (time.perf_counter() - begin) / times * 1e6
")$cross_hook
hook <- callback_lambda(on_epoch_end = counting)
pairs <- replicate(15, c(bare = bare(counting, 2000L), hook = through(hook, 2000L)))
extra <- stats::quantile(pairs["hook", ] - pairs["bare", ], c(0.5, 0.25, 0.75))
row("R", "a call of an R closure as a hook", sprintf("%.0f \u00b5s more (%.0f to %.0f)", extra[[1]], extra[[2]], extra[[3]]),
    sprintf("a bare crossing of reticulate %s, %.0f \u00b5s; limit 25 \u00b5s", utils::packageVersion("reticulate"),
            stats::median(pairs["bare", ])))
