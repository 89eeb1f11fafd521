#' The history of the last training
#'
#' @description
#' The history of the last training by [fit()], also of one that ended with an error or an interrupt.
#'
#' @return An object of class `keras_training_history`: a list with `params` and with `metrics`, a vector for each, with
#'   the epochs that were complete. `NULL` before the first training.
#' @section Source: Keras, `keras.callbacks.History`.
#' @example man-examples/last_history.R
#' @export
last_history <- function() {
  as_history(call_python("last_history", list()))
}

as_history <- function(history) {
  if (is.null(history)) {
    return(NULL)
  }
  metrics <- lapply(history$history, unlist)
  structure(list(params = history$params, metrics = metrics), class = "keras_training_history")
}

#' @export
print.keras_training_history <- function(x, ...) {
  epochs <- if (length(x$metrics)) length(x$metrics[[1]]) else 0L
  cat(sprintf("Trained for %d of %d epochs\n", epochs, as.integer(x$params$epochs)))
  if (epochs > 0) {
    cat("Final epoch:\n")
    last <- vapply(x$metrics, function(values) values[[epochs]], numeric(1))
    cat(sprintf("%s: %s\n", format(names(last), justify = "right"), vapply(last, format, "", digits = 4)), sep = "")
  }
  invisible(x)
}
