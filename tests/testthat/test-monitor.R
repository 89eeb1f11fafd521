test_that("a page that R serves has the trainings of R", {
  keras()
  server <- monitor_server(port = 0)
  on.exit(server$stop())
  train(callback_remote_monitor(server$url, headers = c("X-Run" = "one")), epochs = 3)
  log <- read.csv(paste0(server$url, "/log.csv"))
  expect_identical(log$name, rep("one", 3))
  expect_equal(log$epoch, 0:2)
  expect_equal(log$loss, last_history()$metrics$loss)
})

test_that("the page ends with its process, and the port is checked", {
  keras()
  server <- monitor_server(port = 0)
  url <- server$url
  server$stop()
  expect_error(suppressWarnings(readLines(url)), "cannot open")
  expect_error(monitor_server(port = "nine"), "monitor_server(): `port` must be", fixed = TRUE)
})
