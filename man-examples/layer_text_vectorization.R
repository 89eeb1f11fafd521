if (is_keras_available("3.12")) {
  texts <- c("The sun is out", "The moon is new")
  vectorize <- layer_text_vectorization(output_sequence_length = 5)
  adapt(vectorize, texts)
  get_vocabulary(vectorize)
  vectorize(texts)

  # Or straight on the texts
  layer_text_vectorization(texts, vocabulary = c("sun", "moon"), output_mode = "multi_hot")
}
