# What gives batches one by one: functions of R above all, which are called on R's own thread alone.

counted <- function(ends = Inf, width = 3L) {
  calls <- 0L
  batch <- function() {
    calls <<- calls + 1L
    if (calls %% (ends + 1) == 0) return(NULL)
    x <- matrix(sin(seq_len(4L * width) + calls), 4L)
    list(x, as.numeric(rowSums(x) > 0))
  }
  list(batch = batch, calls = function() calls)
}

test_that("a function of R trains, validates, evaluates and predicts, and is called as often as there are steps", {
  model <- build()
  trained <- counted()
  validated <- counted()
  history <- fit(model, trained$batch, steps_per_epoch = 300, epochs = 2, verbose = 0,
                 validation_data = validated$batch, validation_steps = 20)
  expect_identical(c(trained$calls(), validated$calls()), c(600L, 40L))
  expect_length(history$metrics$val_loss, 2)
  values <- evaluate(model, validated$batch, steps = 20, verbose = 0)
  expect_named(values, c("loss", "acc"))
  samples <- counted()
  expect_identical(dim(predict(model, function() samples$batch()[1], steps = 20)), c(80L, 1L))
  expect_identical(c(validated$calls(), samples$calls()), c(60L, 20L))
  expect_identical(frames_of_python(), 1L)
})

test_that("what a function returns means what it means as an argument", {
  model <- build()
  x <- samples()$x
  y <- samples()$y
  expected <- evaluate(model, x, y, verbose = 0)
  batches <- list(list(x, y), list(x = x, y = y), list(as.data.frame(x), y), list(x, matrix(y)), list(x, y, rep(1, 24)),
                  list(x, as.integer(y)), list(x, y == 1))
  for (batch in batches) {
    expect_equal(evaluate(model, function() batch, steps = 2, verbose = 0), expected, tolerance = 1e-6)
  }
  expect_equal(predict(model, function() list(x), steps = 1), predict(model, x), tolerance = 1e-6)
  expect_equal(predict(model, function() list(x, list()), steps = 1), predict(model, x), tolerance = 1e-6)
  expect_length(evaluate(model, function() list(x[1, , drop = FALSE], y[[1]]), steps = 1, verbose = 0), 2)
})

test_that("NULL ends an epoch", {
  generator <- counted(ends = 4)
  history <- fit(build(), generator$batch, epochs = 3, verbose = 0)
  expect_length(history$metrics$loss, 3)
  expect_identical(generator$calls(), 15L)
  given <- 0
  once <- function() {
    given <<- given + 1
    if (given <= 4) counted()$batch()
  }
  expect_warning(history <- fit(build(), once, epochs = 3, verbose = 0),
                 "fit\\(\\): there were no more batches after epoch 1")
  expect_length(history$metrics$loss, 1)
})

test_that("an error in a generator is the user's condition, and an interrupt is one", {
  model <- build()
  condition <- errorCondition("my own words", class = "my_condition", data = 7)
  for (at in c(1, 3)) {
    failing <- function(signal) {
      generator <- counted()
      function() {
        if (generator$calls() == at - 1) signal()
        generator$batch()
      }
    }
    raise <- function() stop(condition)
    calls <- list(
      function(g) fit(model, g, steps_per_epoch = 5, epochs = 2, verbose = 0),
      function(g) fit_generator(model, g, 5, 2, verbose = 0),
      function(g) {
        fit(model, counted()$batch, steps_per_epoch = 2, verbose = 0, validation_data = g, validation_steps = 5)
      },
      function(g) evaluate(model, g, steps = 5, verbose = 0),
      function(g) predict(model, g, steps = 5)
    )
    for (call in calls) {
      caught <- tryCatch(call(failing(raise)), my_condition = identity)
      expect_identical(caught$data, 7)
      expect_identical(caught$parent, condition)
      expect_match(conditionMessage(caught), "my own words")
      interrupted <- tryCatch(call(failing(rlang::interrupt)), interrupt = function(cond) "interrupted")
      expect_identical(interrupted, "interrupted")
    }
  }
  expect_length(fit(model, counted()$batch, steps_per_epoch = 2, epochs = 1, verbose = 0)$metrics$loss, 1)
  expect_identical(frames_of_python(), 1L)
})

test_that("an interrupt from outside arrives while a generator trains", {
  skip_on_os("windows")
  model <- build()
  fit(model, counted()$batch, steps_per_epoch = 2, epochs = 1, verbose = 0)
  system2("sh", c("-c", shQuote(sprintf("sleep 1; kill -INT %d", Sys.getpid()))), wait = FALSE)
  caught <- tryCatch({
    fit(model, counted()$batch, steps_per_epoch = 1e6, epochs = 1, verbose = 0)
    "not interrupted"
  }, interrupt = function(cond) "interrupted")
  expect_identical(caught, "interrupted")
  expect_identical(frames_of_python(), 1L)
})

test_that("what is no batch is refused in R's words", {
  model <- build()
  refused <- function(batch) {
    expect_error(fit(model, function() batch, steps_per_epoch = 2), class = "rkeras_argument_error")
  }
  wants <- "a batch that `x` gives must be a list of samples, targets, and weights if need be"
  expect_match(conditionMessage(refused(list(1, 2, 3, 4))),
               paste0("^fit\\(\\): ", wants, ", not c\\(1, 2, 3, 4\\)\\.$"))
  expect_match(conditionMessage(refused(list(samples()$x, factor(c("a", "b"))))), "as.integer(…) - 1", fixed = TRUE)
  expect_error(fit(model, function(epoch) NULL), "A generator of batches is a function without arguments.")
  expect_error(fit(model, function() NULL), "fit\\(\\): `x` gave no batch")
  expect_error(fit(model, counted()$batch, samples()$y, steps_per_epoch = 2),
               "`y` must be NULL, as a generator gives it")
  expect_error(fit_generator(model, counted(width = 4L)$batch, 2), "input")
})

test_that("images that a function of R prepares train", {
  images <- array(seq(0, 1, length.out = 160), c(10, 4, 4, 1))
  halving <- image_data_generator(preprocessing_function = function(image) image / 2)
  flow <- flow_images_from_data(images, 0:9, halving, batch_size = 3)
  model <- keras_model_sequential() %>%
    layer_flatten(input_shape = c(4, 4, 1)) %>%
    layer_dense(units = 1)
  model %>% compile(optimizer = "sgd", loss = "mse")
  expect_warning(
    history <- fit_generator(model, flow, steps_per_epoch = 3, epochs = 40, verbose = 0, validation_data = flow,
                             validation_steps = 2, workers = 4),
    "^fit_generator\\(\\): `workers` is not used: the batches of such a generator are made one after the other\\.$"
  )
  expect_length(history$metrics$val_loss, 40)
  expect_identical(history$params$steps, 3L)
})

test_that("generator_next() gives R arrays, and what was said at the end", {
  generator <- counted(ends = 1)
  batch <- generator_next(generator$batch)
  expect_identical(dim(batch[[1]]), c(4L, 3L))
  expect_null(generator_next(generator$batch))
  generator_next(generator$batch)
  expect_identical(generator_next(generator$batch, completed = "over"), "over")
  iterator <- reticulate::py_eval("iter([1.0, 2.0])", convert = FALSE)
  expect_identical(generator_next(iterator), 1)
  expect_error(generator_next(3), "`generator` must be an iterator or a function without arguments, not 3")
})
