test_that("progress is collected by capture.output, in whole lines without escapes", {
  out <- capture.output(train(NULL, 2, verbose = 1))
  expect_identical(grep("^Epoch", out, value = TRUE), c("Epoch 1/2", "Epoch 2/2"))
  bars <- grep("^2/2 .* - loss: ", out, value = TRUE)
  expect_length(bars, 2)
  expect_no_match(out, "\033|\r|\b")
})

test_that("messages of callbacks reach sink()", {
  within_directory({
    sink("out.txt")
    tryCatch(
      train(callback_model_checkpoint("best.h5", monitor = "loss", save_best_only = TRUE, verbose = 1), 1),
      finally = sink()
    )
    said <- "^Epoch 00001: loss improved from inf to 0[.][0-9]{5}, saving model to best.h5$"
    expect_match(readLines("out.txt"), said, all = FALSE)
  })
})

test_that("progress is in a knitted document", {
  skip_if_not_installed("knitr")
  keras()
  within_directory({
    writeLines(c(
      "```{r}", "library(rkeras)", "k <- reticulate::import('keras')",
      "model <- k$Sequential(list(k$Input(shape = list(4L)), k$layers$Dense(1L)))",
      "model$compile(loss = 'mse')",
      "model %>% fit(as.matrix(iris[, 1:4]), as.numeric(iris$Species), epochs = 2,",
      "  callbacks = callback_progbar_logger())", "```"
    ), "chapter.Rmd")
    knitr::knit("chapter.Rmd", quiet = TRUE, envir = new.env())
    out <- readLines("chapter.md")
    expect_identical(grep("Epoch", out, value = TRUE), c("## Epoch 1/2", "## Epoch 2/2"))
    expect_length(grep("^## 150/150 .* - loss: ", out), 2)
    expect_no_match(out, "\033")
  })
})
