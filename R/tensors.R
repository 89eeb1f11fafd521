#' Computing with tensors and variables
#'
#' What Keras calculates with can be calculated with in R: tensors, variables, among them the weights of a layer and
#' `model$optimizer$lr`, and the symbolic tensors that layers are called on, of TensorFlow and of JAX. Keras does it, so
#' it works in a layer, loss or metric that is an R function, too, and in compiled graphs.
#'
#' * `print()`, `format()` and `str()` show type and shape, and values where there are some. `dim()` has `NA` for a size
#'   that is known when the model runs, as that of a batch, and is `integer(0)` for a single number.
#' * `as.array()`, `as.matrix()`, `as.vector()`, `as.numeric()`, `as.integer()` and `as.logical()` give R's own values.
#'   What stands for values to come, as a symbolic tensor does, has none and is refused.
#' * The operators `+ - * / ^ %% %/% == != < <= > >= & | !`, with a tensor, number, vector or array on the other side.
#'   Shapes go together as in Keras, not as R recycles: a vector stands beside every row of a matrix. `%*%` from R 4.3
#'   on; before, R has no methods for it, and `keras$ops$matmul()` does it.
#' * The functions of R's group Math that Keras has: not `signif()`, `gamma()` and its kin, `cummax()`, `cummin()`.
#' * `sum()`, `prod()`, `max()`, `min()`, `range()`, `any()`, `all()` and `mean()`. They return a tensor. `axis` names
#'   the dimensions that they go over, counted from 1 or, negative, from the end; `keepdims = TRUE` keeps these with
#'   size 1.
#' * `t()`, `is.nan()`, `is.finite()`, `is.infinite()`.
#'
#' Where R's tensorflow is attached, its own methods have its tensors, as without rkeras.
#'
#' @section Types:
#' Numbers of R take the type of the tensor beside them: a float32 times `2L` or `0.1` is a float32. Where that would
#' lose something the tensor becomes a float instead: integers times `0.5`. Truth values and integers of fewer than 32
#' bits are computed with as R's integers: `TRUE + TRUE` is 2. `/`, `^` and `mean()` of integers are floats.
#'
#' @section Indices:
#' `x[1, ]` counts from 1, with an index for each dimension: a number, several, `TRUE` and `FALSE`, or nothing. As in
#' R's tensorflow
#' * a negative number counts from the end: `x[-1, ]` is the last row, where R would leave out the first. A warning
#'   says so, once a session;
#' * `a:b` is from the one to the other, also where one is negative, or `NULL`, which is open: `x[2:NULL, ]`,
#'   `x[2:-1, ]`; with a step, `a:b:step`;
#' * `NULL` inserts a dimension;
#' * `drop = TRUE` drops the dimensions of which an index takes one element by its number. Others with one element stay:
#'   in a batch there could be one sample by chance.
#'
#' `x[[1, 2]]` is the same, with numbers only.
#'
#' @param x A tensor or a variable.
#' @param ... Indices; for `mean()` nothing.
#' @param drop Whether a dimension is dropped of which one element is taken by its number.
#' @param axis The dimensions to go over, counted from 1 or, negative, from the end; `NULL` for all.
#' @param keepdims Whether these stay, with one element.
#' @param na.rm Whether `NaN` are left out.
#'
#' @return A tensor.
#' @section Errors:
#' * An operation that Keras has not, an index out of bounds, values that are not there yet: `rkeras_argument_error`.
#' * What Keras cannot compute, as for shapes that do not go together: `rkeras_keras_error`.
#' @section Source: R tensorflow, `[.tensorflow.tensor` and its other methods; Keras, `keras.ops`.
#' @example man-examples/tensors.R
#' @name tensors
NULL

# Two classes: operators have to be found first in both operands, or R calls their methods incompatible; for the rest
# those of other packages, which stand before ours, go first.
operand_class <- "rkeras_operand"
tensor_class <- "rkeras_tensor"

python_tensors <- c(
  "keras.src.backend.common.keras_tensor.KerasTensor",
  "keras.src.backend.common.variables.Variable",
  "tensorflow.python.types.core.Tensor",
  "jax.Array",
  "jaxlib._jax.ArrayImpl",
  "jax._src.core.Tracer"
)

# Has tensors known to R by one class, whatever backend and version they are of. Starts nothing.
register_tensors <- function(...) {
  reticulate::register_class_filter(name_tensor)
  # A filter that comes later puts its class before ours.
  setHook(packageEvent("tensorflow", "onLoad"), function(...) reticulate::register_class_filter(name_tensor))
}

# Called for every object that comes from Python, so that what came of a class is kept.
name_tensor <- function(classes) {
  known <- the$classes[[classes[[1]]]]
  if (!identical(known$from, classes)) {
    known <- list(from = classes, to = with_tensor_classes(classes))
    the$classes[[classes[[1]]]] <- known
  }
  known$to
}

with_tensor_classes <- function(classes) {
  if (!any(python_tensors %in% classes)) {
    return(classes)
  }
  own <- c(operand_class, tensor_class, "python.builtin.object")
  c(operand_class, classes[!classes %in% own], tensor_class, "python.builtin.object")
}

# On its way a tensor stays what it is. Without these reticulate 1.28 looks for a method for each of its classes, and
# then makes a new object of it, which takes several times as long as the crossing itself.

#' @exportS3Method reticulate::py_to_r rkeras_operand
py_to_r.rkeras_operand <- function(x) { # nolint: object_name_linter.
  if (stays_in_python(x)) NextMethod() else x
}

#' @exportS3Method reticulate::r_to_py rkeras_operand
r_to_py.rkeras_operand <- function(x, convert = FALSE) { # nolint: object_name_linter.
  if (convert) x else NextMethod() # which is what somebody asks for who calls r_to_py()
}

# Whether it is of a module that was imported with `convert = FALSE`.
stays_in_python <- function(x) {
  is.environment(x) && isFALSE(get0("convert", x, inherits = FALSE))
}

is_tensor <- function(x) {
  inherits(x, tensor_class)
}

# Those of R's tensorflow it computes with itself.
is_ours <- function(x) {
  is_tensor(x) && !inherits(x, "tensorflow.tensor")
}

# Calls rkeras_py/r/tensors.py. The functions are kept: looking for them takes longer than calling them.
call_tensors <- function(name, generic, ..., call = sys.call(-1L)) {
  f <- the$tensors[[name]]
  if (is.null(f)) {
    f <- bridge(call)$tensors[[name]]
    the$tensors[[name]] <- f
  }
  result <- f(generic, ...)
  if (inherits(result, "rkeras_py.r.tensors.Failure")) {
    class <- switch(result$kind, refused = "rkeras_argument_error", "rkeras_keras_error")
    stop(errorCondition(result$message, class = class, call = call, python_trace = result$trace))
  }
  result
}

# What may stand beside a tensor, ready for Python.
side <- function(value, generic, call) {
  if (is.object(value)) {
    if (inherits(value, "python.builtin.object")) {
      return(value)
    }
  } else if (is.numeric(value) || is.logical(value)) {
    if (!is.double(value) && anyNA(value)) {
      refuse_side(generic, "NA", call)
    }
    return(if (length(value) == 1 && is.null(dim(value))) as.vector(value) else as.array(value))
  }
  refuse_side(generic, in_words(value), call)
}

refuse_side <- function(generic, what, call) {
  stop(errorCondition(
    sprintf(if (grepl("^[a-z]", generic)) "%s(): %s, not %s." else "`%s`: %s, not %s.", generic,
            "beside a tensor there have to be numbers or a tensor", what),
    class = "rkeras_argument_error", call = call
  ))
}

in_words <- function(value) {
  if (is.object(value)) paste("an object of class", class(value)[[1]]) else deparse(value, 60)[[1]]
}

# For an error, the call as it was written: not of the method.
written_call <- function(generic, call = sys.call(-1L)) {
  call[[1]] <- as.name(generic)
  call
}

#' @export
Ops.rkeras_operand <- function(e1, e2) {
  unary <- missing(e2)
  if (!is_ours(e1) && (unary || !is_ours(e2))) {
    return(NextMethod())
  }
  call <- written_call(.Generic)
  if (unary) {
    call_tensors("operate", .Generic, e1, call = call)
  } else {
    call_tensors("operate", .Generic, side(e1, .Generic, call), side(e2, .Generic, call), call = call)
  }
}

# R from 4.3 on asks, where the other operand has methods of its own, as all Python objects have by reticulate.
#' @rawNamespace if (getRversion() >= "4.3.0") S3method(chooseOpsMethod, rkeras_operand)
chooseOpsMethod.rkeras_operand <- function(x, y, mx, my, cl, reverse) {
  TRUE
}

#' @rawNamespace if (getRversion() >= "4.3.0") S3method(matrixOps, rkeras_operand)
matrixOps.rkeras_operand <- function(x, y) {
  if (!is_ours(x) && !is_ours(y)) {
    return(NextMethod())
  }
  call <- written_call(.Generic)
  call_tensors("multiply_matrices", .Generic, side(x, .Generic, call), side(y, .Generic, call), call = call)
}

#' @export
Math.rkeras_tensor <- function(x, ...) {
  call <- written_call(.Generic)
  call_tensors("compute", .Generic, x, unname(list(...)), call = call)
}

#' @export
Summary.rkeras_tensor <- function(..., axis = NULL, keepdims = FALSE, na.rm = FALSE) {
  call <- as.call(list(as.name(.Generic), quote(...))) # the arguments have been evaluated
  operands <- lapply(list(...), side, .Generic, call)
  call_tensors("reduce", .Generic, operands, as_axes(axis), keepdims, na.rm, call = call)
}

#' @rdname tensors
#' @export
mean.rkeras_tensor <- function(x, ..., axis = NULL, keepdims = FALSE, na.rm = FALSE) {
  call_tensors("reduce", "mean", list(x, ...), as_axes(axis), keepdims, na.rm)
}

as_axes <- function(axis) {
  if (!is.null(axis)) as.list(as.integer(axis))
}

#' @export
t.rkeras_tensor <- function(x) {
  call_tensors("transpose", "t", x)
}

#' @export
is.nan.rkeras_tensor <- function(x) {
  call_tensors("compute", "is.nan", x)
}

#' @export
is.finite.rkeras_tensor <- function(x) {
  call_tensors("compute", "is.finite", x)
}

#' @export
is.infinite.rkeras_tensor <- function(x) {
  call_tensors("compute", "is.infinite", x)
}

#' @export
dim.rkeras_tensor <- function(x) {
  sizes <- call_tensors("shape", "dim", x)
  if (!is.null(sizes)) {
    sizes <- as.integer(unlist(sizes))
    replace(sizes, sizes < 0L, NA)
  }
}

#' @export
length.rkeras_tensor <- function(x) {
  sizes <- dim(x)
  count <- if (is.null(sizes)) NA else prod(sizes)
  if (is.na(count) || count <= .Machine$integer.max) as.integer(count) else count
}

#' @export
as.array.rkeras_tensor <- function(x, ...) {
  as.array(call_tensors("values", "as.array", x))
}

#' @export
as.matrix.rkeras_tensor <- function(x, ...) {
  as.matrix(call_tensors("values", "as.matrix", x))
}

#' @export
as.vector.rkeras_tensor <- function(x, mode = "any") {
  as.vector(call_tensors("values", "as.vector", x), mode)
}

#' @export
as.double.rkeras_tensor <- function(x, ...) {
  as.double(call_tensors("values", "as.numeric", x))
}

#' @export
as.integer.rkeras_tensor <- function(x, ...) {
  as.integer(call_tensors("values", "as.integer", x))
}

#' @export
as.logical.rkeras_tensor <- function(x, ...) {
  as.logical(call_tensors("values", "as.logical", x))
}

#' @export
format.rkeras_tensor <- function(x, ...) {
  call_tensors("shown", "format", x)$text
}

#' @export
print.rkeras_tensor <- function(x, ...) {
  shown <- call_tensors("shown", "print", x)
  if (is.null(shown$values) || shown$more || length(shown$values) == 1) {
    cat(line_of(shown, ...), "\n", sep = "")
  } else {
    cat(shown$text, "\n", sep = "")
    print(if (length(dim(shown$values)) > 1) shown$values else as.vector(shown$values), ...)
  }
  invisible(x)
}

#' @exportS3Method utils::str rkeras_tensor
str.rkeras_tensor <- function(object, ...) {
  cat(" ", line_of(call_tensors("shown", "str", object)), "\n", sep = "")
}

# A tensor in one line, with its first values.
line_of <- function(shown, digits = 4, ...) {
  first <- utils::head(as.vector(shown$values), 6)
  more <- if (shown$more || length(shown$values) > 6) "..."
  paste(c(shown$text, if (length(first)) format(first, digits = digits, trim = TRUE), more), collapse = " ")
}

#' @rdname tensors
#' @export
`[.rkeras_tensor` <- function(x, ..., drop = TRUE) {
  expressions <- eval(substitute(alist(...)))
  missing <- vapply(expressions, identical, NA, quote(expr = ))
  if (length(missing) == 0 || identical(missing, TRUE)) {
    return(x)
  }
  call <- written_call("[")
  indices <- lapply(seq_along(expressions), function(i) {
    if (missing[[i]]) {
      list("all")
    } else if (is_colon(expressions[[i]])) {
      range_index(rlang::enquos(...)[[i]], call)
    } else {
      value_index(...elt(i), call)
    }
  })
  call_tensors("subset", "[", x, indices, isTRUE(drop), call = call)
}

#' @export
`[[.rkeras_tensor` <- function(x, ...) {
  if (...length() == 1 && is.character(..1)) {
    return(NextMethod())
  }
  call <- written_call("[[")
  indices <- lapply(list(...), value_index, call)
  if (!all(vapply(indices, function(index) index[[1]] == "at", NA))) {
    refuse_index("`[[`: an index has to be one number.", call)
  }
  call_tensors("subset", "[[", x, indices, call = call)
}

is_colon <- function(expression) {
  is.call(expression) && identical(expression[[1]], quote(`:`))
}

# `from:to` or `from:to:by`, whose parts are looked at each for itself: 2:NULL is no vector of R's.
range_index <- function(index, call) {
  parts <- as.list(rlang::quo_get_expr(index))[-1]
  if (is_colon(parts[[1]])) {
    parts <- c(as.list(parts[[1]])[-1], parts[2])
  }
  parts <- lapply(parts, function(part) {
    value <- eval(part, rlang::quo_get_env(index))
    if (!is.null(value)) whole(value, call)
  })
  if (any(lengths(parts) > 1)) {
    refuse_index("`[`: the parts of `a:b` have to be single numbers.", call)
  }
  warn_of_negative(unlist(parts[1:2]))
  c(list("range"), parts, if (length(parts) == 2) list(NULL))
}

value_index <- function(value, call) {
  if (is.null(value)) {
    list("new")
  } else if (inherits(value, "python.builtin.ellipsis")) {
    list("rest")
  } else if (is.logical(value) && !anyNA(value)) {
    if (isTRUE(value)) list("all") else list("mask", as.list(value))
  } else {
    positions <- whole(value, call)
    warn_of_negative(positions)
    if (length(positions) == 1) list("at", positions) else list("take", as.list(positions))
  }
}

whole <- function(value, call) {
  if (is.object(value) || !is.numeric(value) || !all(is.finite(value)) || any(value != trunc(value))) {
    refuse_index(sprintf("`[`: an index of a tensor has to be whole numbers, TRUE and FALSE, NULL or nothing, not %s.",
                         in_words(value)), call)
  }
  as.integer(value)
}

refuse_index <- function(message, call) {
  stop(errorCondition(message, class = "rkeras_argument_error", call = call))
}

warn_of_negative <- function(positions) {
  if (any(positions < 0) && !"negative indices" %in% the$said) {
    the$said <- c(the$said, "negative indices")
    warning(warningCondition(
      "`[`: a negative index of a tensor counts from the end: -1 is the last. In an array of R it leaves elements out.",
      class = "rkeras_warning"
    ))
  }
}
