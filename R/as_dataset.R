# Data sets as the books take them apart: `mnist$train$x`, or `c(c(x_train, y_train), c(x_test, y_test)) %<-% mnist`.
as_dataset <- function(dataset) {
  lapply(the$bridge$dataset_parts(dataset), function(split) {
    x <- split$x
    list(x = if (is.list(x)) lapply(x, as.vector) else x, y = split$y)
  })
}

# As R keras had data sets of TensorFlow's inherit; two of them in a list.
as_tf_dataset <- function(dataset) {
  if (is.list(dataset)) {
    return(lapply(dataset, as_tf_dataset))
  }
  class(dataset) <- c("tf_dataset", class(dataset))
  dataset
}
