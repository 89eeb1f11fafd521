# What comes back of texts, as R keeps it.

# reticulate has an empty list for a sequence of no numbers.
as_sequences <- function(sequences) {
  lapply(sequences, as.integer)
}

as_skipgrams <- function(found) {
  list(couples = found$couples, labels = found$labels)
}

# reticulate gives the names of a list without their encoding, which is always UTF-8.
names_in_utf8 <- function(value) {
  if (is.list(value) && !is.object(value) && !is.null(names(value))) {
    names <- names(value)
    Encoding(names) <- "UTF-8"
    names(value) <- names
  }
  value
}

#' @export
`$.keras.src.legacy.preprocessing.text.Tokenizer` <- function(x, name) {
  names_in_utf8(NextMethod())
}

#' @export
`$.keras.src.legacy.preprocessing.image.Iterator` <- `$.keras.src.legacy.preprocessing.text.Tokenizer`

#' @export
`[[.keras.src.legacy.preprocessing.text.Tokenizer` <- function(x, i, ...) {
  names_in_utf8(NextMethod())
}
