# Models and data for real trainings. Every test file is a process of its own in `make test`, with one Python.

keras <- function() {
  available <- is_keras_available("3.12")
  if (nzchar(Sys.getenv("RKERAS_TEST_PYTHON"))) {
    stopifnot("the tests are to train, and there is no Keras" = available)
  }
  skip_if_not(available, "Keras")
  reticulate::import("keras")
}

samples <- function() {
  set.seed(1)
  x <- matrix(rnorm(72), 24, 3)
  list(x = x, y = as.numeric(rowSums(x) > 0))
}

build <- function(metrics = "acc", rate = 0.1) {
  k <- keras()
  k$utils$set_random_seed(7L)
  model <- k$Sequential(list(
    k$Input(shape = list(3L)),
    k$layers$Dense(4L, activation = "tanh"),
    k$layers$Dense(1L, activation = "sigmoid")
  ))
  model$compile(optimizer = k$optimizers$SGD(rate), loss = "binary_crossentropy", metrics = list(metrics))
  model
}

train <- function(callbacks, epochs = 2, model = build(), verbose = 0, ...) {
  data <- samples()
  fit(model, data$x, data$y, epochs = epochs, batch_size = 12, verbose = verbose, callbacks = callbacks, ...)
}

# How many calls Python believes to be in: one, where no R jump has left any behind.
frames_of_python <- function() {
  reticulate::py_eval("len(__import__('inspect').stack())")
}

# Runs code in a directory of its own.
within_directory <- function(code) {
  directory <- tempfile("rkeras")
  dir.create(directory)
  before <- setwd(directory)
  on.exit({
    setwd(before)
    unlink(directory, recursive = TRUE)
  })
  force(code)
}

constructors <- function() {
  grep("^callback_", getNamespaceExports("rkeras"), value = TRUE)
}

# Writes the messages with which calls are refused, a line each.
messages <- function(...) {
  for (call in as.list(substitute(list(...)))[-1]) {
    message <- tryCatch({
      eval(call, parent.frame())
      "no error"
    }, error = conditionMessage)
    cat(message, "\n", sep = "")
  }
}
