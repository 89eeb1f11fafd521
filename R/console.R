# Where what Python prints goes: through `cat()`, so that the console, capture.output(), sink() and knitr all have it.

write_output <- function(text) {
  cat(text)
  invisible()
}

# Whether the output ends in something that can move back on a line: not where it is collected or is a file.
is_terminal <- function() {
  sink.number() == 0L && !isTRUE(getOption("knitr.in.progress")) && (isatty(stdout()) || interactive())
}
