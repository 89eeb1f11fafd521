# Short texts, made up of the numbers of words: those of the second kind have words that the first has not.
library(rkeras)

use_session_with_seed(7, quiet = TRUE)
texts <- lapply(0:239, function(i) {
  words <- (i * 7 + (1:(3 + i %% 9))^2) %% 40 + 1
  if (i %% 2 == 1) c(words, 41 + i %% 5) else words
})
x <- pad_sequences(texts, maxlen = 10)
y <- 0:239 %% 2

model <- keras_model_sequential() %>%
  layer_embedding(input_dim = 46, output_dim = 8, input_length = 10) %>%
  layer_conv_1d(filters = 8, kernel_size = 3, activation = "relu") %>%
  layer_lstm(units = 8) %>%
  layer_dense(units = 1, activation = "sigmoid")

model %>% compile(optimizer = optimizer_adam(lr = 0.01), loss = "binary_crossentropy", metrics = list("acc"))

history <- model %>% fit(
  x, y,
  epochs = 6, batch_size = 24, validation_split = 0.25, verbose = 0,
  callbacks = list(
    callback_learning_rate_scheduler(function(epoch) if (epoch < 3) 0.01 else 0.005),
    callback_model_checkpoint("weights.{epoch:02d}-{val_loss:.2f}.hdf5", save_weights_only = TRUE),
    callback_terminate_on_naan()
  )
)
print(history)
