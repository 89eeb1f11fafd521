# Reviews as sequences of words: an embedding that is learnt, one that was given, and an LSTM behind it.
use_session_with_seed(42, quiet = TRUE)
subjects <- c("The film", "This story", "The acting", "The music", "\u7535\u5f71")
verdicts <- c("was wonderful!", "was great fun", "was dull...", "was a waste of time")
texts <- as.vector(outer(subjects, verdicts, paste))
labels <- rep(c(1, 1, 0, 0), each = length(subjects))
maxlen <- 6
max_words <- 16
embedding_dim <- 4

tokenizer <- text_tokenizer(num_words = max_words) %>% fit_text_tokenizer(texts)
sequences <- texts_to_sequences(tokenizer, texts)
data <- pad_sequences(sequences, maxlen = maxlen)
one_hot_results <- texts_to_matrix(tokenizer, texts, mode = "binary")

model <- keras_model_sequential() %>%
  layer_embedding(input_dim = max_words, output_dim = embedding_dim, input_length = maxlen) %>%
  layer_flatten() %>%
  layer_dense(units = 1, activation = "sigmoid")
model %>% compile(optimizer = "rmsprop", loss = "binary_crossentropy", metrics = c("acc"))
learnt <- model %>% fit(data, labels, epochs = 3, batch_size = 5, shuffle = FALSE, verbose = 0)

embedding_matrix <- array_reshape((0:(max_words * embedding_dim - 1) * 7) %% 11 / 11, c(max_words, embedding_dim))
recurrent <- keras_model_sequential() %>%
  layer_embedding(input_dim = max_words, output_dim = embedding_dim, input_length = maxlen) %>%
  layer_lstm(units = 5) %>%
  layer_dense(units = 1, activation = "sigmoid")
get_layer(recurrent, index = 1) %>%
  set_weights(list(embedding_matrix)) %>%
  freeze_weights()
recurrent %>% compile(optimizer = optimizer_rmsprop(lr = 0.01), loss = "binary_crossentropy", metrics = c("acc"))
given <- recurrent %>% fit(data, labels, epochs = 3, batch_size = 5, shuffle = FALSE, verbose = 0)
kept <- get_weights(get_layer(recurrent, index = 1))[[1]]

result <- list(learnt$metrics$loss, given$metrics$loss, given$metrics$acc, predict(recurrent, data), data,
               one_hot_results, kept, embedding_matrix)
