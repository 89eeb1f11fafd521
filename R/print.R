#' @export
print.keras.src.models.model.Model <- function(x, ...) {
  summary(x)
  invisible(x)
}
