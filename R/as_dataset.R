# Data sets as the books take them apart: `mnist$train$x`, or `c(c(x_train, y_train), c(x_test, y_test)) %<-% mnist`.
as_dataset <- function(dataset, as_samples = identity) {
  part <- function(split) list(x = as_samples(split[[1]]), y = split[[2]])
  list(train = part(dataset[[1]]), test = part(dataset[[2]]))
}

# Sequences of different lengths: a list of integer vectors.
as_sequences <- function(x) {
  lapply(x, function(sequence) as.integer(unlist(sequence)))
}
