#' @export
print.keras.src.models.model.Model <- function(x, ...) {
  summary(x, ...)
  invisible(x)
}

#' The summary of a model as text
#'
#' @param x The model.
#' @param line_length The width of the table, in characters.
#' @param positions Where the columns end, as shares of the width.
#' @param expand_nested Whether the layers of models within the model are shown.
#' @param show_trainable Whether a column says what trains, which it does where something is frozen.
#' @param ... Nothing: more is ignored.
#' @param compact Whether empty lines are left out.
#' @param width The width that `line_length` goes by.
#' @return The text, a string.
#' @section Source:
#' R keras 2.15.0, `format.keras.engine.training.Model`; Keras, `Model.summary`.
#' @exportS3Method base::format keras.src.models.model.Model
format.keras.src.models.model.Model <- function(x,
                                                line_length = width - (11L * show_trainable),
                                                positions = NULL,
                                                expand_nested = FALSE,
                                                show_trainable = x$built && as.logical(length(x$non_trainable_weights)),
                                                ...,
                                                compact = TRUE,
                                                width = getOption("width")) {
  stop_if_dead(list(x), sys.call())
  if (!x$built) {
    return("Model: <no summary available, model was not built>")
  }
  if (is.null(the$call)) bridge()
  text <- the$bridge$summary_text(x, as.integer(line_length), positions, expand_nested, show_trainable)
  lines <- strsplit(text, "\n", fixed = TRUE)[[1]]
  paste(if (compact) lines[nzchar(trimws(lines))] else lines, collapse = "\n")
}

#' @exportS3Method utils::str keras.src.models.model.Model
str.keras.src.models.model.Model <- function(object, ...) {
  cat(format(object, ...), "\n", sep = "")
  invisible()
}
