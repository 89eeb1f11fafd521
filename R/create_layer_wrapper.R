#' Makes a function that makes layers of a class
#'
#' The function has the arguments of the class behind `object`, as the `layer_...` functions have; it takes what all
#' layers have too, `input_shape`, `name`, `trainable` and so on.
#'
#' @param Layer A class of layers: one of Python, R6 or [`%py_class%`].
#' @param modifiers A named list of functions: what each makes of the argument of its name is handed on.
#' @param convert Not used: what is computed comes to R as everything does.
#' @return The function. Where a class is asked for it stands for the class.
#' @section Source: R keras 2.15.0, `create_layer_wrapper`.
#' @family classes of one's own
#' @example man-examples/create_layer_wrapper.R
#' @export
create_layer_wrapper <- function(Layer, modifiers = NULL, convert = TRUE) { # nolint: object_name_linter.
  force(Layer)
  own <- layer_formals(Layer)
  modifiers <- as.list(modifiers)
  made <- function(object, ...) {
    frame <- environment()
    given <- setdiff(names(formals(sys.function())), c("object", "..."))
    given <- given[!are_missing(given, frame)]
    args <- c(mget(given, frame), list(...))
    for (name in intersect(names(modifiers), names(args))) {
      args[name] <- list(modifiers[[name]](args[[name]]))
    }
    if (missing(object)) create_layer(Layer, args = args) else create_layer(Layer, object, args)
  }
  formals(made) <- c(alist(object = ), own[!names(own) %in% c("object", "...")], alist(... = ))
  structure(made, class = c("keras_layer_wrapper", "function"), Layer = Layer)
}

# The arguments of a class, without `self`.
layer_formals <- function(class) {
  if (inherits(class, "R6ClassGenerator")) {
    begin <- Find(Negate(is.null), lapply(generators_of(class), function(one) one$public_methods$initialize))
    return(if (is.null(begin)) list() else as.list(formals(begin)))
  }
  definition <- definition_of(class)
  if (is.null(definition)) {
    return(alist(... = ))
  }
  begin <- definition$methods$initialize
  if (is.null(begin)) begin <- definition$methods$`__init__`
  if (is.null(begin)) {
    return(alist(... = ))
  }
  formals <- as.list(formals(begin))
  formals[names(formals) != "self"]
}

#' @export
print.keras_layer_wrapper <- function(x, ...) {
  cat("<function that makes layers of ", in_words_of_class(attr(x, "Layer")), ">\n", sep = "")
  invisible(x)
}

in_words_of_class <- function(class) {
  if (inherits(class, "R6ClassGenerator")) class$classname else class$`__name__`
}
