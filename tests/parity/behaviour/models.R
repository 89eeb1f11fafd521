x <- matrix(c(0.1, -0.2, 0.3, 0.4, 0.5, 0.6, -0.7, 0.8), 4)
y <- c(1, 0, 1, 1)
images <- array_reshape((0:31 %% 7) / 7, c(2, 4, 4, 1))
steps <- array_reshape((0:11 %% 5) / 5, c(2, 3, 2))

flat <- function(value) as.numeric(unlist(value))

through <- function(layer, samples) {
  model <- keras_model_sequential() %>% layer()
  flat(predict(model, samples))
}

on <- function(layer, samples) {
  input <- layer_input(shape = dim(samples)[-1])
  flat(predict(keras_model(input, layer(input)), samples))
}

line <- function(optimizer = optimizer_sgd(lr = 0.1), units = 1, ...) {
  model <- keras_model_sequential()
  model %>% layer_dense(units = units, input_shape = c(2), kernel_initializer = "ones", ...)
  model %>% compile(loss = "mse", optimizer = optimizer)
  model
}

trained <- function(model, ...) {
  history <- model %>% fit(x, y, batch_size = 2, epochs = 3, shuffle = FALSE, verbose = 0, ...)
  c(flat(get_weights(model)), flat(history$metrics$loss))
}

behaviour("to_categorical", {
  list(flat(to_categorical(c(0, 2, 1))), dim(to_categorical(c(0, 2, 1))), dim(to_categorical(c(0, 2), num_classes = 5)))
})
behaviour("array_reshape", {
  list(flat(t(array_reshape(1:6, c(2, 3)))), flat(t(array_reshape(1:6, c(2, 3), order = "F"))))
})
behaviour("normalize", list(flat(t(normalize(x))), flat(t(normalize(x, axis = 2, order = 1)))))
behaviour("pad_sequences", {
  texts <- list(c(1, 2, 3), 4, c(5, 6))
  short <- pad_sequences(texts, maxlen = 2, padding = "post", truncating = "post", value = 9)
  list(flat(t(pad_sequences(texts))), flat(t(short)))
})
behaviour("use_session_with_seed", {
  use_session_with_seed(7, quiet = TRUE)
  one <- layer_dense(units = 2)
  one$build(list(NULL, 3L))
  first <- flat(get_weights(one))
  use_session_with_seed(7, quiet = TRUE)
  other <- layer_dense(units = 2)
  other$build(list(NULL, 3L))
  identical(first, flat(get_weights(other)))
})
behaviour("is_keras_available", list(is_keras_available(), is_keras_available("2.0"), is_keras_available("99")))

behaviour("keras_model_sequential", {
  layer <- layer_dense(units = 1, kernel_initializer = "ones", input_shape = c(2))
  said <- keras_model_sequential(input_shape = c(2), batch_size = 4, input_layer_name = "numbers")
  layer_dense(said, units = 3)
  list(
    flat(predict(keras_model_sequential(layers = list(layer)), x)), keras_model_sequential(name = "mine")$name,
    said$inputs[[1]]$name, unlist(said$output_shape)
  )
})
behaviour("keras_model", {
  left <- layer_input(shape = c(1))
  right <- layer_input(shape = c(1))
  joined <- layer_concatenate(list(left, right)) %>% layer_dense(units = 1, kernel_initializer = "ones")
  model <- keras_model(inputs = list(left, right), outputs = joined)
  difference <- layer_subtract(list(left, right))
  named <- keras_model(list(right = right, left = left), list(sum = joined, difference = difference), name = "bob")
  predicted <- predict(named, list(left = x[, 1, drop = FALSE], right = x[, 2, drop = FALSE]))
  list(
    flat(predict(model, list(x[, 1, drop = FALSE], x[, 2, drop = FALSE]))),
    named$name, flat(predicted$sum), flat(predicted$difference)
  )
})
behaviour("compile", {
  model <- line()
  model %>% compile(optimizer = "sgd", loss = "mae", metrics = list("mse"), loss_weights = list(2))
  flat(model %>% evaluate(x, y, verbose = 0))
})
behaviour("fit", {
  list(
    trained(line()), trained(line(), validation_split = 0.25), trained(line(), sample_weight = c(1, 0, 2, 1)),
    trained(line(), class_weight = list("0" = 1, "1" = 3)),
    trained(line(), steps_per_epoch = 1, validation_data = list(x, y))
  )
})
behaviour("last_history", {
  history <- line() %>% fit(x, y, epochs = 2, shuffle = FALSE, verbose = 0)
  identical(history$metrics$loss, last_history()$metrics$loss)
})
behaviour("evaluate", flat(line() %>% evaluate(x, y, batch_size = 2, verbose = 0, sample_weight = c(1, 0, 2, 1))))
behaviour("predict", {
  list(flat(predict(line(), x)), flat(predict(line(), x, batch_size = 1)), dim(predict(line(units = 3), x)))
})
behaviour("get_weights", list(flat(get_weights(line())), length(get_weights(line(use_bias = FALSE)))))
behaviour("set_weights", {
  model <- line()
  set_weights(model, list(matrix(c(2, 3), 2), array(1)))
  flat(predict(model, x))
})
behaviour("summary", length(utils::capture.output(summary(line()))) > 5)
behaviour("k_get_value", k_get_value(line(optimizer_sgd(lr = 0.25))$optimizer$learning_rate))
behaviour("k_set_value", {
  model <- line()
  k_set_value(model$optimizer$learning_rate, 0.5)
  list(k_get_value(model$optimizer$learning_rate), trained(model))
})

behaviour("save_model_hdf5", {
  model <- line()
  save_model_hdf5(model, "saved.h5")
  list(file.exists("saved.h5"), "saved.h5" %in% list.files())
})
behaviour("load_model_hdf5", {
  model <- line(optimizer_sgd(lr = 0.1, momentum = 0.5))
  trained(model)
  save_model_hdf5(model, "whole.h5")
  again <- load_model_hdf5("whole.h5")
  list(flat(predict(again, x)), trained(again))
})
behaviour("save_model_weights_hdf5", {
  model <- line()
  save_model_weights_hdf5(model, "some.hdf5")
  file.exists("some.hdf5")
})
behaviour("load_model_weights_hdf5", {
  model <- line()
  trained(model)
  save_model_weights_hdf5(model, "weights.hdf5")
  other <- line()
  load_model_weights_hdf5(other, "weights.hdf5")
  flat(predict(other, x))
})

behaviour("get_layer", {
  model <- line()
  layer_dense(model, units = 3, name = "last")
  list(get_layer(model, index = 1)$units, get_layer(model, index = -1)$name, get_layer(model, "last")$units)
})
behaviour("pop_layer", {
  model <- line()
  layer_dense(model, units = 3)
  pop_layer(model)
  list(length(model$layers), flat(predict(model, x)))
})
behaviour("count_params", c(count_params(line(units = 3)), count_params(get_layer(line(), index = 1))))
behaviour("clone_model", {
  model <- line()
  trained(model)
  clone <- clone_model(model)
  list(clone$compiled, flat(predict(clone, x)))
})
behaviour("get_config", {
  config <- get_config(layer_dense(units = 3, activation = "tanh"))
  list(config$units, config$activation, get_config(optimizer_sgd(lr = 0.5))$learning_rate)
})
behaviour("from_config", flat(predict(from_config(get_config(line(units = 2))), x)))
behaviour("model_to_json", grepl("Sequential", model_to_json(line())))
behaviour("model_from_json", flat(predict(model_from_json(model_to_json(line(units = 2))), x)))
behaviour("model_to_yaml", tryCatch(model_to_yaml(line()), error = conditionMessage))
behaviour("model_from_yaml", tryCatch(model_from_yaml("class_name: Sequential"), error = conditionMessage))
behaviour("multi_gpu_model", {
  grepl("DataParallel", tryCatch(multi_gpu_model(line(), gpus = 2), error = conditionMessage))
})
behaviour("model_to_saved_model", tryCatch(model_to_saved_model(line(), "saved"), error = conditionMessage))
behaviour("model_from_saved_model", tryCatch(model_from_saved_model("saved"), error = conditionMessage))
behaviour("serialize_model", {
  bytes <- serialize_model(line())
  list(length(bytes) > 1000, as.integer(bytes[2:4]))
})
behaviour("unserialize_model", {
  model <- line()
  trained(model)
  bytes <- serialize_model(model)
  list(trained(unserialize_model(bytes)), unserialize_model(bytes, compile = FALSE)$compiled)
})
twice <- function() {
  layer <- layer_dense(units = 2)
  layer(layer_input(shape = c(3)))
  layer(layer_input(shape = c(5, 3)))
  layer
}
behaviour("get_input_at", length(get_input_at(twice(), 2)$shape))
behaviour("get_output_at", length(get_output_at(twice(), 1)$shape))
behaviour("get_input_shape_at", unlist(get_input_shape_at(twice(), 2)))
behaviour("get_output_shape_at", unlist(get_output_shape_at(twice(), 2)))
behaviour("get_input_mask_at", is.null(get_input_mask_at(twice(), 1)))
behaviour("get_output_mask_at", is.null(get_output_mask_at(twice(), 1)))
deep <- function() {
  model <- keras_model_sequential() %>%
    layer_dense(units = 2, input_shape = c(2), kernel_initializer = "ones", name = "first") %>%
    layer_dense(units = 2, kernel_initializer = "ones", name = "second") %>%
    layer_dense(units = 1, kernel_initializer = "ones", name = "third")
  model
}
flags <- function(model) vapply(model$layers, function(layer) layer$trainable, NA)
behaviour("freeze_weights", {
  model <- deep()
  freeze_weights(model, to = "second")
  first <- flags(model)
  model %>% compile(loss = "mse", optimizer = optimizer_sgd(lr = 0.01))
  list(first, trained(model), flags(freeze_weights(deep(), which = function(layer) layer$units == 1)))
})
behaviour("unfreeze_weights", {
  model <- freeze_weights(deep())
  list(flags(unfreeze_weights(model, from = 2)), flags(unfreeze_weights(model, which = c(1, -1))))
})
behaviour("train_on_batch", {
  model <- line()
  losses <- c(train_on_batch(model, x, y), train_on_batch(model, x, y, sample_weight = c(1, 0, 2, 1)))
  c(losses, train_on_batch(model, x, y, class_weight = list("0" = 1, "1" = 3)), flat(get_weights(model)))
})
behaviour("test_on_batch", {
  model <- line()
  model %>% compile(loss = "mse", optimizer = "sgd", metrics = c("mae"))
  test_on_batch(model, x, y)
})
behaviour("predict_on_batch", flat(predict_on_batch(line(), x)))
behaviour("predict_proba", flat(predict_proba(line(), x, batch_size = 2)))
batches <- function(times = Inf) {
  given <- 0
  function() {
    given <<- given + 1
    rows <- if (given %% 2) 1:2 else 3:4
    if (given <= times) list(x[rows, ], y[rows])
  }
}
behaviour("fit_generator", {
  model <- line()
  weights <- list("0" = 1, "1" = 3)
  history <- fit_generator(model, batches(), 2, 3, verbose = 0, validation_data = batches(), validation_steps = 1,
                           class_weight = weights)
  # The same as a function that fit() takes, which ends an epoch by itself.
  short <- fit(line(), batches(2), epochs = 1, verbose = 0)
  c(flat(get_weights(model)), flat(history$metrics$loss), flat(history$metrics$val_loss), flat(short$metrics$loss))
})
behaviour("evaluate_generator", flat(evaluate_generator(line(), batches(), steps = 3)))
behaviour("predict_generator", flat(predict_generator(line(), batches(), steps = 2)))
behaviour("generator_next", {
  generator <- batches(1)
  list(flat(generator_next(generator)[[2]]), generator_next(generator, completed = 7))
})
behaviour("predict_classes", {
  single <- predict_classes(line(), x)
  several <- keras_model_sequential() %>% layer_activation("relu", input_shape = c(2))
  list(flat(single), dim(single), flat(predict_classes(several, x)))
})

behaviour("save_model_tf", {
  model <- line()
  list(save_model_tf(model, "folder"), file.exists("folder/saved_model.pb"))
})
behaviour("load_model_tf", {
  model <- line(optimizer_sgd(lr = 0.1, momentum = 0.5))
  trained(model)
  save_model_tf(model, "whole")
  again <- load_model_tf("whole")
  list(flat(predict(again, x)), trained(again))
})
behaviour("save_model_weights_tf", {
  save_model_weights_tf(line(), "checkpoint_of_weights")
  file.exists("checkpoint_of_weights.index")
})
behaviour("load_model_weights_tf", {
  model <- line()
  trained(model)
  save_model_weights_tf(model, "weights_of_tf")
  other <- line()
  load_model_weights_tf(other, "weights_of_tf")
  flat(predict(other, x))
})
behaviour("export_savedmodel", {
  path <- export_savedmodel(line(), "exported", versioned = FALSE)
  list(path, file.exists("exported/saved_model.pb"))
})
behaviour("keras_model_custom", {
  model <- keras_model_custom(function(self) {
    self$hidden <- layer_dense(units = 2, kernel_initializer = "ones", activation = "tanh")
    self$last <- layer_dense(units = 1, kernel_initializer = "ones")
    function(inputs, mask = NULL, training = FALSE) {
      hidden <- self$hidden(inputs)
      self$last(if (training) hidden else 2 * hidden)
    }
  }, name = "mine")
  model %>% compile(loss = "mse", optimizer = optimizer_sgd(lr = 0.1))
  list(model$name, flat(predict(model, x)), trained(model))
})
behaviour("with_custom_object_scope", {
  far <- custom_metric("far", function(y_true, y_pred) k_mean(k_abs(y_pred), axis = 1))
  model <- line()
  model %>% compile(loss = "mse", optimizer = "sgd", metrics = list(far = far))
  save_model_hdf5(model, "with_far.h5")
  again <- with_custom_object_scope(list(far = far), load_model_hdf5("with_far.h5"))
  flat(again %>% evaluate(x, y, verbose = 0))
})

behaviour("layer_input", {
  input <- layer_input(shape = c(2))
  flat(predict(keras_model(input, layer_dense(input, units = 1, kernel_initializer = "ones")), x))
})
behaviour("layer_dense", {
  weights <- list(matrix(c(2, 3), 2), array(1))
  list(
    through(function(model) {
      layer_dense(model, units = 2, activation = "tanh", input_shape = c(2), kernel_initializer = "ones")
    }, x),
    through(function(model) layer_dense(model, units = 1, input_shape = c(2), weights = weights), x)
  )
})
behaviour("layer_activation", {
  list(
    through(function(model) layer_activation(model, "relu", input_shape = c(2)), x),
    through(function(model) layer_activation(model, "hard_sigmoid", input_shape = c(2)), x),
    through(function(model) layer_activation(model, "softmax", input_shape = c(2)), x)
  )
})
behaviour("layer_dropout", through(function(model) layer_dropout(model, rate = 0.5, input_shape = c(2)), x))
behaviour("layer_flatten", through(function(model) layer_flatten(model, input_shape = c(4, 4, 1)), images))
behaviour("layer_add", {
  left <- layer_input(shape = c(2))
  right <- layer_input(shape = c(2))
  flat(predict(keras_model(list(left, right), layer_add(list(left, right))), list(x, x)))
})
behaviour("layer_concatenate", {
  left <- layer_input(shape = c(2))
  right <- layer_input(shape = c(2))
  dim(predict(keras_model(list(left, right), layer_concatenate(list(left, right))), list(x, x)))
})
behaviour("layer_batch_normalization", {
  model <- keras_model_sequential() %>% layer_batch_normalization(input_shape = c(2))
  set_weights(model, list(array(c(1, 2)), array(c(0, 1)), array(c(0.5, 0.25)), array(c(1, 4))))
  flat(predict(model, x))
})
behaviour("layer_embedding", {
  through(function(model) {
    layer_embedding(model, input_dim = 3, output_dim = 2, input_length = 2, embeddings_initializer = "ones")
  }, matrix(c(0, 1, 2, 1), 2))
})
behaviour("layer_conv_1d", {
  through(function(model) {
    layer_conv_1d(model, filters = 1, kernel_size = 2, strides = 1, padding = "same", input_shape = c(3, 2),
                  kernel_initializer = "ones")
  }, steps)
})
behaviour("layer_conv_2d", {
  through(function(model) {
    layer_conv_2d(model, filters = 1, kernel_size = c(2, 2), strides = c(2, 2), activation = "relu",
                  input_shape = c(4, 4, 1), kernel_initializer = "ones")
  }, images)
})
behaviour("layer_max_pooling_1d", on(function(input) layer_max_pooling_1d(input, pool_size = 2), steps))
behaviour("layer_max_pooling_2d", on(function(input) layer_max_pooling_2d(input, pool_size = c(2, 2)), images))
behaviour("layer_global_max_pooling_1d", on(function(input) layer_global_max_pooling_1d(input), steps))
behaviour("layer_lstm", {
  through(function(model) {
    layer_lstm(model, units = 2, input_shape = c(3, 2), kernel_initializer = "ones", recurrent_initializer = "ones",
               recurrent_activation = "hard_sigmoid")
  }, steps)
})

behaviour("optimizer_sgd", {
  nesterov <- optimizer_sgd(lr = 0.2, momentum = 0.9, decay = 0.1, nesterov = TRUE)
  list(trained(line(optimizer_sgd())), trained(line(nesterov)))
})
behaviour("optimizer_rmsprop", {
  list(trained(line(optimizer_rmsprop())), trained(line(optimizer_rmsprop(lr = 0.05, rho = 0.5, decay = 0.01))))
})
behaviour("optimizer_adam", {
  amsgrad <- optimizer_adam(lr = 0.05, beta_1 = 0.5, decay = 0.01, amsgrad = TRUE)
  list(trained(line(optimizer_adam())), trained(line(amsgrad)))
})
behaviour("regularizer_l1", trained(line(kernel_regularizer = regularizer_l1(0.1))))
behaviour("regularizer_l2", trained(line(kernel_regularizer = regularizer_l2(0.1))))
behaviour("constraint_maxnorm", trained(line(kernel_constraint = constraint_maxnorm(1))))
