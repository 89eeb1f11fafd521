if (is_keras_available("3.12")) {
  number <- layer_string_lookup(vocabulary = c("red", "green"))
  number(c("green", "blue"))
  word <- layer_string_lookup(vocabulary = get_vocabulary(number, include_special_tokens = FALSE), invert = TRUE)
  as.array(word(c(2, 0)))
}
