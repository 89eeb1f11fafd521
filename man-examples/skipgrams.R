pairs <- skipgrams(c(1, 5, 3, 2), vocabulary_size = 6, window_size = 1, seed = 7)
length(pairs$couples)
table(unlist(pairs$labels))
