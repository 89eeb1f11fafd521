# A training with all callbacks that write files, for somebody to kill: training.py in R.
library(rkeras)

Losses <- R6::R6Class("Losses", # nolint: object_name_linter.
  inherit = KerasCallback,
  public = list(
    losses = NULL,
    on_train_begin = function(logs) {
      self$losses <- NULL
    },
    on_epoch_end = function(epoch, logs) {
      self$losses <- c(self$losses, logs$loss)
    },
    get_state = function() self$losses,
    set_state = function(state) {
      self$losses <- state
    }
  )
)

use_session_with_seed(11, quiet = TRUE)
rows <- matrix(0:3199, 400, byrow = TRUE)
x <- sin(rows * 1.7) + cos(rows * 0.3)
y <- as.numeric(x[, 1] * x[, 2] + 0.5 * sin(rows[, 1] * 7) > 0)

model <- keras_model_sequential() %>%
  layer_dense(32, activation = "relu", input_shape = 8) %>%
  layer_dropout(0.4) %>%
  layer_dense(1, activation = "sigmoid")
model %>% compile(optimizer = optimizer_adam(lr = 0.02), loss = "binary_crossentropy", metrics = "accuracy")

losses <- Losses$new()
history <- model %>% fit(
  x, y,
  epochs = 25, batch_size = 20, verbose = 0, validation_split = 0.25,
  callbacks = list(
    callback_backup_and_restore("backup", delete_checkpoint = FALSE),
    callback_lambda(on_train_begin = function(logs) file.create("begun")),
    callback_model_checkpoint("whole.{epoch:02d}.hdf5"),
    callback_model_checkpoint("best.keras", save_best_only = TRUE),
    callback_model_checkpoint("latest.weights.h5", save_weights_only = TRUE),
    callback_csv_logger("log.csv", append = TRUE),
    callback_json_logger("log.jsonl"),
    callback_tensorboard("events", histogram_freq = 2, update_freq = 100),
    callback_reduce_lr_on_plateau(factor = 0.5, patience = 2),
    callback_early_stopping(patience = 5, restore_best_weights = TRUE),
    losses
  )
)

result <- list(
  metrics = history$metrics, epoch = history$epochs, stopped_epoch = history$stopped_epoch,
  stop_reason = history$stop_reason, losses = losses$losses, weights = lapply(get_weights(model), as.vector)
)
writeLines(jsonlite::toJSON(result, digits = NA, auto_unbox = TRUE), "result.part")
invisible(file.rename("result.part", "result.json"))
