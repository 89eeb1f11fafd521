x <- matrix(c(0.1, -0.2, 0.3, 0.4, 0.5, 0.6, -0.7, 0.8), 4)
y <- c(1, 0, 1, 1)

line <- function(lr = 0.1) {
  model <- keras_model_sequential()
  model %>% layer_dense(units = 1, input_shape = c(2), kernel_initializer = "ones")
  model %>% compile(loss = "mse", optimizer = optimizer_sgd(lr = lr))
  model
}

train <- function(callbacks, epochs = 4, model = line(), ...) {
  model %>% fit(x, y, batch_size = 2, epochs = epochs, shuffle = FALSE, verbose = 0, validation_data = list(x, -y),
                callbacks = callbacks, ...)
}

behaviour("callback_early_stopping", {
  stopped <- train(list(callback_early_stopping(monitor = "val_loss", patience = 2)), epochs = 9)
  model <- line()
  stopping <- callback_early_stopping("val_loss", min_delta = 0.01, mode = "min", patience = 1,
                                      restore_best_weights = TRUE)
  kept <- train(stopping, epochs = 9, model = model)
  list(length(stopped$metrics$loss), stopped$metrics$val_loss, length(kept$metrics$loss), as.numeric(predict(model, x)))
})
behaviour("callback_model_checkpoint", {
  model <- line()
  train(list(
    callback_model_checkpoint("weights.{epoch:02d}-{val_loss:.2f}.hdf5"),
    callback_model_checkpoint("best.h5", monitor = "val_loss", save_best_only = TRUE, save_weights_only = TRUE),
    callback_model_checkpoint("second.{epoch}.h5", period = 2)
  ), model = model)
  best <- line()
  load_model_weights_hdf5(best, "best.h5")
  last <- load_model_hdf5("second.4.h5")
  list(sort(list.files(pattern = "^weights[.].*-|^second")), as.numeric(predict(best, x)), as.numeric(predict(last, x)),
       as.numeric(predict(model, x)))
})
behaviour("callback_learning_rate_scheduler", {
  one <- train(callback_learning_rate_scheduler(function(epoch) 0.1 / (epoch + 1)))
  two <- train(list(callback_learning_rate_scheduler(function(epoch, lr) lr / 2)))
  list(one$metrics$lr, two$metrics$lr, two$metrics$loss)
})
behaviour("callback_reduce_lr_on_plateau", {
  plain <- train(callback_reduce_lr_on_plateau(monitor = "val_loss", factor = 0.5, patience = 1), epochs = 6)
  plateau <- callback_reduce_lr_on_plateau("val_loss", factor = 0.1, patience = 1, cooldown = 2, min_lr = 0.002)
  waiting <- train(plateau, epochs = 8)
  list(plain$metrics$lr, waiting$metrics$lr, waiting$metrics$loss)
})
behaviour("callback_csv_logger", {
  train(callback_csv_logger("log.csv"))
  train(list(callback_csv_logger("log.csv", separator = ",", append = TRUE)), epochs = 2)
  table <- read.csv("log.csv")
  list(names(table), nrow(table), table$loss, table$val_loss, table$epoch)
})
behaviour("callback_json_logger", {
  train(callback_json_logger("log.jsonl"))
  readLines("log.jsonl")
})
behaviour("callback_lambda", {
  called <- character()
  note <- function(...) called <<- c(called, paste(...))
  train(callback_lambda(
    on_train_begin = function(logs) note("train"),
    on_epoch_begin = function(epoch, logs) note("epoch", epoch),
    on_batch_end = function(batch, logs) note("batch", batch),
    on_epoch_end = function(epoch, logs) note("end", epoch, paste(sort(names(logs)), collapse = " ")),
    on_train_end = function(logs) note("over")
  ), epochs = 2)
  called
})
behaviour("callback_progbar_logger", train(callback_progbar_logger(), epochs = 2)$metrics$loss)
behaviour("callback_remote_monitor", {
  root <- Sys.getenv("RKERAS_MONITOR")
  train(callback_remote_monitor(root = root, path = "/there/", field = "logs"), epochs = 2)
  readLines(Sys.getenv("RKERAS_POSTS"))
})
behaviour("callback_tensorboard", {
  train(callback_tensorboard("board"), epochs = 2)
  list(sort(list.files("board")), length(list.files("board", recursive = TRUE)))
})
behaviour("callback_terminate_on_naan", {
  length(train(callback_terminate_on_naan(), model = line(1e30), epochs = 9)$metrics$loss)
})
behaviour("callback_terminate_on_nan", {
  length(train(callback_terminate_on_nan(), model = line(1e30), epochs = 9)$metrics$loss)
})
behaviour("callback_backup_and_restore", {
  stop_at <- callback_lambda(on_epoch_begin = function(epoch, logs) if (epoch == 2) stop("the night"))
  broken <- tryCatch(train(list(callback_backup_and_restore("backup"), stop_at)), error = function(cond) "broken")
  model <- line()
  again <- train(callback_backup_and_restore("backup"), model = model)
  list(broken, utils::tail(again$metrics$loss, 2), as.numeric(predict(model, x)))
})

stopped <- function(callback, ...) {
  history <- train(callback, epochs = 12, ...)
  values <- history$metrics$val_loss
  list(values, history$stopped_epoch, history$stop_reason, callback$stop_reason, length(history$metrics$loss))
}

behaviour("callback_early_stopping_gl", {
  model <- line()
  gl <- callback_early_stopping_gl(5, restore_best_weights = TRUE)
  list(stopped(gl, model = model), as.numeric(predict(model, x)), train(callback_early_stopping_gl(50))$metrics$gl)
})
behaviour("callback_early_stopping_pq", {
  list(stopped(callback_early_stopping_pq(0.01, k = 2)), train(callback_early_stopping_pq(9, k = 2))$metrics$pq[-1])
})
behaviour("callback_early_stopping_up", {
  list(stopped(callback_early_stopping_up(2, k = 2)), train(callback_early_stopping_up(9, k = 1))$metrics$up)
})
behaviour("callback_stop_at", {
  list(stopped(callback_stop_at("loss", 0.4)), stopped(callback_stop_at("val_loss", threshold = 2.3, mode = "max")))
})
behaviour("callback_timer", list(stopped(callback_timer(1e-6)), callback_timer("00:01:30")$duration))
