test_that("a history prints the last epoch", {
  history <- train(NULL, 3)
  expect_s3_class(history, "keras_training_history")
  expect_output(print(history), "Trained for 3 of 3 epochs\nFinal epoch:\n +acc: 0\\.[0-9]+\nloss: 0\\.[0-9]+")
  expect_equal(last_history()$metrics, history$metrics)
})

test_that("fit returns invisibly and refuses arguments it does not have", {
  expect_invisible(train(NULL, 1))
  expect_error(train(NULL, 1, bach_size = 3), "`...` must be empty|bach_size")
})
