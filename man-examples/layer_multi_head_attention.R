if (is_keras_available("3.12")) {
  query <- layer_input(shape = c(8, 16))
  value <- layer_input(shape = c(4, 16))
  layer_multi_head_attention(list(query, value), num_heads = 2, key_dim = 8)
  layer_attention(list(query, value), use_scale = TRUE)
}
