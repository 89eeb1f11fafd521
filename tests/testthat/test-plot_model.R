# The graph itself is tried in tests/python/test_graph.py; here it is drawn.

block <- function() {
  keras()
  input <- layer_input(shape = 8, name = "input")
  inner <- input %>% layer_dense(8, activation = "relu", name = "inner") %>% layer_dense(8, name = "second")
  keras_model(input, layer_add(input, inner, name = "sum") %>% layer_dense(1, name = "output"), name = "block")
}

# Height and width of a picture, and whether anything is on it.
picture <- function(file) {
  pixels <- png::readPNG(file)
  c(dim(pixels)[1:2], any(pixels[, , 1] < 0.5))
}

# What text stands in a drawing, which a PDF file without compression tells.
text_of <- function(...) {
  file <- tempfile(fileext = ".pdf")
  grDevices::pdf(file, width = 20, height = 20, compress = FALSE, useKerning = FALSE)
  plot(...)
  grDevices::dev.off()
  lines <- readLines(file, warn = FALSE)
  unlist(regmatches(lines, gregexpr("(?<=\\().*(?=\\) Tj)", lines, perl = TRUE)))
}

test_that("a model is drawn to files, as large as it is", {
  skip_if_not_installed("png")
  model <- block()
  within_directory({
    expect_invisible(plot(model, to_file = "small.png"))
    plot(model, to_file = "fine.png", dpi = 192)
    plot(model, to_file = "wide.png", rankdir = "LR")
    plot(model, to_file = "much.png", show_shapes = TRUE, show_dtype = TRUE, show_layer_activations = TRUE)
    sizes <- lapply(c("small.png", "fine.png", "wide.png", "much.png"), picture)
    expect_true(all(vapply(sizes, `[`, 0, 3) == 1))
    expect_equal(sizes[[2]][1:2], 2 * sizes[[1]][1:2], tolerance = 0.01)
    expect_gt(sizes[[1]][1], sizes[[1]][2] * 1.0)
    expect_gt(sizes[[3]][2], sizes[[3]][1])
    expect_gt(sizes[[4]][1], sizes[[1]][1])
    for (ending in c("pdf", "svg", "jpeg")) {
      file <- paste0("model.", ending)
      plot(model, to_file = file)
      expect_gt(file.size(file), 1000)
    }
  })
  expect_identical(grDevices::dev.cur(), c("null device" = 1L))
})

test_that("the boxes say what is asked for", {
  model <- block()
  expect_setequal(text_of(model), c("input \\(InputLayer\\)", "inner \\(Dense\\)", "second \\(Dense\\)",
                                    "sum \\(Add\\)", "output \\(Dense\\)"))
  expect_setequal(text_of(model, show_layer_names = FALSE), c("InputLayer", "Dense", "Add"))
  expect_true("Activation: relu" %in% text_of(model, show_layer_activations = TRUE))
  expect_length(text_of(model, layer_range = c("inner", "second")), 2)
  nested <- keras_model_sequential(list(model, layer_dense(units = 1, name = "end")))
  expect_length(text_of(nested), 2)
  expect_true("block/inner \\(Dense\\)" %in% text_of(nested, expand_nested = TRUE, rankdir = "BT"))
})

test_that("what cannot be drawn is refused", {
  model <- block()
  refused <- function(...) expect_error(..., class = "rkeras_argument_error")
  refused(plot(model, rankdir = "XY"), "`rankdir` must be \"TB\"")
  refused(plot(model, show_shapes = NA), "`show_shapes` must be TRUE or FALSE")
  refused(plot(model, to_file = "model.doc"), "`to_file` must be a path that ends in .png")
  refused(plot(model, layer_range = c("a", "b")), "there are input, inner, second, sum, output")
  refused(plot(model, TRUE, TRUE, TRUE, "LR"), "given by their names")
  refused(plot(keras_model_sequential()), "has no layers yet")
})
