# A forecast of the temperature a day ahead, from a generator that is a function of R.
hours <- 0:799
temperature <- sin(2 * pi * hours / 24) + 0.3 * sin(2 * pi * hours / 240) + ((hours * 37) %% 17) / 40
pressure <- cos(2 * pi * hours / 240) + ((hours * 11) %% 13) / 50
data <- cbind(temperature, pressure)
train_data <- data[1:400, ]
data <- scale(data, center = colMeans(train_data), scale = apply(train_data, 2, max))

lookback <- 48
step <- 6
delay <- 24
batch_size <- 16

generator <- function(data, lookback, delay, min_index, max_index, batch_size, step) {
  i <- min_index + lookback
  function() {
    if (i + batch_size >= max_index) i <<- min_index + lookback
    rows <- i:(i + batch_size - 1)
    i <<- i + length(rows)
    samples <- array(0, dim = c(length(rows), lookback / step, ncol(data)))
    targets <- numeric(length(rows))
    for (j in seq_along(rows)) {
      indices <- seq(rows[[j]] - lookback, rows[[j]] - 1, by = step)
      samples[j, , ] <- data[indices, ]
      targets[[j]] <- data[rows[[j]] + delay, 1]
    }
    list(samples, targets)
  }
}
parts <- function(min_index, max_index) {
  generator(data, lookback, delay, min_index, max_index, batch_size, step)
}
train_gen <- parts(1, 400)
val_gen <- parts(401, 600)
test_gen <- parts(601, 776)
val_steps <- 6

use_session_with_seed(42, quiet = TRUE)
model <- keras_model_sequential() %>%
  layer_gru(units = 8, input_shape = list(NULL, ncol(data))) %>%
  layer_dense(units = 1)
model %>% compile(optimizer = optimizer_rmsprop(lr = 0.01), loss = "mae")

history <- model %>% fit_generator(
  train_gen,
  steps_per_epoch = 20,
  epochs = 4,
  validation_data = val_gen,
  validation_steps = val_steps,
  verbose = 0
)
again <- model %>% fit(train_gen, steps_per_epoch = 5, epochs = 2, verbose = 0)
loss <- model %>% evaluate_generator(test_gen, steps = 5)
predicted <- model %>% predict_generator(test_gen, steps = 3)
next_targets <- generator_next(test_gen)[[2]]
result <- list(
  history$metrics$loss, history$metrics$val_loss, again$metrics$loss, unlist(loss), predicted, next_targets
)
