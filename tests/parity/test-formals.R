# The formals of the R functions are those of the book, and of R keras, by identical().

oracle <- function(file) {
  rows <- utils::read.delim(file.path("oracle", file), quote = "", colClasses = "character", na.strings = character())
  rows$fun <- sub("[.]keras[.]engine[.]training[.]Model$", "", rows$fun)
  rows[nzchar(rows$arg), ]
}

ours <- function(name) {
  f <- get0(name, envir = asNamespace("rkeras"), mode = "function")
  method <- get0(paste0(name, ".keras.src.models.model.Model"), envir = asNamespace("rkeras"), mode = "function")
  formals(if (is.null(method)) f else method)
}

as_formals <- function(rows) {
  defaults <- lapply(rows$default, function(text) if (nzchar(text)) str2lang(text) else quote(expr = ))
  as.pairlist(stats::setNames(defaults, rows$arg))
}

test_that("the formals of the callbacks are the book's", {
  book <- split(oracle("book-formals.tsv"), ~fun)
  expect_length(book, 10)
  added <- list(callback_model_checkpoint = pairlist(background = FALSE)) # behind those of the book
  for (name in names(book)) {
    expect_identical(ours(name), as.pairlist(c(as_formals(book[[name]]), added[[name]])), info = name)
  }
  expect_null(ours("callback_terminate_on_naan"))
  expect_null(ours("callback_terminate_on_nan"))
})

test_that("all other formals are those of R keras 2.2.5.0", {
  rows <- split(oracle("keras-2.2.5.0-formals.tsv"), ~fun)
  methods <- c("compile", "fit", "evaluate", "predict", "summary", "plot.keras_training_history",
               "as.data.frame.keras_training_history", "print.keras_training_history")
  known <- intersect(c(methods, getNamespaceExports("rkeras")), names(rows))
  known <- setdiff(known, c(grep("^callback_", known, value = TRUE), "use_backend"))
  expect_true(all(c(methods, "layer_lstm", "optimizer_adam", "to_categorical", "install_keras") %in% known))
  expect_gt(length(known), 45)
  # Behind `...`, so that no call of R keras meets it.
  added <- list(plot.keras_training_history = pairlist(language = quote(Sys.getenv("RKERAS_LANGUAGE", "en"))))
  for (name in known) {
    expect_identical(ours(name), as.pairlist(c(as_formals(rows[[name]]), added[[name]])), info = name)
  }
})
