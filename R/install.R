#' Installs what rkeras needs in Python
#'
#' Makes a virtual environment with Keras, TensorFlow and what else is needed. rkeras finds it by its name.
#'
#' @param envname The name of the virtual environment.
#' @param packages The Python packages, with versions if need be. With reticulate before 1.38, which reads NumPy 1 only,
#'   `numpy<2` is added.
#' @param python The Python to make it with, at least 3.11; `NULL` for the one that reticulate finds.
#' @param ... Passed on to [reticulate::virtualenv_create()].
#' @return The name of the environment, invisibly.
#' @section Source: R keras 2.2.5.0, `install_keras`.
#' @examples
#' \dontrun{
#' install_rkeras()
#' }
#' @export
install_rkeras <- function(envname = "r-rkeras", packages = python_packages(), python = NULL, ...) {
  if (utils::packageVersion("reticulate") < "1.38") {
    packages <- c(packages, "numpy<2")
  }
  reticulate::virtualenv_create(envname, python = python, packages = packages, ...)
  message("Restart R, then: library(rkeras)")
  invisible(envname)
}

#' Says how to install what rkeras needs
#'
#' R keras's function of this name installs Keras 2, on which rkeras does not run: this one installs nothing and points
#' to [install_rkeras()], so that a script that begins with it goes on where Keras 3 is there.
#'
#' @param method,conda,version,tensorflow,extra_packages,... Not used.
#' @return Nothing.
#' @section Source: R keras 2.2.5.0, `install_keras`.
#' @examples
#' install_keras()
#' @export
install_keras <- function(method = c("auto", "virtualenv", "conda"), conda = "auto", version = "default",
                          tensorflow = "default", extra_packages = c("tensorflow-hub"), ...) {
  message("install_keras() installs nothing here, as rkeras runs on Keras 3: call install_rkeras(), once.")
  invisible()
}

#' Chooses the backend of Keras
#'
#' Call it before the first use of Keras in a session.
#'
#' @param backend `"tensorflow"` or `"jax"`; `"torch"`, `"numpy"` and `"openvino"` are Keras's too, and not tested with
#'   rkeras.
#' @return The backend before, invisibly: `""` if none was chosen.
#' @section Source: Keras, `KERAS_BACKEND`.
#' @examples
#' before <- use_backend("tensorflow")
#' @export
use_backend <- function(backend = c("tensorflow", "jax", "torch", "numpy", "openvino")) {
  backend <- match.arg(backend)
  if (reticulate::py_available() && "keras" %in% names(reticulate::import("sys")$modules)) {
    used <- reticulate::import("keras")$config$backend()
    if (!identical(used, backend)) {
      stop("use_backend(): Keras already runs on ", used, ". Restart R and choose ", backend, " first.", call. = FALSE)
    }
  }
  before <- Sys.getenv("KERAS_BACKEND")
  Sys.setenv(KERAS_BACKEND = backend)
  if (reticulate::py_available()) {
    reticulate::import("os")$environ$update(list(KERAS_BACKEND = backend))
  }
  invisible(before)
}

#' Whether Keras can be used
#'
#' @param version The least version of Keras, as a string; `NULL` for any.
#' @return `TRUE` or `FALSE`. Python is started to find out.
#' @section Source: R keras 2.2.5.0, `is_keras_available`.
#' @examples
#' is_keras_available()
#' @export
is_keras_available <- function(version = NULL) {
  if (!suppressWarnings(reticulate::py_module_available("keras"))) {
    return(FALSE)
  }
  found <- tryCatch(bridge()$installed()$keras, error = function(cond) "")
  nzchar(found) && (is.null(version) || utils::compareVersion(found, version) >= 0)
}

#' Says what is installed, and what of it does not fit together
#'
#' R, reticulate, Python, NumPy, Keras and its backend, and attached packages with the same names as rkeras. Below, a
#' line for each thing that does not fit says how to mend it. `python -m rkeras_py doctor` says the same from the other
#' side.
#'
#' @return A list with `versions`, a named character vector, and `problems`, a character vector, invisibly.
#' @examples
#' rkeras_sitrep()
#' @export
rkeras_sitrep <- function() {
  versions <- c(R = as.character(getRversion()), rkeras = version_of("rkeras"), reticulate = version_of("reticulate"))
  problems <- character()
  doctor <- tryCatch(bridge(), error = function(cond) {
    problems <<- conditionMessage(cond)
    NULL
  })
  if (!is.null(doctor)) {
    found <- doctor$installed()
    backend <- doctor$backend()
    versions <- c(versions, unlist(found), backend = backend)
    problems <- as.character(doctor$problems(found, backend, versions[["reticulate"]]))
  }
  if (length(attached_rivals()) > 0) {
    problems <- c(problems, sprintf("%s is attached and has functions of the same names: say rkeras::fit() and so on.",
                                    paste(attached_rivals(), collapse = ", ")))
  }
  versions[!nzchar(versions)] <- "(not installed)"
  cat(sprintf("%-12s %s\n", names(versions), versions), sep = "")
  cat(if (length(problems)) problems else "All of it fits together.", sep = "\n")
  invisible(list(versions = versions, problems = problems))
}

version_of <- function(package) {
  as.character(utils::packageVersion(package))
}
