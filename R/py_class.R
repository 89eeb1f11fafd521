#' Makes a class of Python
#'
#' `Name(Base, ...) %py_class% { ... }` makes a class and assigns it to `Name`. What its body defines is what the class
#' has: functions are its methods, other values are what all its objects have.
#'
#' * In methods `self` is the object; it may stand among the arguments, in front, and need not.
#' * `super` is what the class is derived from: `super$call(x)`, `super()$call(x)`, `super()$initialize()`.
#' * `initialize` and `finalize` are Python's `__init__` and `__del__`.
#' * `private$name <- value` in the body: every object has an R value of its own by this name, which only methods see,
#'   as `private$name`. A function there sees `self`, `super` and `private`.
#' * `name %<-active% function(value) ...` in the body: the function is called when `name` is asked for, `value` is
#'   missing then, and when it is assigned.
#' * A text at the beginning of the body, or of a function in it, is what Python's `help()` shows.
#'
#' The class is an R function, `Name()` and `Name$new()` make an object. For Python it is a class like any other. Where
#' Python has not started yet the class is made when it is first used, so that a script or a package may define classes
#' at its beginning.
#'
#' A layer, a metric or a loss need not hand on `name`, `dtype` and `trainable`, which all have, nor call
#' `super()$initialize()`. A layer is saved with its arguments where they are numbers, strings and the like; else, and
#' where it pleases, it defines `get_config()`. To load a model, name the class: `custom_objects = list(Name = Name)`.
#'
#' @param spec `Name(Base, ...)`, or `Name` for a class that is derived from nothing. The bases are classes of Python,
#'   R6 or this operator, and are looked up where the class is defined. `delay_load = TRUE` has the class made when it
#'   is first used, as it is in a package; `convert = FALSE` leaves what methods are given, `self` too, as objects of
#'   Python; other names go to Python's `type()`.
#' @param body The body, in braces.
#' @return The class, invisibly; it is assigned to `Name` too.
#' @section Errors:
#' * An error in a method has the class and the method before its message: ``in `Name$call`: ...``, and is the condition
#'   that it was.
#' @section Source: R keras 2.15.0, `%py_class%`.
#' @family classes of one's own
#' @example man-examples/py_class.R
#' @export
#' @rdname py_class
`%py_class%` <- function(spec, body) {
  where <- parent.frame()
  spec <- read_spec(substitute(spec), where)
  made <- class_of_body(spec, substitute(body), where)
  assign(spec$name, made, envir = where)
  if (!isTRUE(spec$delay) && isNamespaceLoaded("reticulate") && reticulate::py_available()) {
    python_class(made, sys.call())
  }
  invisible(made)
}

# A name, what stands in its parentheses, and what of it is said to Python.
read_spec <- function(spec, where) {
  parts <- if (is.call(spec)) as.list(spec[-1]) else list()
  named <- if (is.null(names(parts))) rep(FALSE, length(parts)) else nzchar(names(parts))
  name <- if (is.call(spec)) spec[[1]] else spec
  if (!is.symbol(name)) {
    stop_for_class("`%%py_class%%`: on its left there must be a name, or `Name(Base)`, not %s.", deparse(spec, 60)[[1]])
  }
  options <- parts[named]
  delay <- Find(Negate(is.null), options[c("delay_load", "delayed")])
  list(
    name = as.character(name),
    bases = parts[!named],
    delay = if (is.null(delay)) !identical(topenv(where), globalenv()) && is_package(where) else eval(delay, where),
    convert = if (is.null(options$convert)) TRUE else eval(options$convert, where),
    keywords = options[!names(options) %in% c("delay_load", "delayed", "convert")]
  )
}

is_package <- function(where) {
  isNamespace(topenv(where))
}

class_of_body <- function(spec, body, where) {
  inside <- new.env(parent = where)
  inside$private <- new.env(parent = emptyenv())
  doc <- doc_of(body)
  eval(body, inside)
  private <- contents_of(inside$private)
  rm(list = "private", envir = inside)
  all <- contents_of(inside)
  active <- vapply(all, is_marked_active, NA)
  methods <- vapply(all, is.function, NA) & !active & !vapply(all, is_class_of_r, NA)
  class_of_r(
    spec$name,
    function() lapply(spec$bases, eval, where),
    methods = all[methods],
    active = all[active],
    private = private,
    attributes = all[!methods & !active],
    doc = doc,
    keywords = lapply(spec$keywords, eval, where),
    convert = spec$convert
  )
}

# What an environment has, active bindings as the functions that they are.
contents_of <- function(environment) {
  names <- sort(ls(environment, all.names = TRUE))
  lapply(stats::setNames(nm = names), function(name) {
    if (bindingIsActive(name, environment)) {
      mark_active(activeBindingFunction(name, environment))
    } else {
      get(name, environment, inherits = FALSE)
    }
  })
}

#' Fields that are computed
#'
#' `name %<-active% f` has a name stand for what a function computes: it is called without an argument when the name is
#' asked for, and with the value that is assigned to it. In the body of a class ([`%py_class%`]) it defines such a field
#' of its objects. `mark_active(f)` marks a function to be one, for [new_layer_class()] and its kin.
#'
#' @param sym A name.
#' @param value,x A function of at most one argument, the value that is assigned; it is missing when the name is asked
#'   for.
#' @return `%<-active%`: the function, invisibly. `mark_active()`: the function, with its mark.
#' @section Source: R keras 2.15.0, `%<-active%`, `mark_active`.
#' @family classes of one's own
#' @examples
#' now %<-active% function() Sys.time()
#' now
#' @export
#' @rdname active
`%<-active%` <- function(sym, value) {
  if (!is.function(value)) {
    stop_for_class("`%%<-active%%`: on its right there must be a function, not %s.", in_words(value), call = sys.call())
  }
  sym <- substitute(sym)
  where <- parent.frame()
  if (is.call(sym) && identical(sym[[1]], quote(`$`))) {
    where <- eval(sym[[2]], where)
    sym <- sym[[3]]
  }
  name <- as.character(sym)
  if (exists(name, where, inherits = FALSE)) rm(list = name, envir = where)
  makeActiveBinding(name, value, where)
  invisible(value)
}

#' @export
#' @rdname active
mark_active <- function(x) {
  if (!is.function(x)) {
    stop_for_class("mark_active(): `x` must be a function, not %s.", in_words(x), call = sys.call())
  }
  structure(x, marked_active = TRUE)
}

is_marked_active <- function(x) {
  is.function(x) && isTRUE(attr(x, "marked_active"))
}
