# What R allows, rkeras allows.

x <- matrix(c(0.1, -0.2, 0.3, 0.4, 0.5, 0.6, -0.7, 0.8), 4)
y <- c(1, 0, 1, 1)

compiled <- function() {
  model <- keras_model_sequential()
  model %>% layer_dense(units = 1, input_shape = 2)
  model %>% compile(loss = "mse", optimizer = "sgd")
  model
}

test_that("a hook may have more arguments than it is given, and R says so where it uses them", {
  keras()
  seen <- list()
  on_begin <- callback_lambda(on_predict_begin = function(batch, logs) seen <<- c(seen, list(class(batch)[[1]])))
  predict(compiled(), x, callbacks = list(on_begin))
  expect_length(seen, 1)

  uses_it <- callback_lambda(on_predict_begin = function(batch, logs) length(logs))
  expect_error(predict(compiled(), x, callbacks = list(uses_it)), "argument \"logs\" is missing, with no default")

  three <- callback_learning_rate_scheduler(function(epoch, lr, scale) if (epoch > 5) scale else 0.1)
  expect_silent(fit(compiled(), x, y, epochs = 1, verbose = 0, callbacks = three))
})

test_that("list() is NULL where an argument may be either", {
  keras()
  within_directory(expect_silent(callback_tensorboard("logs", embeddings_layer_names = list())))
  model <- compiled()
  expect_silent(compile(model, "sgd", "mse", metrics = list()))
  expect_error(callback_early_stopping(patience = list()), "`patience` must be")
})

test_that("names may be cut short, and a comma may be left over", {
  keras()
  epochs <- 0
  count <- callback_lambda(on_epoch_end = function(epoch, logs) epochs <<- epochs + 1)
  fit(compiled(), x, y, epoch = 3, callback = list(count), verb = 0, )
  expect_identical(epochs, 3)
  compiled() %>% fit(x, y, batch = 2, epochs = 1, verbose = 0, callbacks = count, )
  expect_identical(epochs, 4)
  expect_error(fit(compiled(), x, y, verbose = 0, epoch_s = 3), "no argument `epoch_s`.*Did you mean.*`epochs`")
  expect_error(evaluate(compiled(), x, y, NULL, 0, NULL, NULL, NULL, 7), "an argument is left over that has no name")
})

test_that("an argument with two names is given by one of them", {
  keras()
  expect_equal(k_get_value(optimizer_sgd(lr = 0.5)$lr), 0.5)
  expect_equal(k_get_value(optimizer_sgd(learning_rate = 0.5)$lr), 0.5)
  expect_equal(k_get_value(optimizer_sgd(0.5)$lr), 0.5)
  expect_equal(k_get_value(optimizer_sgd(learning_rate = NULL)$lr), 0.01, tolerance = 1e-6)
  expect_error(optimizer_sgd(lr = 0.01, learning_rate = 0.01), "`lr` and `learning_rate` are one argument")
})

test_that("merge layers take tensors in a list or one by one", {
  keras()
  a <- layer_input(shape = 3)
  b <- layer_input(shape = 3)
  expect_identical(layer_add(a, b)$shape, layer_add(list(a, b))$shape)
  expect_identical(layer_concatenate(a, b, a)$shape, layer_concatenate(list(a, b, a))$shape)
  expect_identical(layer_concatenate(list(a, b), 1)$shape, layer_concatenate(inputs = list(a, b), axis = 1)$shape)
  expect_s3_class(layer_add(), "keras.src.layers.layer.Layer")
  expect_identical(keras_model(list(a, b), layer_add(a, b, name = "total"))$layers[[3]]$name, "total")
  refused <- expect_error(layer_add(a, b, 3), "layer_add.*`dtype` must be a string or NULL, not 3")
  expect_identical(as.character(conditionCall(refused)[[1]]), "layer_add")
  expect_error(layer_add(a, b, a, a, a, a, 3), "`...` must be a tensor or a list of tensors, not 3.", fixed = TRUE)
})

test_that("get_weights() tells trainable from other weights", {
  keras()
  model <- keras_model_sequential() %>% layer_batch_normalization(input_shape = 3)
  layer <- model$layers[[1]]
  expect_length(get_weights(layer), 4)
  expect_length(get_weights(layer, trainable = TRUE), 2)
  expect_length(get_weights(layer, trainable = FALSE), 2)
  expect_length(get_weights(layer, trainable = NA), 4)
})
