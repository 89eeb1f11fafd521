data <- matrix(seq_len(60), 20, 3)
generator <- timeseries_generator(data, seq_len(20), length = 4, batch_size = 8)
length(generator)
dim(reticulate::iter_next(reticulate::as_iterator(generator))[[1]])
