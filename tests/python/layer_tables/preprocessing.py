"""What prepares strings and numbers."""

import numpy as np

from .rows import Row, floats, whole

STRINGS = "there are no tensors of strings"
TEXT = np.array([["The cat, the CAT!"], ["a dog and a cat"], ["狗 🐕 dog"]])
WORDS = np.array([["cat", "dog"], ["cow", "cat"], ["猫", "🐕"]])
NUMBERS = np.array([[3, 9], [4, 3], [5, 0]])
ANIMALS = ["cat", "dog", "猫", "🐕"]
IDF = [0.5, 0.25, 2.0, 1.0]
BOUNDS = [-0.5, 0.0, 1.0]


def strings(name, samples, arguments, theirs=None, **more):
    return Row(name, samples, arguments, theirs, smooth=False, on_jax=STRINGS, **more)


def texts(arguments, **more):
    return strings("layer_text_vectorization", TEXT, {"vocabulary": ANIMALS, **arguments}, **more)


def words(arguments, samples=WORDS, **more):
    return strings("layer_string_lookup", samples, {"vocabulary": ANIMALS, **arguments}, **more)


def numbers(arguments, samples=NUMBERS, **more):
    return Row("layer_integer_lookup", samples, {"vocabulary": [3, 4, 5], **arguments}, smooth=False, **more)


def ranges(arguments, *more):
    return Row("layer_discretization", floats(4, 3), arguments, *more, smooth=False)


def none(_):
    """Keras 2 counted how rare words are among the weights."""
    return []


TF_IDF = {"output_mode": "tf_idf", "idf_weights": IDF}

ROWS = [
    texts({}),
    texts({"standardize": "lower", "output_sequence_length": 7}),
    texts({"standardize": "strip_punctuation", "output_sequence_length": 2, "encoding": "utf-8"}),
    texts({"standardize": None, "split": "character", "vocabulary": ["a", "猫", "c"], "ragged": False}),
    texts({"ngrams": 2, "vocabulary": ["the cat", "dog"]}),
    texts({"ngrams": (2, 3), "vocabulary": ["a dog", "the cat the"]}, theirs=None),
    texts({"output_mode": "multi_hot", "max_tokens": 8, "pad_to_max_tokens": True}),
    texts({"output_mode": "binary"}),
    texts({"output_mode": "count", "sparse": False}),
    texts(TF_IDF, weights=none),
    texts({**TF_IDF, "output_mode": "tf-idf"}, weights=none),
    words({}),
    words({"mask_token": "cow", "num_oov_indices": 2, "encoding": "utf-8"}),
    words({"invert": True, "oov_token": "?"}, NUMBERS),
    words({"output_mode": "one_hot"}, WORDS[:, :1]),
    words({"output_mode": "multi_hot", "max_tokens": 9, "pad_to_max_tokens": True}),
    words({"output_mode": "binary"}),
    words({"output_mode": "count", "sparse": True}),
    words(TF_IDF, weights=none),
    words({**TF_IDF, "output_mode": "tf-idf"}, weights=none),
    numbers({}),
    numbers({"mask_token": 0, "num_oov_indices": 3, "vocabulary_dtype": "int64"}),
    numbers({"invert": True, "oov_token": -7}),
    numbers({"output_mode": "one_hot"}, NUMBERS[:, 1:]),
    numbers({"output_mode": "count", "max_tokens": 9, "pad_to_max_tokens": True, "sparse": False}),
    numbers({"output_mode": "tf_idf", "idf_weights": IDF[:3]}, weights=none),
    Row("layer_category_encoding", whole(4, 3), {"num_tokens": 5}),
    Row("layer_category_encoding", whole(4, 1), {"max_tokens": 6, "output_mode": "one_hot"}),
    Row("layer_category_encoding", whole(4, 3), {"num_tokens": 5, "output_mode": "count", "sparse": False}),
    Row("layer_category_encoding", whole(4, 3), {"num_tokens": 5, "output_mode": "binary"}),
    Row("layer_hashing", NUMBERS, {"num_bins": 3}, smooth=False),
    Row("layer_hashing", NUMBERS, {"num_bins": 4, "mask_value": 9, "salt": 5}, smooth=False),
    Row("layer_hashing", NUMBERS[:, :1], {"num_bins": 4, "output_mode": "one_hot", "sparse": False}, smooth=False),
    strings("layer_hashing", WORDS, {"num_bins": 7}),
    strings("layer_hashing", WORDS, {"num_bins": 7, "mask_value": "cow", "salt": (3, 4), "output_mode": "int"}),
    ranges({"bin_boundaries": BOUNDS}),
    ranges({"bins": BOUNDS, "output_mode": "multi_hot"}, {"bin_boundaries": BOUNDS, "output_mode": "multi_hot"}),
    ranges({"bin_boundaries": BOUNDS, "output_mode": "count", "sparse": False}),
    Row("layer_normalization", floats(4, 3), {"mean": 0.5, "variance": 2.0}),
    Row("layer_normalization", floats(4, 3), {"mean": [0.5, 1, 2], "variance": [2.0, 1, 0.5], "invert": True}),
    Row(
        "layer_normalization",
        floats(4, 2, 3),
        {"axis": 2, "mean": [0.5, 1], "variance": [2.0, 1]},
        {"axis": 1, "mean": [0.5, 1], "variance": [2.0, 1]},
        on_oldest="it takes the mean of an axis within for that of the last one",
    ),
    Row("layer_normalization", floats(4, 3), {"axis": None, "mean": 0.5, "variance": 2.0}),
    Row("layer_rescaling", floats(4, 3), {"scale": 1 / 255}),
    Row("layer_rescaling", floats(4, 3), {"scale": [1.0, 2.0, 3.0], "offset": [0.5, -1.0, 0.0]}),
]
UNTRIED: dict[str, dict[str, str]] = {
    "layer_discretization": dict.fromkeys(["num_bins", "epsilon"], "adapt() makes use of it: test_adapting.py"),
    "layer_dense_features": dict.fromkeys(["feature_columns"], "the function refuses"),
}
