#' Functions of other packages
#'
#' What the scripts of the books use of other packages: the pipe, the assignment of several values at once, and the
#' generic functions for models.
#'
#' @return See the help pages of the packages.
#' @name reexports
#' @keywords internal
#' @examples
#' c(a, b) %<-% list(1, 2)
#' 4 %>% sqrt()
NULL

#' @importFrom magrittr %>%
#' @export
magrittr::`%>%`

#' @importFrom zeallot %<-%
#' @export
zeallot::`%<-%`

#' @importFrom generics fit
#' @export
generics::fit

#' @importFrom generics evaluate
#' @export
generics::evaluate
