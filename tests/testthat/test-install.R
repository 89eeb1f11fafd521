r <- function(...) {
  libraries <- sprintf(".libPaths(%s)", paste(deparse(.libPaths()), collapse = ""))
  script <- tempfile(fileext = ".R")
  on.exit(unlink(script))
  writeLines(c(libraries, ...), script)
  system2(file.path(R.home("bin"), "Rscript"), c("--vanilla", script), stdout = TRUE, stderr = TRUE)
}

test_that("attaching starts no Python and takes under half a second", {
  out <- r(
    "took <- system.time(library(rkeras))[['elapsed']]",
    "cat('reticulate loaded:', isNamespaceLoaded('reticulate'), '\\n')",
    "cat('python:', reticulate::py_available(), '\\n')",
    "cat('took:', took, '\\n')"
  )
  expect_match(out, "reticulate loaded: FALSE", all = FALSE)
  expect_match(out, "python: FALSE", all = FALSE)
  expect_lt(as.numeric(sub("took: ", "", grep("^took", out, value = TRUE))), 0.5)
})

test_that("attached packages with the same names are named", {
  # A package of that name with nothing in it stands for the real one, which is not installed here.
  library <- tempfile("library")
  package <- file.path(tempdir(), "keras3")
  dir.create(library)
  dir.create(package)
  writeLines(c("Package: keras3", "Version: 1.0", "Title: A", "Description: B.", "License: MIT"),
             file.path(package, "DESCRIPTION"))
  writeLines("", file.path(package, "NAMESPACE"))
  utils::install.packages(package, library, repos = NULL, type = "source", quiet = TRUE)
  attach_both <- sprintf("library(%s)", c("keras3", "rkeras"))
  path <- sprintf(".libPaths(c(%s, .libPaths()))", deparse(library))
  expect_match(r(path, attach_both), "rkeras masks the functions of the same name in keras3", all = FALSE)
  expect_match(r(path, rev(attach_both)), "keras3 now masks functions of rkeras", all = FALSE)
})

test_that("the situation report has every version and says what does not fit", {
  keras()
  out <- capture.output(report <- rkeras_sitrep())
  expect_true(all(c("R", "reticulate", "python", "numpy", "keras", "backend") %in% names(report$versions)))
  expect_identical(report$problems, character())
  expect_identical(out[[length(out)]], "All of it fits together.")
  doctor <- the$bridge$problems
  found <- as.list(replace(report$versions, "numpy", "2.4.6"))
  expect_match(as.character(doctor(found, "tensorflow", "1.28")), "reticulate 1.28 cannot read NumPy 2.4.6: update")
})

test_that("a Python without Keras is told apart", {
  keras()
  directory <- tempfile("venv")
  on.exit(unlink(directory, recursive = TRUE))
  base <- file.path(reticulate::import("sys")$base_prefix, "bin", "python3")
  skip_if_not(file.exists(base), "bin/python3")
  system2(base, c("-m", "venv", "--without-pip", directory))
  out <- r(
    sprintf("Sys.setenv(RETICULATE_PYTHON = %s)", deparse(file.path(directory, "bin", "python"))),
    "library(rkeras)",
    "print(is_keras_available())",
    "tryCatch(callback_terminate_on_naan(), error = function(e) cat(conditionMessage(e)))"
  )
  expect_match(out, "[1] FALSE", fixed = TRUE, all = FALSE)
  expect_match(out, "Run install_rkeras(); rkeras_sitrep() says what is there", fixed = TRUE, all = FALSE)
})

test_that("the backend is chosen before the first use", {
  expect_error(use_backend("mxnet"), "should be one of")
  keras()
  expect_error(use_backend(setdiff(c("jax", "torch"), the$bridge$backend())[[1]]), "Keras already runs on")
})

test_that("a virtual environment is made with the packages that are asked for", {
  skip_if(!nzchar(Sys.getenv("RKERAS_TEST_INSTALL")), "no network")
  keras()
  directory <- tempfile("environment")
  on.exit(unlink(directory, recursive = TRUE))
  # R's library path can hide from a Python of one's own the SSL library it was built with.
  pythons <- c(file.path(reticulate::import("sys")$base_prefix, "bin", "python3"), "/usr/bin/python3")
  has_ssl <- function(python) system2(python, c("-c", shQuote("import ssl, ensurepip")), stderr = FALSE) == 0
  base <- Filter(has_ssl, pythons)[[1]]
  expect_message(made <- install_rkeras(directory, packages = "annotated-types", python = base), "Restart R")
  expect_identical(made, directory)
  expect_length(list.files(file.path(directory, "lib"), "^annotated_types$", recursive = TRUE, include.dirs = TRUE), 1)
})

test_that("RKERAS_PYTHON_PATH names another Python half", {
  keras()
  copy <- tempfile("python")
  dir.create(copy)
  on.exit(unlink(copy, recursive = TRUE))
  file.copy(system.file("python", "rkeras_py", package = "rkeras"), copy, recursive = TRUE)
  out <- r(sprintf("Sys.setenv(RKERAS_PYTHON_PATH = %s)", deparse(copy)), "library(rkeras)",
           "invisible(callback_terminate_on_naan())", "cat(reticulate::import('rkeras_py')$`__file__`)")
  expect_match(out, file.path(copy, "rkeras_py"), fixed = TRUE, all = FALSE)
})
