# Two moons: training stops when the validation loss no longer improves, and the best model is kept.
library(rkeras)

use_session_with_seed(7, quiet = TRUE)
moons <- read.csv("data/moons.csv")
x <- as.matrix(moons[, c("x1", "x2")])
y <- moons$y
x_train <- x[1:30, ]
y_train <- y[1:30]
x_test <- x[31:100, ]
y_test <- y[31:100]

model <- keras_model_sequential() %>%
  layer_dense(units = 100, activation = "relu", input_shape = c(2)) %>%
  layer_dense(units = 1, activation = "sigmoid")

model %>% compile(loss = "binary_crossentropy", optimizer = "adam", metrics = c("accuracy"))

history <- model %>% fit(
  x_train, y_train,
  validation_data = list(x_test, y_test), epochs = 300, verbose = 0,
  callbacks = list(
    callback_early_stopping(monitor = "val_loss", mode = "min", patience = 20),
    callback_model_checkpoint("best_model.h5", monitor = "val_acc", mode = "max", save_best_only = TRUE),
    callback_csv_logger("log.csv")
  )
)
print(history)

best <- load_model_hdf5("best_model.h5")
best %>% evaluate(x_test, y_test, verbose = 0)
