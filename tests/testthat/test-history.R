trained <- function() {
  train(list(callback_early_stopping("loss", min_delta = 10, patience = 2), callback_reduce_lr_on_plateau("loss")),
        epochs = 9, model = build(metrics = "accuracy"), validation_split = 0.25)
}

made <- function(epochs = 3, ...) {
  metrics <- list(loss = seq(1, 0.1, length.out = epochs), ...)
  params <- list(epochs = epochs, samples = 1500, batch_size = 32, metrics = names(metrics))
  structure(list(params = params, metrics = metrics), class = "keras_training_history")
}

test_that("a history prints as in R keras", {
  history <- made(val_loss = c(1, 1234.5678, 0.00001234))
  history$params$validation_samples <- 500
  expect_snapshot(print(history))
  expect_snapshot(print(made(epochs = 0)))
})

test_that("the table has what was trained, right after an early stop", {
  history <- trained()
  frame <- as.data.frame(history)
  expect_named(frame, c("epoch", "value", "metric", "data"))
  expect_identical(levels(frame$metric), c("loss", "accuracy"))
  expect_identical(nrow(frame), 12L)
  rows <- frame$metric == "loss" & frame$data == "validation"
  expect_identical(frame$value[rows], history$metrics$val_loss)
  expect_identical(frame$epoch[rows], 1:3)
  expect_output(print(history), "epochs=3)", fixed = TRUE)
})

test_that("epochs are counted on where a training goes on", {
  history <- train(NULL, epochs = 5, initial_epoch = 3)
  expect_identical(as.data.frame(history)$epoch, c(4:5, 4:5))
})

test_that("names of Keras 2 find their values", {
  metrics <- trained()$metrics
  expect_identical(metrics$val_acc, metrics$val_accuracy)
  expect_identical(metrics[["acc"]], metrics$accuracy)
  expect_identical(metrics$learning_rate, metrics$lr)
  expect_null(metrics$auc)
  expect_identical(as.data.frame(metrics)$loss, metrics$loss)
  expect_output(print(metrics), "[$]val_loss")
})

test_that("ggplot2 draws the values", {
  skip_if_not_installed("ggplot2")
  history <- trained()
  plot <- plot(history)
  drawn <- ggplot2::layer_data(plot, 2)
  expect_setequal(drawn$y, as.data.frame(history)$value)
  expect_s3_class(plot(made(12), theme_bw = TRUE)$layers[[1]]$geom, "GeomSmooth")
  expect_s3_class(plot(made(12), smooth = FALSE)$layers[[1]]$geom, "GeomLine")
  expect_identical(levels(plot(history, metrics = "loss")$data$metric), "loss")
  expect_error(plot(history, metrics = "auc"), '`metrics` must be among "loss", "accuracy", "lr", not "auc"',
               fixed = TRUE)
  expect_identical(levels(plot(history, metrics = "acc")$data$metric), "accuracy")
  expect_no_warning(ggplot2::ggplot_build(plot))
})

test_that("the best epoch and the last one are marked, and the learning rate is drawn where it changed", {
  skip_if_not_installed("ggplot2")
  history <- made(val_loss = c(3, 1, 2), lr = c(0.1, 0.1, 0.01))
  history[c("monitor", "best_epoch", "stopped_epoch", "stop_reason")] <- list("val_loss", 1, 2, "of the test")
  history$params$metrics <- c("loss", "val_loss")
  plot <- plot(history)
  lines <- ggplot2::layer_data(plot, 1)
  expect_identical(unique(lines$xintercept), c(2, 3))
  expect_identical(levels(plot$layers[[1]]$data$label), c("best epoch by val_loss: 2", "stopped in epoch 3"))
  expect_identical(levels(plot$data$metric), c("loss", "lr"))
  expect_identical(plot$data$value[plot$data$metric == "lr"], c(0.1, 0.1, 0.01))
  history$metrics$lr[[3]] <- 0.1
  expect_identical(levels(plot(history)$data$metric), "loss")
  expect_identical(levels(plot(history, metrics = "lr")$data$metric), "lr")
  chinese <- plot(history, language = "zh")
  expect_identical(levels(chinese$layers[[1]]$data$label)[[2]], "\u505c\u6b62\u4e8e\u7b2c 3 \u8f6e")
  expect_error(plot(history, language = "fr"), 'plot(): `language` must be "en" or "zh", not "fr".', fixed = TRUE)
})

test_that("a training knows its best epoch", {
  history <- trained()
  expect_identical(history$monitor, "loss")
  expect_equal(history$best_epoch, which.min(history$metrics$loss) - 1)
})

test_that("documents and notebooks show the drawing with the numbers", {
  skip_if_not_installed("ggplot2")
  skip_if_not_installed("knitr")
  history <- made(val_loss = 3:1)
  grDevices::pdf(NULL)
  on.exit(grDevices::dev.off())
  expect_output(knitr::knit_print(history), "Final epoch")
  expect_match(repr_html.keras_training_history(history), "^<pre>Trained on .*<img alt=.history. src=.data:image/png")
})

test_that("base graphics draw where ggplot2 is not", {
  file <- tempfile(fileext = ".pdf")
  grDevices::pdf(file)
  expect_null(plot(made(val_loss = 3:1), method = "base"))
  grDevices::dev.off()
  expect_gt(file.size(file), 1000)
})

test_that("a history is kept without Python", {
  history <- trained()
  file <- tempfile()
  saveRDS(history, file)
  expect_identical(readRDS(file)$metrics$acc, history$metrics$accuracy)
})
