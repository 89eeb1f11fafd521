text_hashing_trick("The cat sat on the mat.", n = 1000, hash_function = "md5")
