# Digits from all their pixels and from how dark their rows are: a functional model of two inputs.
library(rkeras)

use_session_with_seed(7, quiet = TRUE)
digits <- read.csv("data/digits.csv")
pixels <- as.matrix(digits[, 1:64]) / 16
rows <- apply(array_reshape(pixels, c(600, 8, 8)), c(1, 2), sum) / 8

pixel_input <- layer_input(shape = c(64), name = "pixels")
row_input <- layer_input(shape = c(8), name = "rows")
hidden <- pixel_input %>% layer_dense(units = 32, activation = "relu")
output <- layer_concatenate(list(hidden, row_input)) %>%
  layer_dense(units = 16) %>%
  layer_activation("relu") %>%
  layer_dense(units = 10, activation = "softmax", kernel_constraint = constraint_maxnorm(3))
model <- keras_model(inputs = list(pixel_input, row_input), outputs = output)

model %>% compile(
  optimizer = optimizer_sgd(lr = 0.1, momentum = 0.9), loss = "sparse_categorical_crossentropy", metrics = "accuracy"
)

history <- model %>% fit(
  list(pixels = pixels, rows = rows), digits$digit,
  epochs = 5, validation_split = 0.2, verbose = 0, callbacks = callback_early_stopping("val_accuracy", patience = 2)
)
print(history)
