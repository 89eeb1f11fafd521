# An LSTM that learns which letter follows, and goes on with a text.
use_session_with_seed(42, quiet = TRUE)
text <- paste(rep("die ros ist ohn warum sie bluehet weil sie bluehet", 2), collapse = " ")
letters_of <- strsplit(text, "")[[1]]
chars <- sort(unique(letters_of))
maxlen <- 8

text_indexes <- seq(1, nchar(text) - maxlen, by = 3)
x <- array(0, dim = c(length(text_indexes), maxlen, length(chars)))
y <- array(0, dim = c(length(text_indexes), length(chars)))
for (i in seq_along(text_indexes)) {
  for (t in 1:maxlen) {
    x[i, t, match(letters_of[[text_indexes[[i]] + t - 1]], chars)] <- 1
  }
  y[i, match(letters_of[[text_indexes[[i]] + maxlen]], chars)] <- 1
}

model <- keras_model_sequential() %>%
  layer_lstm(units = 12, input_shape = c(maxlen, length(chars))) %>%
  layer_dense(units = length(chars), activation = "softmax")
model %>% compile(loss = "categorical_crossentropy", optimizer = optimizer_rmsprop(lr = 0.05))

likeliest <- function(preds, temperature) {
  preds <- exp(log(preds) / temperature)
  which.max(preds / sum(preds))
}
losses <- c()
for (epoch in 1:4) {
  history <- model %>% fit(x, y, batch_size = 8, epochs = 2, shuffle = FALSE, verbose = 0)
  losses <- c(losses, history$metrics$loss)
}
generated <- letters_of[1:maxlen]
written <- c()
for (i in 1:10) {
  sampled <- array(0, dim = c(1, maxlen, length(chars)))
  for (t in 1:maxlen) {
    sampled[1, t, match(generated[[t]], chars)] <- 1
  }
  next_index <- likeliest((model %>% predict(sampled, verbose = 0))[1, ], 0.5)
  written <- c(written, next_index)
  generated <- c(generated[-1], chars[[next_index]])
}
result <- list(losses, written)
