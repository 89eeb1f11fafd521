"""How something gets onto a disk and back: files replaced as a whole, HDF5, copies of a model in training."""
