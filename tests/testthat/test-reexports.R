test_that("the pipe and the assignment of several values are there", {
  c(a, b) %<-% list(1, c(4, 9))
  expect_identical(b %>% sqrt(), c(2, 3))
  expect_identical(a, 1)
  b %<>% sqrt()
  expect_identical(b, c(2, 3))
})

test_that("Python is chosen by the functions of reticulate", {
  for (name in c("use_python", "use_virtualenv", "use_condaenv")) {
    expect_identical(getExportedValue("rkeras", name), getExportedValue("reticulate", name), label = name)
  }
})

test_that("evaluate takes the samples as `x`, as in the books", {
  data <- samples()
  expect_named(evaluate(build(), x = data$x, y = data$y, verbose = 0), c("acc", "loss"), ignore.order = TRUE)
})
