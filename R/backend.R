#' The backend under the names of Python
#'
#' @description
#' `K <- backend()` is what scripts for R keras compute with: `K$mean(x, axis = 0L)`, `K$square(x)`. It has the
#' functions whose names begin with `k_`, without these two letters. As in Python, axes and numbers of rows count from 0
#' in it: `K$mean(x, axis = 0L)` is `k_mean(x, axis = 1)`; what an error says counts from 1. Python's `keras.backend`
#' itself has none of these in Keras 3.
#'
#' `implementation()` is the module of Keras.
#'
#' @param convert Whether results that have a counterpart in R become R values. Tensors stay tensors in any case.
#' @param implementation Not used: `"keras"` and `"tensorflow"` are one and the same since Keras 2.3, and Keras 3 has
#'   nothing else.
#' @return A Python module; `use_implementation()` returns nothing.
#' @section Errors:
#' * Keras 3 has not got the function: Python's error, which names it. Only `k_` functions are there.
#' @section Source: R keras 2.2.5.0, `backend`, `implementation`, `use_implementation`.
#' @example man-examples/backend.R
#' @export
backend <- function(convert = TRUE) {
  if (is.null(the$call)) bridge(sys.call())
  reticulate::import_from_path("rkeras_py.r.keras_backend", path = python_path(), convert = convert)
}

#' @rdname backend
#' @export
implementation <- function() {
  if (is.null(the$call)) bridge(sys.call())
  reticulate::import("keras")
}

#' @rdname backend
#' @export
use_implementation <- function(implementation = c("keras", "tensorflow")) {
  match.arg(implementation)
  invisible()
}
