#' @rdname evaluate
#' @export
evaluate <- function(object, ...) {
  # Not the generic of the package generics: its first argument is called `x`, as the samples are here.
  UseMethod("evaluate")
}

#' @rdname export_savedmodel
#' @export
export_savedmodel <- function(object, ...) {
  UseMethod("export_savedmodel")
}
