# The same line as report.py writes.
row <- function(part, what, measured, against, note = "") {
  line <- list(part = part, what = what, measured = measured, seconds = NULL, against = against, limit = NULL,
               reached = NULL, note = note)
  cat("ROW ", jsonlite::toJSON(line, auto_unbox = TRUE, null = "null"), "\n", sep = "")
}
