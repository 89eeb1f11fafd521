#' @importFrom magrittr %>%
#' @export
magrittr::`%>%`

#' @importFrom magrittr %<>%
#' @export
magrittr::`%<>%`

#' @importFrom zeallot %<-%
#' @export
zeallot::`%<-%`

#' @importFrom generics fit
#' @export
generics::fit

#' @importFrom generics compile
#' @export
generics::compile

#' Choosing Python
#'
#' What the functions of these names in reticulate do, which R keras passed on: they say which Python is to be started.
#' reticulate is loaded when one is called.
#'
#' @param ... What reticulate's function takes: [reticulate::use_python()].
#' @return `NULL`, invisibly.
#' @section Source:
#' R keras 2.2.5.0 and 2.15.0, `use_python`, `use_virtualenv`, `use_condaenv`.
#' @export
use_python <- function(...) {
  reticulate::use_python(...)
}

#' @rdname use_python
#' @export
use_virtualenv <- function(...) {
  reticulate::use_virtualenv(...)
}

#' @rdname use_python
#' @export
use_condaenv <- function(...) {
  reticulate::use_condaenv(...)
}
