# The one way into Python: every function of the package calls `call_python()`, and Python's side of it is
# rkeras_py/r/bridge.py. What arguments mean is decided there (rkeras_py/language/annotations.py), for both languages.

python_packages <- function() {
  c("keras>=3.12", "tensorflow>=2.18", "tensorboard", "h5py", "requests", "aiohttp", "annotated-types",
    "typing-extensions", "lazy-loader", "numpy", "Pillow", "scipy", "pandas")
}

python_path <- function() {
  Sys.getenv("RKERAS_PYTHON_PATH", system.file("python", package = "rkeras", mustWork = TRUE))
}

# Declares what Python needs, for the versions of reticulate that can provide it; starts nothing.
declare_python <- function(...) {
  if ("py_require" %in% getNamespaceExports("reticulate")) {
    getExportedValue("reticulate", "py_require")(python_packages(), python_version = ">=3.11")
  } else if (!nzchar(Sys.getenv("RETICULATE_PYTHON"))) {
    reticulate::use_virtualenv("r-rkeras", required = FALSE)
  }
}

# Starts Python, once.
bridge <- function(call = NULL) {
  if (is.null(the$bridge)) {
    python <- tryCatch(
      reticulate::import_from_path("rkeras_py.r.bridge", path = python_path()),
      error = function(cond) {
        stop(errorCondition(
          paste0("Python lacks what rkeras needs (", first_line(conditionMessage(cond)),
                 "). Run install_rkeras(); rkeras_sitrep() says what is there."),
          class = "rkeras_python_error", call = call
        ))
      }
    )
    python$connect(write_output, is_terminal)
    python$take_interrupts()
    the$call <- python$call # looking for it takes longer than calling it
    the$bridge <- python
  }
  the$bridge
}

#' Calls a Python function of the same name with the arguments of an R function
#'
#' @param name The R name.
#' @param arguments All arguments, as `as.list(environment())` gives them on the first line of a function.
#' @param call What an error names as its call.
#' @param optional Arguments that are not sent where they are missing.
#' @param other_names Second names of arguments, named by which the first ones are given: only what was given is sent.
#' @param dots What `...` holds, as `dots()` gives it.
#' @noRd
call_python <- function(name, arguments, call = sys.call(sys.parent()), optional = NULL, other_names = NULL,
                        dots = NULL) {
  missing <- NULL
  if (!is.null(optional)) {
    # Before `arguments` is looked at: one that a function was not given itself, and hands on, would be an error there.
    missing <- optional[are_missing(optional, parent.frame(), name)]
    if (length(missing)) rm(list = missing, envir = parent.frame())
  }
  if (!is.null(dots)) {
    arguments <- c(arguments[names(arguments) != "..."], dots$named)
  }
  if (!is.null(other_names)) {
    arguments[not_given(other_names, arguments, parent.frame(), missing)] <- NULL
  }
  others <- NULL
  for (i in seq_along(arguments)) {
    if (is.symbol(arguments[[i]]) && identical(arguments[[i]], quote(expr = ))) {
      # R's own words for its own error.
      stop(simpleError(sprintf("argument \"%s\" is missing, with no default", names(arguments)[[i]]), call))
    }
    if (!crosses_as_it_is(arguments[[i]])) {
      others <- c(others, i)
    }
  }
  if (is.null(the$call)) {
    bridge(call)
  }
  for (i in others) {
    if (names(arguments)[[i]] %in% naming) {
      arguments[[i]] <- named_objects(arguments[[i]])
    }
    arguments[i] <- list(with_places(to_python(arguments[[i]], names(arguments)[[i]]), names(arguments[[i]])))
  }
  result <- withCallingHandlers(
    if (length(dots$unnamed)) {
      the$call(name, arguments, lapply(unname(dots$unnamed), to_python))
    } else {
      the$call(name, arguments)
    },
    error = function(cond) {
      interrupted_on_the_border(cond)
      stop_if_dead(arguments, call)
    }
  )
  if (inherits(result, "rkeras_py.r.bridge.Outcome")) result_of(result, call) else result
}

# A model that was kept in an R file is dead: Python's objects live no longer than the session.
stop_if_dead <- function(arguments, call) {
  for (value in arguments) {
    if (inherits(value, "python.builtin.object") && reticulate::py_is_null_xptr(value)) {
      stop(errorCondition(
        paste("a Python object of another session is no more than a name here: saveRDS(), save() and the workspace do",
              "not keep it. Keep a model by save_model_hdf5(), or saveRDS(serialize_model(model), file) and",
              "unserialize_model(readRDS(file))."),
        class = "rkeras_dead_object", call = call
      ))
    }
  }
}

# All that reticulate 1.28 tells of an interrupt there.
interrupted_on_the_border <- function(cond) {
  if (grepl("(Unknown exception occurred)", conditionMessage(cond), fixed = TRUE)) interrupted()
}

# Signals what a call has to tell beside its value.
result_of <- function(outcome, call) {
  for (message in outcome$warnings) {
    warning(warningCondition(message, class = "rkeras_warning", call = call))
  }
  switch(outcome$kind,
    value = outcome$value,
    hook = stop_for_hook(outcome$message),
    interrupted = interrupted(),
    refused = stop(errorCondition(outcome$message, class = "rkeras_argument_error", call = call)),
    unwritten = stop(errorCondition(outcome$message, class = "rkeras_file_error", call = call)),
    failed = stop(errorCondition(outcome$message, class = "rkeras_keras_error", call = call,
                                  python_trace = outcome$trace))
  )
}

# What `...` holds, by name and not; a comma too many at the end of a call is nothing.
dots <- function(...) {
  given <- rlang::dots_list(..., .ignore_empty = "all")
  has_name <- nzchar(names(given))
  list(named = given[has_name], unnamed = given[!has_name])
}

# Of an argument with two names, those that the caller of a function did not give.
not_given <- function(other_names, arguments, frame, missing) {
  others <- names(other_names)
  unused <- vapply(arguments[others], is.null, NA)
  first <- setdiff(other_names[!unused], missing)
  c(others[unused], first[are_missing(first, frame)])
}

# Which arguments a function was not given; what asks for that is kept under the name of the function, if there is one.
are_missing <- function(names, frame, name = NULL) {
  question <- if (!is.null(name)) the$questions[[name]]
  if (is.null(question)) {
    question <- as.call(c(c, list(logical()), lapply(names, function(name) as.call(list(missing, as.name(name))))))
    if (!is.null(name)) the$questions[[name]] <- question
  }
  eval(question, frame)
}

# A model that a layer was added to is not printed; a tensor or a layer is.
layer_result <- function(result) {
  if (inherits(result, "keras.src.models.model.Model")) invisible(result) else result
}

# A vocabulary without any word is a vector, too.
as_vocabulary <- function(words) {
  if (length(words)) words else character()
}

# Python's objects, lists of them, and R's single values, which need no preparation; most arguments are one of these.
crosses_as_it_is <- function(value) {
  if (is.object(value)) {
    inherits(value, "python.builtin.object")
  } else if (is.list(value)) {
    is.null(attributes(value)) && all(vapply(value, inherits, NA, "python.builtin.object"))
  } else {
    is.null(value) ||
      (length(value) == 1L && is.atomic(value) && is.null(attributes(value)) && !is.na(value) && !is.raw(value))
  }
}

# A time in seconds, and the function that a formula stands for where one is asked for.
without_shorthand <- function(value, argument) {
  if (inherits(value, "difftime")) {
    as.numeric(value, units = "secs")
  } else if (inherits(value, "formula") && argument == "which") {
    rlang::as_function(value)
  } else {
    value
  }
}

# Prepares a value for reticulate, which makes True of NA and forgets the unit of a difftime, and stops on a formula.
to_python <- function(value, argument = "", name = NULL) {
  if (crosses_as_it_is(value)) {
    return(value)
  }
  value <- without_shorthand(value, argument)
  if (is_class_of_r(value) || inherits(value, "keras_layer_wrapper")) {
    class_in_python(value)
  } else if (is.factor(value)) {
    factor_of(value)
  } else if (is.data.frame(value)) {
    if (identical(argument, "dataframe")) columns_of(value) else matrix_of(value)
  } else if (is.array(value) && !is.object(value)) {
    if (is.list(value)) object_of(value) else value
  } else if (is.function(value)) {
    function_of(value, argument, name)
  } else if (is.object(value)) {
    object_of(value, argument)
  } else if (is.list(value)) {
    # Names count for a vector that is an argument itself, not for one in a list of arrays.
    elements <- lapply(value, function(one) if (is.atomic(one) && !is.object(one)) unname(one) else one)
    list_of(elements, argument)
  } else if (is.atomic(value)) {
    atomic_of(value)
  } else {
    object_of(value)
  }
}

# A named list is a dict; where some have no name, those of functions count.
list_of <- function(elements, argument) {
  names <- names(elements)
  if (is.null(names)) {
    return(lapply(elements, to_python, argument))
  }
  converted <- Map(to_python, elements, argument, ifelse(nzchar(names), names, list(NULL)))
  if (all(nzchar(names))) converted else unname(converted)
}

# A list some of whose elements have a name, where the others have their places.
with_places <- function(converted, names) {
  if (is.list(converted) && !is.null(names) && any(nzchar(names)) && !all(nzchar(names))) {
    the$bridge$r_named(as.list(names), converted)
  } else {
    converted
  }
}

# The arguments for which the generator of an R6 class stands for the class.
for_classes <- c("layer_class", "wrapper_class", "custom_objects", "objects")

object_of <- function(value, argument = "") {
  if (inherits(value, "KerasCallback")) {
    callback_of(value)
  } else if (inherits(value, "KerasConstraint")) {
    constraint_of(value)
  } else if (is_cell(value)) {
    cell_of(value)
  } else if (inherits(value, "rkeras_shape")) {
    to_python(unclass(value))
  } else if (inherits(value, "R6ClassGenerator") && argument %in% for_classes && is_of_classes(value)) {
    class_in_python(value)
  } else if (inherits(value, "R6ClassGenerator")) {
    the$bridge$r_value(paste("the R6 class generator", value$classname), " Perhaps you forgot `$new()`?")
  } else {
    the$bridge$r_value(paste("an object of class", class(value)[[1]]))
  }
}

factor_of <- function(value) {
  if (anyNA(value)) {
    the$bridge$r_value("a factor with NA")
  } else {
    the$bridge$r_factor(as.integer(value), as.list(levels(value)))
  }
}

# The columns of a data frame by name, factors as their labels.
columns_of <- function(frame) {
  columns <- lapply(as.list(frame), function(column) if (is.factor(column)) as.character(column) else column)
  lapply(columns, function(column) to_python(unname(column)))
}

# A data frame of numbers is a matrix; what its other columns are to mean is for the user to say.
matrix_of <- function(frame) {
  numbers <- vapply(frame, function(column) (is.numeric(column) || is.logical(column)) && !is.object(column), NA)
  if (all(numbers) && length(frame) > 0) {
    unname(data.matrix(frame))
  } else {
    others <- paste(names(frame)[!numbers], collapse = ", ")
    the$bridge$r_value(paste0("a data frame with columns that are no numbers (", others, ")"))
  }
}

atomic_of <- function(value) {
  na <- is.na(value) & !is.nan(value)
  if (any(na)) {
    shown <- lapply(value, identity)
    shown[na] <- list(the$bridge$r_value("NA"))
    if (length(value) == 1) shown[[1]] else unname(shown)
  } else if (!is.null(names(value))) {
    elements <- unname(value)
    the$bridge$r_named(as.list(names(value)), if (is.numeric(value)) as.array(elements) else as.list(elements))
  } else if (is.raw(value)) {
    the$bridge$r_raw(value)
  } else if (length(value) > 1 && is.numeric(value)) {
    as.array(value) # else reticulate makes a list of it, number by number
  } else {
    value
  }
}

first_line <- function(text) {
  strsplit(text, "\n", fixed = TRUE)[[1]][[1]]
}
