#' Keras itself
#'
#' Keras as Python has it, which is loaded when something of it is asked for: `keras$layers$Dense(4L)`. In Python
#' indices count from 0 and whole numbers are integers: `4L`.
#'
#' @format A module of Python.
#' @section Source: R keras 2.15.0, `keras`.
#' @examples
#' if (is_keras_available("3.12")) keras$ops$sqrt(4)
#' @export
keras <- structure(list(), class = "rkeras_module")

import_keras <- function() {
  bridge() # whoever has no Python is told so in the words of this package
  reticulate::import("keras")
}

#' @export
`$.rkeras_module` <- function(x, name) {
  import_keras()[[name]]
}

#' @export
`[[.rkeras_module` <- function(x, name) {
  import_keras()[[name]]
}

#' @export
names.rkeras_module <- function(x) {
  names(import_keras())
}

#' @exportS3Method utils::.DollarNames rkeras_module
.DollarNames.rkeras_module <- function(x, pattern = "") { # nolint: object_name_linter.
  grep(pattern, names(x), value = TRUE)
}

#' @export
print.rkeras_module <- function(x, ...) {
  cat("<Keras, which is loaded when it is used>\n")
  invisible(x)
}

#' @exportS3Method reticulate::r_to_py rkeras_module
r_to_py.rkeras_module <- function(x, convert = FALSE) { # nolint: object_name_linter.
  import_keras()
}
