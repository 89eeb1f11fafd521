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

# The arguments of 2.2.5.0, then those that 2.15.0 added; a second name of an argument has no default of its own.
both_generations <- function(first, second, here) {
  if (!"..." %in% here) {
    first <- first[first$arg != "...", ] # what R keras handed on to Keras through it is named here
    second <- second[second$arg != "...", ]
  }
  added <- second[!second$arg %in% first$arg, ]
  renamed <- c(learning_rate = "lr", input_text = "text")
  added$default[added$arg %in% names(renamed)[renamed %in% first$arg]] <- "NULL"
  rows <- rbind(first, added)
  last <- first$arg[nrow(first)]
  rbind(rows[!rows$arg %in% "..." | !identical(last, "..."), ], first[first$arg == "..." & identical(last, "..."), ])
}

test_that("all other formals are those of R keras, of both generations", {
  first <- split(oracle("keras-2.2.5.0-formals.tsv"), ~fun)
  second <- split(rbind(oracle("keras-2.15.0-formals.tsv"), oracle("keras-2.15.0-metrics-formals.tsv")), ~fun)
  methods <- c("compile", "fit", "evaluate", "predict", "summary", "plot", "format", "plot.keras_training_history",
               "as.data.frame.keras_training_history", "print.keras_training_history")
  known <- intersect(c(methods, getNamespaceExports("rkeras")), c(names(first), names(second)))
  # The default of `inherit` names the package of R keras.
  expect_identical(names(ours("Layer")), second$Layer$arg)
  known <- setdiff(known, c(grep("^callback_", known, value = TRUE), "use_backend", "Layer"))
  expect_true(all(c(methods, "layer_lstm", "optimizer_adam", "to_categorical", "metric_auc") %in% known))
  expect_gt(length(known), 140)
  none <- first[[1]][0, ]
  for (name in known) {
    here <- ours(name)
    rows <- both_generations(if (is.null(first[[name]])) none else first[[name]],
                             if (is.null(second[[name]])) none else second[[name]], names(here))
    expect_identical(as.pairlist(here[rows$arg]), as_formals(rows), info = name)
    expect_identical(intersect(names(here), rows$arg), rows$arg, info = name)
  }
})
