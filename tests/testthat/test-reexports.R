test_that("the pipe and the assignment of several values are there", {
  c(a, b) %<-% list(1, c(4, 9))
  expect_identical(b %>% sqrt(), c(2, 3))
  expect_identical(a, 1)
  b %<>% sqrt()
  expect_identical(b, c(2, 3))
})

test_that("Python is chosen by the functions of reticulate", {
  keras()
  environment <- dirname(dirname(Sys.getenv("RETICULATE_PYTHON")))
  skip_if_not(file.exists(file.path(environment, "pyvenv.cfg")), "a virtual environment")
  code <- c("Sys.unsetenv('RETICULATE_PYTHON')", "library(rkeras)",
            sprintf("use_virtualenv('%s', required = TRUE)", environment), "cat(reticulate::py_config()$python)")
  script <- tempfile(fileext = ".R")
  writeLines(code, script)
  chosen <- system2(file.path(R.home("bin"), "Rscript"), script, stdout = TRUE, stderr = FALSE)
  expect_match(chosen, environment, fixed = TRUE, all = FALSE)
})

test_that("evaluate takes the samples as `x`, as in the books", {
  data <- samples()
  expect_named(evaluate(build(), x = data$x, y = data$y, verbose = 0), c("acc", "loss"), ignore.order = TRUE)
})
