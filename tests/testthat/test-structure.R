test_that("a model that was kept in an R file is dead, and says so", {
  keras()
  within_directory({
    model <- keras_model_sequential() %>% layer_dense(units = 1, input_shape = 3)
    saveRDS(model, "model.rds")
    dead <- readRDS("model.rds")
    for (use in list(function() predict(dead, samples()$x), function() print(dead), function() get_weights(dead),
                     function() dead %>% layer_dense(units = 1), function() format(dead))) {
      expect_error(use(), "saveRDS(serialize_model(model), file)", fixed = TRUE, class = "rkeras_dead_object")
    }
    saveRDS(serialize_model(model), "model.rds")
    again <- unserialize_model(readRDS("model.rds"))
    expect_identical(predict(again, samples()$x), predict(model, samples()$x))
    expect_type(serialize_model(model), "raw")
    expect_error(unserialize_model(as.raw(1:3)), "must be what serialize_model() returned", fixed = TRUE,
                 class = "rkeras_argument_error")
    expect_error(to_categorical(as.raw(1:3)), "not a raw vector", fixed = TRUE)
  })
})

test_that("a model is text", {
  keras()
  model <- keras_model_sequential() %>% layer_dense(units = 4, input_shape = 3, name = "hidden")
  text <- format(model)
  expect_match(text, "hidden", fixed = TRUE)
  expect_match(text, "16", fixed = TRUE)
  expect_false(any(!nzchar(trimws(strsplit(text, "\n", fixed = TRUE)[[1]]))))
  columns <- function(text) lengths(regmatches(text, gregexpr("\u2503", text, fixed = TRUE)))
  expect_identical(utils::capture.output(str(model)), strsplit(text, "\n", fixed = TRUE)[[1]])
  expect_gt(columns(format(freeze_weights(model))), columns(text))
  expect_identical(format(keras_model_sequential()), "Model: <no summary available, model was not built>")
  expect_true(all(nchar(strsplit(format(model, width = 60), "\n", fixed = TRUE)[[1]]) <= 60))
})

test_that("layers are chosen as R users choose them", {
  keras()
  model <- keras_model_sequential() %>%
    layer_dense(units = 4, input_shape = 3) %>%
    layer_dense(units = 2) %>%
    layer_dense(units = 1)
  flags <- function() vapply(model$layers, function(layer) layer$trainable, NA)
  expect_invisible(freeze_weights(model))
  unfreeze_weights(model, from = 2)
  expect_identical(flags(), c(FALSE, TRUE, TRUE))
  freeze_weights(model, which = ~ .x$units > 1)
  expect_identical(flags(), c(FALSE, FALSE, TRUE))
  freeze_weights(model, from = NULL)
  expect_identical(flags(), c(FALSE, FALSE, FALSE))
  unfreeze_weights(model, which = c(TRUE, FALSE, TRUE))
  expect_identical(flags(), c(TRUE, FALSE, TRUE))
  expect_error(freeze_weights(model, from = "nothing"), "`from` must be the name of a layer", fixed = TRUE)
  model %>% compile(optimizer = "sgd", loss = "mse")
  unfreeze_weights(model)
  expect_warning(fit(model, samples()$x, samples()$y, epochs = 1, verbose = 0), "since the model was compiled")
})

test_that("a configuration stays Python's, and its elements are R's", {
  keras()
  config <- get_config(layer_dense(units = 7))
  expect_identical(config$units, 7L)
  expect_identical(from_config(config)$units, 7L)
})

test_that("classes of ImageNet are data frames", {
  k <- keras()
  classes <- lapply(0:999, function(i) list(sprintf("n%08d", i), paste0("thing_", i)))
  utils <- reticulate::import("keras.src.applications.imagenet_utils")
  utils$CLASS_INDEX <- stats::setNames(classes, 0:999)
  on.exit(utils$CLASS_INDEX <- NULL)
  predictions <- matrix(0, 2, 1000)
  predictions[1, 8] <- 0.75
  predictions[2, 3] <- 0.5
  for (decode in list(imagenet_decode_predictions, mobilenet_decode_predictions, mobilenet_v2_decode_predictions)) {
    decoded <- decode(predictions, top = 1)
    expect_identical(decoded[[1]], data.frame(class_name = "n00000007", class_description = "thing_7", score = 0.75))
    expect_identical(decoded[[2]]$class_description, "thing_2")
  }
  expect_identical(dim(imagenet_decode_predictions(predictions)[[1]]), c(5L, 3L))
})

test_that("an application is the base of a model", {
  keras()
  within_directory({
    base <- application_mobilenet(input_shape = c(32, 32, 3), alpha = 0.25, include_top = FALSE, weights = NULL)
    freeze_weights(base)
    model <- keras_model_sequential() %>%
      base() %>%
      layer_flatten() %>%
      layer_dense(units = 1, activation = "sigmoid")
    expect_length(model$layers, 3)
    expect_length(model$trainable_weights, 2)
    save_model_hdf5(model, "mobile.h5")
    images <- mobilenet_preprocess_input(array(0:255, c(1, 32, 32, 3)))
    expect_identical(predict(mobilenet_load_model_hdf5("mobile.h5"), images), predict(model, images))
    expect_identical(predict(mobilenet_v2_load_model_hdf5("mobile.h5"), images), predict(model, images))
  })
})

test_that("a SavedModel is exported", {
  keras()
  within_directory({
    model <- keras_model_sequential() %>% layer_dense(units = 1, input_shape = 3)
    expect_invisible(export_savedmodel(model, "served"))
    path <- export_savedmodel(model, "served", overwrite = FALSE)
    expect_identical(dirname(path), "served")
    expect_true(file.exists(file.path(path, "saved_model.pb")))
    expect_error(export_savedmodel(3, "served"), "no applicable method", fixed = TRUE)
  })
})

test_that("names are known while code runs, and an error in it is the user's own", {
  keras()
  expect_error(with_custom_object_scope(list(f = function(x) x), stop("mine")), "^mine$")
  expect_identical(with_custom_object_scope(list(f = function(x) x), 3), 3)
})
