"""Data sets of texts whose words are numbers, and which word has which."""

from typing import Annotated

import keras
from annotated_types import Ge, Lt

from ..language import Count, Name, RInteger, Size, r_function
from .downloaded import RAISES, RETURNS, Dataset, downloaded, load

_INDEX = "The number of each word, by its name; the numbers in the data set are `index_from` more."


@r_function(Returns=RETURNS, Raises=RAISES)
def dataset_reuters(
    path: Name = "reuters.npz",
    num_words: Size | None = None,
    skip_top: Annotated[Count, RInteger()] = 0,
    maxlen: Size | None = None,
    test_split: Annotated[float, Ge(0), Lt(1)] = 0.2,
    seed: Annotated[Count, RInteger()] = 113,
    start_char: Annotated[Count, RInteger()] = 1,
    oov_char: Annotated[Count, RInteger()] = 2,
    index_from: Annotated[Count, RInteger()] = 3,
) -> Dataset:
    """News of Reuters's of 1987 as the numbers of their words, and their topics, from 0 to 45.

    Args:
        path: The name of the file in Keras's cache, `~/.keras/datasets`.
        num_words: How many of the most frequent words are kept; all if `None`.
        skip_top: How many of the most frequent words are left out.
        maxlen: The longest text that is kept, in words; all if `None`.
        test_split: The share of the texts that is kept for the test, from 0 to 1.
        seed: The seed of the order of the texts.
        start_char: The number in front of each text.
        oov_char: The number of words that were left out.
        index_from: What is added to the number of each word.

    Source:
        R keras 2.2.5.0, `dataset_reuters`; Keras, `keras.datasets.reuters`.
    """
    arguments = locals()
    return load("dataset_reuters", [path], lambda: keras.datasets.reuters.load_data(**arguments))


@r_function(Returns=_INDEX, Raises=RAISES)
def dataset_reuters_word_index(path: Name = "reuters_word_index.pkl") -> dict[str, int]:
    """Which number a word has in `dataset_reuters()`.

    Args:
        path: The name of the file in Keras's cache, `~/.keras/datasets`; the default stands for
            `"reuters_word_index.json"`, which it is today.

    Source:
        R keras 2.2.5.0, `dataset_reuters_word_index`; Keras, `keras.datasets.reuters`.
    """
    name = "reuters_word_index.json" if path == "reuters_word_index.pkl" else path
    words: dict[str, int] = downloaded(
        "dataset_reuters_word_index", [name], lambda: keras.datasets.reuters.get_word_index(name)
    )
    return words


@r_function(Returns=_INDEX, Raises=RAISES)
def dataset_imdb_word_index(path: Name = "imdb_word_index.json") -> dict[str, int]:
    """Which number a word has in `dataset_imdb()`.

    Args:
        path: The name of the file in Keras's cache, `~/.keras/datasets`.

    Source:
        R keras 2.2.5.0, `dataset_imdb_word_index`; Keras, `keras.datasets.imdb`.
    """
    words: dict[str, int] = downloaded(
        "dataset_imdb_word_index", [path], lambda: keras.datasets.imdb.get_word_index(path)
    )
    return words
