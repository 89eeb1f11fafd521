# R functions that Python calls: guarded, so that no R condition has to find its way through Python's frames.

# Makes a Python object of a function that knows its formals, and its name if it has one; hooks (`on_...`) and other
# functions differ in what is done with what they return. A function of this package is Python's of the same name.
function_of <- function(f, argument, name = NULL) {
  own <- own_function(f)
  if (!is.null(own)) {
    return(own)
  }
  # As R keras called the attribute.
  name <- c(attr(f, "py_function_name"), name, "")[[1]]
  guarded <- if (startsWith(argument, "on_")) guard_hook(f, argument) else guard_function(f, argument)
  formals <- as.list(formals(args(f)))
  optional <- vapply(formals, function(default) !identical(default, quote(expr = )), logical(1))
  the$bridge$RFunction(guarded, as.list(as.character(names(formals))), as.list(unname(optional)), name)
}

own_function <- function(f) {
  package <- topenv()
  if (identical(environment(f), package)) {
    own <- Find(function(name) identical(get(name, package), f), getNamespaceExports(package))
    if (!is.null(own)) the$bridge$own_function(own)
  }
}

# A hook returns nothing to Python, but for a named list of numbers that it returns visibly: that joins the logs.
guard_hook <- function(f, name) {
  force(f)
  call <- function(...) f(...) # so that a condition names no more than that
  guarded(name, function(...) {
    result <- withVisible(do.call(call, lapply(list(...), as_logs)))
    if (result$visible && is_named_numbers(result$value)) lapply(result$value, as.double)
  })
}

# Logs know what is in them by its other names too.
as_logs <- function(value) {
  aliases <- if (is.list(value)) value[[".rkeras_aliases"]]
  if (is.null(aliases)) {
    return(value)
  }
  value[[".rkeras_aliases"]] <- NULL
  structure(value, class = c("rkeras_logs", "rkeras_metrics", "list"), aliases = unlist(aliases))
}

#' @export
`$.rkeras_logs` <- function(x, name) {
  say_alias(x, name)
  NextMethod()
}

#' @export
`[[.rkeras_logs` <- function(x, i, ...) {
  say_alias(x, i)
  NextMethod()
}

# Once in a session for each name.
say_alias <- function(logs, name) {
  key <- known_as(logs, name)
  if (!identical(key, name) && !name %in% the$said) {
    the$said <- c(the$said, name)
    warning(warningCondition(sprintf("logs: \"%s\" is logged as \"%s\", which is given instead.", name, key),
                             class = "rkeras_warning"))
  }
}

# A schedule returns a number; whatever else it returns is refused by Python, by what it is.
guard_function <- function(f, name) {
  force(f)
  guarded(name, function(...) {
    value <- f(...)
    to_python(if (is.atomic(value)) unname(value) else value)
  })
}

guarded <- function(name, f) {
  function(...) {
    tryCatch(
      allowInterrupts(f(...)), # which Python has suspended
      error = function(cond) {
        if (is_interrupt_of_python(cond)) {
          return(list(.rkeras_failure = NULL))
        }
        if (!is_known_failure(cond)) {
          # It may be one that has come here from a function that this one called.
          deeper <- inherits(cond, "rkeras_hook_error")
          the$failure <- if (deeper) cond$parent else cond
          the$failed_in <- if (deeper) cond$failed_in else name
        }
        list(.rkeras_failure = failure_in_words())
      },
      interrupt = function(cond) list(.rkeras_failure = NULL)
    )
  }
}

failure_in_words <- function() {
  paste0(the$failed_in, ": ", conditionMessage(the$failure))
}

# A function of R that called Python that called another one gets what Python tells of the failure of that.
is_known_failure <- function(cond) {
  !is.null(the$failure) && grepl(failure_in_words(), conditionMessage(cond), fixed = TRUE)
}

# A call that goes to Python directly ends with the condition of the user's own function, too.
with_own_conditions <- function(code) {
  withCallingHandlers(code, error = function(cond) {
    if (is_interrupt_of_python(cond)) interrupted()
    if (is_known_failure(cond)) stop_for_hook(conditionMessage(cond))
  })
}

# How reticulate 1.28 tells of an interrupt of the function that Python called.
is_interrupt_of_python <- function(cond) {
  grepl("^KeyboardInterrupt", conditionMessage(cond))
}

is_named_numbers <- function(value) {
  is.list(value) && length(value) > 0 && !is.null(names(value)) && all(nzchar(names(value))) &&
    all(vapply(value, function(element) is.numeric(element) && length(element) == 1 && !is.object(element), logical(1)))
}

# Signals the condition of the user's own function again, as it was, with the name of the hook before its message.
stop_for_hook <- function(message) {
  cond <- the$failure
  the$failure <- NULL
  if (is.null(cond)) {
    stop(message, call. = FALSE)
  }
  parent <- cond
  cond$message <- paste0("in `", the$failed_in, "`: ", conditionMessage(parent))
  cond$parent <- parent
  cond$failed_in <- the$failed_in
  class(cond) <- c("rkeras_hook_error", class(parent))
  stop(cond)
}

interrupted <- function() {
  # reticulate 1.28 would take the next error of Python's, whenever it comes, for this interrupt once more.
  tryCatch(the$bridge$fail(), error = identity, interrupt = identity)
  rlang::interrupt()
}

# An R6 object that can be the cell of a recurrent layer.
is_cell <- function(object) {
  inherits(object, "R6") && is.function(object$call) && !is.null(object$state_size)
}

# What it consists of, as a named list could have it; the variables that it has when it was built are its weights.
cell_of <- function(object) {
  names <- c("call", "state_size", "output_size", "build", "get_initial_state")
  parts <- Filter(Negate(is.null), mget(names, object, ifnotfound = list(NULL)))
  if (!is.null(parts$build)) {
    parts$build <- function(input_shape) {
      object$build(input_shape)
      Filter(is_variable, unname(unlist(as.list(object))))
    }
  }
  to_python(parts)
}

is_variable <- function(value) {
  inherits(value, "keras.src.backend.common.variables.Variable")
}
