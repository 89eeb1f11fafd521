tokenizer <- fit_text_tokenizer(text_tokenizer(), c("a text", "another text"))
file <- tempfile()
save_text_tokenizer(tokenizer, file)
load_text_tokenizer(file)$word_index
