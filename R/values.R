# Values for Python, as R's tensorflow and reticulate make them under these names. Nothing of reticulate is re-exported:
# loading it takes longer than all the rest.

#' Tensors, arrays, tuples and shapes for Python
#'
#' @description
#' What scripts say to Python's functions directly, and rarely to those of rkeras, which take R's values as they are.
#'
#' * `as_tensor()` makes a tensor. Doubles of a vector or an array become float64, a single one a float of Keras's
#'   default type, integers int32; `dtype` says otherwise.
#' * `keras_array()` makes arrays of NumPy in the order of Python, of data frames a list of their columns, and of lists
#'   one for each element. Doubles have Keras's default type, `k_floatx()`, if `dtype` is `NULL`.
#' * `tuple()` makes a Python tuple.
#' * `shape()` makes a shape, a list of integers in which `NULL` is a size that is not known.
#'
#' @param x A number, a vector, an array or a tensor; for `keras_array()` also a data frame or a list of them.
#' @param dtype The type, e.g. `"float32"` or `tf$float32`.
#' @param ... For `tuple()` and `shape()` the elements. For `as_tensor()` nothing.
#' @param shape The shape that the tensor has, filled row by row; a single number is repeated.
#' @return A tensor, a NumPy array (or a list of them, or `NULL`), a tuple, a list.
#' @section Errors:
#' * What cannot be an array or a tensor: `rkeras_argument_error`.
#' @section Source: R tensorflow, `as_tensor`, `shape`; R keras 2.2.5.0, `keras_array`; reticulate, `tuple`.
#' @example man-examples/as_tensor.R
#' @export
as_tensor <- function(x, dtype = NULL, ..., shape = NULL) {
  rlang::check_dots_empty0(...)
  x <- if (is_tensor(x)) x else side(x, "as_tensor", sys.call())
  call_tensors("as_tensor", "as_tensor", x, dtype, shape, call = sys.call())
}

#' @rdname as_tensor
#' @export
keras_array <- function(x, dtype = NULL) {
  if (is.null(x) || inherits(x, "python.builtin.object")) {
    x
  } else if (is.list(x)) {
    lapply(as.list(x), keras_array, dtype = dtype)
  } else if (is.factor(x) || !(is.atomic(x))) {
    stop(errorCondition(
      sprintf("keras_array(): `x` must be an array, a data frame, a list of arrays or NULL, not %s.", in_words(x)),
      class = "rkeras_argument_error", call = sys.call()
    ))
  } else {
    if (is.null(dtype) && is.double(x)) dtype <- k_floatx()
    reticulate::np_array(if (is.null(dim(x))) as.array(unname(x)) else x, dtype = dtype, order = "C")
  }
}

#' @rdname as_tensor
#' @export
tuple <- function(...) {
  reticulate::tuple(...)
}

#' @rdname as_tensor
#' @export
shape <- function(...) {
  sizes <- unlist(lapply(list(...), function(one) if (is.null(one)) NA else as.list(one)), recursive = FALSE)
  lapply(as.list(sizes), function(size) {
    if (is.null(size) || is.na(size) || size < 0) NULL else whole_size(size)
  })
}

whole_size <- function(size) {
  if (!is.numeric(size) || size != trunc(size)) {
    stop(errorCondition(sprintf("shape(): a size must be a whole number or NULL, not %s.", in_words(size)),
                        class = "rkeras_argument_error", call = quote(shape())))
  }
  as.integer(size)
}

#' Zips lists
#'
#' The first elements of several lists, the second ones, and so on: gradients and the weights that they belong to, as
#' `optimizer$apply_gradients()` takes them.
#'
#' @param ... Lists of the same length, or one list of such lists. Where they have names these must be the same in all
#'   of them, and go before the order.
#' @return A list with one element for each of those in the lists, which is a list with as many as there were lists.
#' @section Errors:
#' * The lists differ in length or in their names: `rkeras_argument_error`.
#' @section Source: R keras 2.15.0, `zip_lists`.
#' @examples
#' zip_lists(gradients = list(1, 2), weights = list("a", "b"))
#' @export
zip_lists <- function(...) {
  lists <- if (...length() == 1) ..1 else list(...)
  call <- sys.call()
  refuse <- function(what) {
    stop(errorCondition(sprintf("zip_lists(): the lists must have %s.", what), class = "rkeras_argument_error",
                        call = call))
  }
  if (length(unique(lengths(lists))) > 1) {
    refuse(paste("one length, not", paste(lengths(lists), collapse = " and ")))
  }
  if (length(lists) == 0) {
    return(list())
  }
  names <- names(lists[[1]])
  if (anyDuplicated(names) || !all(vapply(lists, function(one) setequal(names(one), names), NA))) {
    refuse("the same names, each of them once; unname() them to go by their order")
  }
  if (!is.null(names)) {
    lists <- lapply(lists, function(one) one[names])
  }
  zipped <- lapply(seq_along(lists[[1]]), function(i) lapply(lists, function(one) one[[i]]))
  stats::setNames(zipped, names)
}
