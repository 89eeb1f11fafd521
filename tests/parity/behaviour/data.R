texts <- c("The cat sat on the mat.", "今天天气 很好", "😀 Grüße! cat", "")

fitted <- function(...) text_tokenizer(...) %>% fit_text_tokenizer(texts)

flat <- function(value) as.numeric(unlist(value))

behaviour("texts_to_sequences_generator", {
  tokenizer <- fitted(num_words = 6)
  given <- texts_to_sequences_generator(tokenizer, texts)
  i <- 0
  asked <- texts_to_sequences_generator(tokenizer, function() {
    i <<- i + 1
    if (i < 3) texts[[i]]
  })
  list(flat(reticulate::iterate(given)), flat(reticulate::iterate(asked)))
})
behaviour("save_text_tokenizer", {
  tokenizer <- fitted()
  identical(save_text_tokenizer(tokenizer, "中文"), tokenizer)
})
behaviour("load_text_tokenizer", {
  save_text_tokenizer(fitted(num_words = 9), "tokenizer")
  again <- load_text_tokenizer("tokenizer")
  list(again$word_index[["很好"]], again$num_words, flat(texts_to_sequences(again, texts)))
})
behaviour("skipgrams", {
  sequence <- c(1, 5, 0, 3, 8, 1)
  pairs <- skipgrams(sequence, 9, window_size = 2, negative_samples = 0, seed = 3)
  rows <- skipgrams(sequence, 9, negative_samples = 0, shuffle = FALSE, categorical = TRUE)
  list(flat(pairs$couples), flat(pairs$labels), flat(rows$couples), flat(rows$labels))
})
