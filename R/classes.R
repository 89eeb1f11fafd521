# Classes of Python that are written in R; rkeras_py/r/classes.py makes them. What R has to an instance, its private
# fields among it, lives in `the$instances` under a number by which Python knows the instance: R holds no instance, and
# Python calls nothing of R's when it drops one, so that both can collect what nobody needs any more.

#' @noRd
#' @param name The name of the class.
#' @param bases A function that returns what it is derived from: one class or a list, of Python, R6 or here.
#' @param methods,active,private,attributes What it has, by name. Fields of `private` may be `marked_active`.
#' @param doc What it says of itself.
#' @param keywords What else Python is told behind the bases.
#' @param convert Whether methods get R values of Python's.
class_of_r <- function(name, bases, methods = list(), active = list(), private = list(), attributes = list(),
                       doc = NULL, keywords = list(), convert = TRUE) {
  if (all(c("initialize", "__init__") %in% names(methods)) || all(c("finalize", "__del__") %in% names(methods))) {
    stop_for_class("%s: `initialize` and `__init__` are two names of one method, and so are `finalize` and `__del__`.",
                   name)
  }
  definition <- list2env(list(
    name = name, bases = bases, methods = methods, active = active, private = private, attributes = attributes,
    doc = doc, keywords = keywords, convert = convert, made = NULL
  ))
  made <- function(...) construct(definition, list(...), sys.call())
  structure(made, class = c("rkeras_class", "function"), definition = definition)
}

stop_for_class <- function(message, ..., call = NULL) {
  stop(errorCondition(sprintf(message, ...), class = "rkeras_argument_error", call = call))
}

is_class_of_r <- function(x) {
  inherits(x, "rkeras_class")
}

# Calls something of Python's, with conditions as those of every other call.
call_object <- function(f, places = list(), named = list(), call = NULL) {
  outcome <- withCallingHandlers(
    bridge(call)$call_object(f, places, if (length(named)) named else reticulate::dict()),
    error = interrupted_on_the_border
  )
  if (inherits(outcome, "rkeras_py.r.bridge.Outcome")) result_of(outcome, call) else outcome
}

construct <- function(definition, given, call) {
  has_name <- if (is.null(names(given))) rep(FALSE, length(given)) else nzchar(names(given))
  class <- class_made(definition, call)
  named <- given[has_name]
  call_object(class, lapply(unname(given[!has_name]), to_python), Map(to_python, named, names(named)), call)
}

# The class of Python, made when it is first asked for.
python_class <- function(x, call = NULL) {
  class_made(attr(x, "definition"), call)
}

class_made <- function(definition, call) {
  if (is.null(definition$made) || reticulate::py_is_null_xptr(definition$made)) {
    bases <- definition$bases()
    bases <- if (is.list(bases) && !is.object(bases)) bases else list(bases)
    definition$parents <- lapply(Filter(Negate(is.null), lapply(bases, definition_of)), identity)
    make <- bridge(call)$classes()
    the$definitions <- c(the$definitions, definition)
    definition$made <- call_object(make$make_class, list(
      definition$name,
      unname(lapply(bases, class_in_python, call)),
      as_dict(Map(method_of, definition$methods, names(definition$methods), list(definition), list(make))),
      as_dict(Map(property_of, definition$active, names(definition$active), list(definition))),
      as_dict(Map(to_python, definition$attributes, names(definition$attributes))),
      definition$doc,
      as_dict(definition$keywords),
      length(the$definitions)
    ), call = call)
  }
  definition$made
}

as_dict <- function(x) {
  if (length(x)) x else reticulate::dict()
}

definition_of <- function(x) {
  if (inherits(x, "R6ClassGenerator")) x <- class_of_generator(x)
  if (inherits(x, "keras_layer_wrapper")) x <- attr(x, "Layer")
  if (is_class_of_r(x)) attr(x, "definition")
}

# What stands for a class of Python, as that.
class_in_python <- function(x, call = NULL) {
  if (inherits(x, "R6ClassGenerator")) {
    x <- class_of_generator(x)
  }
  if (inherits(x, "keras_layer_wrapper")) {
    class_in_python(attr(x, "Layer"), call)
  } else if (is_class_of_r(x)) {
    python_class(x, call)
  } else if (inherits(x, "python.builtin.type")) {
    x
  } else {
    stop_for_class("a class is derived from classes of Python, R6 or %%py_class%%, not from %s.", in_words(x),
                   call = call)
  }
}

method_of <- function(f, name, definition, make) {
  f <- with_self(f, definition$name, name)
  formals <- signature_of(f)
  parameters <- lapply(names(formals)[-1], parameter_of, formals)
  make$Method(r_method(f, name, definition), unname(parameters), doc_of(body(f)))
}

# Where a function with `...` stands for another one, the formals of that.
signature_of <- function(f) {
  signature <- attr(f, "signature")
  as.list(if (is.null(signature)) formals(f) else signature)
}

property_of <- function(f, name, definition) {
  r_method(with_self(f, definition$name, name), name, definition)
}

r_method <- function(f, name, definition) {
  label <- paste0(definition$name, "$", name)
  bound <- bind(f, definition, shapes = name %in% c("build", "compute_output_shape"))
  guarded <- if (startsWith(name, "on_")) guard_hook(bound, label) else guard_method(bound, label)
  if (!definition$convert) guarded <- reticulate::r_to_py(guarded, convert = FALSE)
  names <- names(signature_of(f))
  the$bridge$RFunction(guarded, as.list(names), as.list(names != "self"), name)
}

guard_method <- function(f, name) {
  force(f)
  guarded(name, function(...) returned(f(...)))
}

# What a method returns: vectors as lists, as they come to Python in fields, and as configurations have them.
returned <- function(value) {
  if (is.object(value) || is.array(value)) {
    to_python(value)
  } else if (is.list(value)) {
    if (length(value)) lapply(value, returned) else value
  } else if (is.atomic(value) && length(value) > 1) {
    lapply(unname(value), to_python)
  } else {
    to_python(if (is.atomic(value)) unname(value) else value)
  }
}

with_self <- function(f, class, name) {
  if (!is.function(f)) {
    stop_for_class("%s: `%s` must be a function, not %s.", class, name, in_words(f))
  }
  if (!identical(names(formals(f))[1], "self")) {
    formals(f) <- c(alist(self = ), formals(f))
  }
  f
}

# A text at the beginning is what a function, or a class, says of itself.
doc_of <- function(body) {
  if (is.call(body) && identical(body[[1]], quote(`{`)) && length(body) > 1 && is.character(body[[2]])) body[[2]]
}

# How Python is to know a formal; a default that is no constant is R's to compute, when the function is called.
parameter_of <- function(name, formals) {
  if (identical(formals[[name]], quote(expr = ))) {
    list(name, "required")
  } else if (is_constant(formals[[name]])) {
    list(name, "value", to_python(eval(formals[[name]], baseenv())))
  } else {
    list(name, "left")
  }
}

is_constant <- function(expression) {
  if (is.call(expression)) {
    plain <- is.symbol(expression[[1]]) && as.character(expression[[1]]) %in% c("c", "list", "-", "(")
    plain && all(vapply(as.list(expression[-1]), is_constant, NA))
  } else {
    is.null(expression) || is.atomic(expression)
  }
}

# A method as it is called: around it there are `self`, `super`, `private` and the class itself, of this call.
bind <- function(f, definition, shapes) {
  around <- environment(f)
  function(self, ...) {
    frame <- new.env(parent = around)
    surround(frame, definition, self)
    environment(f) <- frame
    given <- list(...)
    if (shapes) given <- with_shapes(given)
    do.call(f, c(list(self), given), quote = TRUE)
  }
}

surround <- function(frame, definition, self) {
  frame$self <- self
  delayedAssign("super", super_of(definition, self), assign.env = frame)
  delayedAssign("private", private_of(self), assign.env = frame)
  delayedAssign("__class__", definition$made, assign.env = frame)
  if (!definition$name %in% c("self", "super", "private")) {
    delayedAssign(definition$name, definition$made, assign.env = frame)
  }
}

# `super$call(x)`, `super()$call(x)`, `super()$initialize()` and, as in Python, `super(Class, self)`.
super_of <- function(definition, self) {
  found <- function(class = definition$made, instance = self) {
    the$bridge$classes()$Super(class_in_python(class), instance)
  }
  structure(found, class = c("rkeras_super", "function"))
}

#' @export
`$.rkeras_super` <- function(x, name) {
  x()[[name]]
}

#' @export
`[[.rkeras_super` <- function(x, name) {
  x()[[name]]
}

number_of <- function(instance) {
  the$bridge$number_of(instance)
}

instance_of <- function(number) {
  the$bridge$instance(number)
}

# What R has to an instance, as an environment: by the class that it is of, not that of the method which asks.
private_of <- function(self) {
  number <- number_of(self)
  key <- as.character(number)
  if (is.null(the$instances)) {
    the$instances <- new.env(parent = emptyenv())
  }
  private <- the$instances[[key]]
  if (is.null(private)) {
    forget_dropped()
    private <- new.env(parent = emptyenv())
    the$instances[[key]] <- private
    begin_private(private, the$definitions[[the$bridge$definition_of(self)]], number)
  }
  private
}

forget_dropped <- function() {
  keys <- as.character(unlist(the$bridge$dropped()))
  rm(list = intersect(keys, names(the$instances)), envir = the$instances)
}

# What the classes define that it is derived from, and over it what it defines itself.
begin_private <- function(private, definition, number) {
  force(number) # what is left to be evaluated would hold the instance
  for (parent in rev(definition$parents)) {
    begin_private(private, parent, number)
  }
  for (name in names(definition$private)) {
    value <- definition$private[[name]]
    if (is.function(value)) {
      around <- new.env(parent = environment(value))
      around$private <- private
      makeActiveBinding("self", function() instance_of(number), around)
      makeActiveBinding("super", function() super_of(definition, instance_of(number)), around)
      environment(value) <- around
    }
    if (exists(name, private, inherits = FALSE)) rm(list = name, envir = private)
    if (is_marked_active(value)) makeActiveBinding(name, value, private) else private[[name]] <- value
  }
}

# Shapes, as R keras had them: a list with an element for each dimension, `NULL` where it is not known.
with_shapes <- function(given) {
  is_shape <- grepl("shapes?$", names(given)) | seq_along(given) == 1
  given[is_shape] <- lapply(given[is_shape], as_shape)
  given
}

as_shape <- function(x) {
  if (inherits(x, "python.builtin.object")) {
    return(x)
  }
  x <- as.list(x)
  if (length(x) && all(vapply(x, function(size) is.null(size) || (is.numeric(size) && length(size) == 1), NA))) {
    structure(x, class = "rkeras_shape")
  } else {
    lapply(x, function(one) if (is.null(one)) one else as_shape(one))
  }
}

#' @export
`[.rkeras_shape` <- function(x, i) {
  structure(unclass(x)[i], class = "rkeras_shape")
}

#' @export
`[[.rkeras_shape` <- function(x, i) {
  unclass(x)[[if (is.numeric(i) && i < 0) length(x) + i + 1 else i]]
}

#' @export
`$.rkeras_shape` <- function(x, name) {
  switch(name,
    as_list = function() unclass(x),
    rank = ,
    ndims = length(x)
  )
}

#' @export
as.integer.rkeras_shape <- function(x, ...) {
  vapply(unclass(x), function(size) if (is.null(size)) NA_integer_ else as.integer(size), 1L)
}

#' @export
as.double.rkeras_shape <- function(x, ...) {
  as.double(as.integer(x))
}

#' @export
format.rkeras_shape <- function(x, ...) {
  paste0("(", paste(ifelse(is.na(as.integer(x)), "NULL", as.integer(x)), collapse = ", "), ")")
}

#' @export
print.rkeras_shape <- function(x, ...) {
  cat(format(x), "\n", sep = "")
  invisible(x)
}

#' @exportS3Method reticulate::r_to_py rkeras_shape
r_to_py.rkeras_shape <- function(x, convert = FALSE) { # nolint: object_name_linter.
  reticulate::r_to_py(unclass(x), convert)
}

#' @export
`$.rkeras_class` <- function(x, name) {
  switch(name,
    new = x,
    classname = attr(x, "definition")$name,
    python_class(x)[[name]]
  )
}

#' @export
`[[.rkeras_class` <- function(x, name) {
  `$.rkeras_class`(x, name)
}

#' @export
format.rkeras_class <- function(x, ...) {
  sprintf("<class 'R6type.%s'>", attr(x, "definition")$name)
}

#' @export
print.rkeras_class <- function(x, ...) {
  cat(format(x), "\n", sep = "")
  invisible(x)
}

#' @exportS3Method reticulate::r_to_py rkeras_class
r_to_py.rkeras_class <- function(x, convert = FALSE) { # nolint: object_name_linter.
  class_in_python(x)
}

#' @exportS3Method reticulate::r_to_py keras_layer_wrapper
r_to_py.keras_layer_wrapper <- function(x, convert = FALSE) { # nolint: object_name_linter.
  class_in_python(x)
}

# The arguments that give classes and functions by name; those that have one of their own need no other.
naming <- c("custom_objects", "objects")

named_objects <- function(objects) {
  given <- if (is.list(objects) && !is.object(objects)) objects else list(objects)
  named <- if (is.null(names(given))) rep(FALSE, length(given)) else nzchar(names(given))
  own <- lapply(given[!named], own_name)
  if (any(vapply(own, is.null, NA))) {
    return(objects) # Python says what it takes
  }
  names(given)[!named] <- unlist(own)
  given
}

own_name <- function(object) {
  if (inherits(object, "R6ClassGenerator")) {
    object$classname
  } else if (inherits(object, "keras_layer_wrapper")) {
    own_name(attr(object, "Layer"))
  } else if (is_class_of_r(object)) {
    attr(object, "definition")$name
  } else if (inherits(object, "python.builtin.object")) {
    if (reticulate::py_has_attr(object, "__name__")) object$`__name__`
  } else if (is.function(object)) {
    attr(object, "py_function_name")
  } else if (inherits(object, "R6")) {
    class(object)[[1]]
  }
}
