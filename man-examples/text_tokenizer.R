texts <- c("The cat sat on the mat.", "The dog ate my homework.")
tokenizer <- text_tokenizer(num_words = 100) %>% fit_text_tokenizer(texts)
tokenizer$word_index$the

sequences <- texts_to_sequences(tokenizer, texts)
pad_sequences(sequences, maxlen = 8)
texts_to_matrix(tokenizer, texts, mode = "binary")[, 1:5]
