if (is_keras_available("3.12")) {
  layer_category_encoding(c(0, 2), num_tokens = 3, output_mode = "one_hot")
  layer_hashing(c("red", "green"), num_bins = 4)
  layer_discretization(c(1.5, 20), bin_boundaries = c(1, 10))
}
