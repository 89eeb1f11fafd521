windows <- timeseries_dataset_from_array(seq_len(20), targets = NULL, sequence_length = 5, start_index = 3)
first <- reticulate::iter_next(reticulate::as_iterator(windows))
first$numpy()[1, ]
