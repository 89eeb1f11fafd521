# Bytes of Python's as R has them.
as_raw_vector <- function(bytes) {
  as.raw(the$bridge$octets(bytes))
}
