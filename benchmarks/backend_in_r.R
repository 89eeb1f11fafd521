# What a backend function costs in R, above a bare reticulate call of what it computes with the same arguments; and in a
# compiled graph.
library(rkeras)
source("report.R")

limit <- 25 # microseconds
calls <- 1000
rounds <- 15
bare <- reticulate::py_run_string("
from keras import ops

def square(x):
    return ops.square(x)

def total(x, axis, keepdims):
    return ops.sum(x, axis=axis, keepdims=keepdims)

def larger(x, y):
    return ops.greater(x, y)

def joined(tensors, axis):
    return ops.concatenate(tensors, axis=axis)

def clipped(x, min_value, max_value):
    return ops.maximum(ops.minimum(x, max_value), min_value)
")
# Looked up once: that takes longer than calling them.
square <- bare$square
total <- bare$total
larger <- bare$larger
clipped <- bare$clipped
joined <- bare$joined
x <- k_constant(matrix(stats::rnorm(1280), 32))
y <- k_constant(matrix(stats::rnorm(1280), 32))
pairs <- list(
  "k_square(x)" = list(function() k_square(x), function() square(x = x)),
  "k_sum(x, axis = 2)" = list(function() k_sum(x, axis = 2), function() total(x = x, axis = 1L, keepdims = FALSE)),
  "k_greater(x, y)" = list(function() k_greater(x, y), function() larger(x = x, y = y)),
  "k_clip(x, 0, 1)" = list(function() k_clip(x, 0, 1), function() clipped(x = x, min_value = 0, max_value = 1)),
  "k_concatenate(list(x, y))" = list(function() k_concatenate(list(x, y)),
                                     function() joined(tensors = list(x, y), axis = -1L))
)

# Of the processor: nothing is waited for here, and what else a machine does counts less.
microseconds <- function(f) {
  begin <- proc.time()
  for (i in seq_len(calls)) f()
  sum((proc.time() - begin)[c("user.self", "sys.self")]) / calls * 1e6
}

for (what in names(pairs)) {
  both <- pairs[[what]]
  invisible(lapply(both, microseconds))
  taken <- vapply(seq_len(rounds), function(round) {
    order <- if (round %% 2) 1:2 else 2:1
    vapply(both[order], microseconds, 0)[order]
  }, c(0, 0))
  above <- stats::quantile(taken[1, ] - taken[2, ], c(0.5, 0.25, 0.75))
  row("backend", sprintf("`%s`", what), sprintf("%.0f \u00b5s more (%.0f to %.0f)", above[[1]], above[[2]], above[[3]]),
      sprintf(paste("a bare call of reticulate %s of what it computes with the same arguments, %.0f \u00b5s;",
                    "limit %.0f \u00b5s"),
              utils::packageVersion("reticulate"), stats::median(taken[2, ]), limit),
      if (above[[1]] > limit) "over" else "")
}

# In a compiled graph R is asked when the graph is made.
count <- 0
mse <- function(y_true, y_pred) {
  count <<- count + 1
  k_mean(k_square(y_true - y_pred), axis = -1)
}
rows <- 32 * 2000
data <- matrix(stats::rnorm(rows * 4), rows)
model <- keras_model_sequential() %>% layer_dense(1, input_shape = 4)
model %>% compile(optimizer = "sgd", loss = mse)
model %>% fit(data, data[, 1], batch_size = 32, epochs = 2, verbose = 0)
row("backend", "calls of an R loss of `k_` functions, 2 epochs of 2,000 batches", format(count), "0 per batch")
