#' The functions of keras 2.2 on Keras 3
#'
#' The code of the books for R keras 2.2 runs with `library(rkeras)` where they say `library(keras)`. Everything is done
#' by Keras 3 in Python: [install_rkeras()] installs it, [rkeras_sitrep()] says what is there and what does not fit.
#'
#' @section Options and environment variables:
#' * `options(keras.fit_verbose = )`: how [fit()] shows its progress, 1 if not set.
#' * `KERAS_BACKEND`: the backend of Keras, see [use_backend()].
#' * `RETICULATE_PYTHON`: the Python to use.
#' * `RKERAS_PYTHON_PATH`: for developers, the folder that has `rkeras_py` in it instead of the one in the package.
#'
#' @keywords internal
"_PACKAGE"

# What lives as long as the session: the bridge, a condition on its way through Python.
the <- new.env(parent = emptyenv())

.onLoad <- function(libname, pkgname) {
  # Loading reticulate takes longer than all the rest, so it waits for the first use.
  if (isNamespaceLoaded("reticulate")) {
    declare_python()
    register_tensors()
  } else {
    setHook(packageEvent("reticulate", "onLoad"), declare_python)
    setHook(packageEvent("reticulate", "onLoad"), register_tensors)
  }
  for (rival in rivals) {
    setHook(packageEvent(rival, "attach"), function(...) say_what_masks(rkeras_last = FALSE))
  }
}

.onAttach <- function(libname, pkgname) {
  say_what_masks(rkeras_last = TRUE)
}
