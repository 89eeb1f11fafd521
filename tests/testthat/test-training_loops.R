# Loops with a tape, as Keras's guides write them: in R, in Python, and by train_on_batch().

on_tensorflow <- function() {
  keras()
  skip_if_not(k_backend() == "tensorflow", "TensorFlow, which alone has a tape")
  reticulate::import("tensorflow")
}

classes <- function() {
  set.seed(5)
  list(x = matrix(rnorm(96), 24, 4), y = rep(c(0L, 2L, 1L), 8))
}

network <- function() {
  keras()$utils$set_random_seed(5L)
  keras_model_sequential(input_shape = 4) %>%
    layer_dense(8, activation = "relu", kernel_regularizer = regularizer_l2(0.01)) %>%
    layer_batch_normalization() %>%
    layer_dense(3)
}

`%as%` <- reticulate::`%as%`

# Batches of 8, in order, twice.
batches <- function(data) {
  lapply(rep(1:3, 2), function(i) list(data$x[8 * i - 7:0, ], data$y[8 * i - 7:0]))
}

in_python <- function(model, data) {
  reticulate::py_run_string("
def loop(model, x, y):
    import keras, numpy as np, tensorflow as tf
    x, y = np.asarray(x, 'float32'), np.asarray(y)
    optimizer, metric = keras.optimizers.Adam(0.01), keras.metrics.SparseCategoricalAccuracy()
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    values = []
    for epoch in range(2):
        for start in range(0, 24, 8):
            with tf.GradientTape() as tape:
                logits = model(x[start:start + 8], training=True)
                value = loss(y[start:start + 8], logits) + sum(model.losses)
            gradients = tape.gradient(value, model.trainable_weights)
            optimizer.apply_gradients(zip(gradients, model.trainable_weights))
            metric.update_state(y[start:start + 8], logits)
            values.append(float(value))
    return values, float(metric.result()), model.get_weights()
")$loop(model, data$x, data$y)
}

step_by_step <- function(model, data, tf, compiled) {
  optimizer <- optimizer_adam(learning_rate = 0.01)
  metric <- metric_sparse_categorical_accuracy()
  loss <- loss_sparse_categorical_crossentropy(from_logits = TRUE)
  step <- function(x, y) {
    with(tf$GradientTape() %as% tape, {
      logits <- model(x, training = TRUE)
      value <- loss(y, logits) + Reduce(`+`, model$losses)
    })
    gradients <- tape$gradient(value, model$trainable_weights)
    optimizer$apply_gradients(zip_lists(gradients, model$trainable_weights))
    metric$update_state(y, logits)
    value
  }
  optimizer$build(model$trainable_weights)
  run <- if (compiled) tf$`function`(step) else step
  values <- vapply(batches(data), function(batch) {
    c(x, y) %<-% batch
    as.numeric(run(as_tensor(x, "float32"), as_tensor(y)))
  }, 0)
  list(values, as.numeric(metric$result()), get_weights(model))
}

test_that("a loop with a tape comes to what it comes to in Python", {
  tf <- on_tensorflow()
  data <- classes()
  expected <- in_python(network(), data)
  expect_length(unique(expected[[1]]), 6)
  expect_equal(step_by_step(network(), data, tf, compiled = FALSE), expected, tolerance = 1e-6)
})

test_that("a compiled step comes to the same", {
  tf <- on_tensorflow()
  data <- classes()
  expect_equal(step_by_step(network(), data, tf, compiled = TRUE), in_python(network(), data), tolerance = 1e-5)
})

test_that("train_on_batch() in a loop comes to the same on every backend", {
  tf <- on_tensorflow()
  data <- classes()
  model <- network()
  model %>% compile(optimizer_adam(learning_rate = 0.01), loss_sparse_categorical_crossentropy(from_logits = TRUE))
  for (batch in batches(data)) model %>% train_on_batch(batch[[1]], batch[[2]])
  expect_equal(get_weights(model), in_python(network(), data)[[3]], tolerance = 1e-5)
})

test_that("two models with two optimizers and two tapes, as a GAN has them", {
  tf <- on_tensorflow()
  keras()$utils$set_random_seed(6L)
  generator <- keras_model_sequential(input_shape = 2) %>% layer_dense(3)
  critic <- keras_model_sequential(input_shape = 3) %>% layer_dense(1)
  loss <- loss_binary_crossentropy(from_logits = TRUE)
  noise <- tf$random$normal(shape = shape(5, 2))
  real <- as_tensor(samples()$x[1:5, ], "float32")
  before <- list(get_weights(generator), get_weights(critic))
  with(tf$GradientTape() %as% for_generator, {
    with(tf$GradientTape() %as% for_critic, {
      made <- generator(noise)
      of_critic <- loss(k_ones_like(critic(real)), critic(real)) + loss(k_zeros_like(critic(made)), critic(made))
      of_generator <- loss(k_ones_like(critic(made)), critic(made))
    })
  })
  expected <- lapply(for_generator$gradient(of_generator, generator$trainable_weights), as.array)
  gradients <- for_critic$gradient(of_critic, critic$trainable_weights)
  optimizer_sgd(learning_rate = 1)$apply_gradients(zip_lists(gradients, critic$trainable_weights))
  optimizer_sgd(learning_rate = 1)$apply_gradients(zip_lists(lapply(expected, as_tensor, "float32"),
                                                             generator$trainable_weights))
  for (i in 1:2) {
    expect_equal(get_weights(generator)[[i]], before[[1]][[i]] - expected[[i]], tolerance = 1e-5)
    expect_equal(get_weights(critic)[[i]], before[[2]][[i]] - as.array(gradients[[i]]), tolerance = 1e-5)
  }
})
