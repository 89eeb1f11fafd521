# Handwritten digits with convolutions; the learning rate is cut when the validation loss stays where it is.
library(rkeras)

use_session_with_seed(7, quiet = TRUE)
digits <- read.csv("data/digits.csv")
x <- array_reshape(as.matrix(digits[, 1:64]), c(600, 8, 8, 1)) / 16
y <- to_categorical(digits$digit, 10)

model <- keras_model_sequential() %>%
  layer_conv_2d(filters = 8, kernel_size = c(3, 3), activation = "relu", input_shape = c(8, 8, 1)) %>%
  layer_max_pooling_2d(pool_size = c(2, 2)) %>%
  layer_dropout(rate = 0.25) %>%
  layer_flatten() %>%
  layer_dense(units = 32, activation = "relu", kernel_regularizer = regularizer_l2(0.001)) %>%
  layer_batch_normalization() %>%
  layer_dense(units = 10, activation = "softmax")

model %>% compile(
  loss = "categorical_crossentropy", optimizer = optimizer_rmsprop(lr = 0.01, decay = 1e-3), metrics = "accuracy"
)

history <- model %>% fit(
  x, y,
  batch_size = 60, epochs = 8, validation_split = 0.2, verbose = 0,
  callbacks = callback_reduce_lr_on_plateau(monitor = "val_loss", factor = 0.5, patience = 1)
)
print(history)

classes <- max.col(predict(model, x)) - 1
mean(classes == digits$digit)
