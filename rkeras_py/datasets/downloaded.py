"""Data sets of the books under their R names, from Keras's cache or its download."""

import os
from collections.abc import Callable, Sequence
from typing import Annotated, Any, NamedTuple

import keras
from annotated_types import Ge, Lt

from ..language import Count, Name, RInteger, Size, r_function


class Split(NamedTuple):
    """Samples and their targets."""

    x: Any
    y: Any


class Dataset(NamedTuple):
    """A data set in two parts; it also unpacks as `(x_train, y_train), (x_test, y_test)`."""

    train: Split
    test: Split


class DownloadError(OSError):
    """A data set is not there and cannot be had."""


RETURNS = """The samples `x` and their targets `y` in two parts, `train` and `test`. In R `c(c(x_train, y_train),
c(x_test, y_test)) %<-%` takes it apart, in Python `(x_train, y_train), (x_test, y_test) =`."""
RAISES = """ArgumentError: An argument is not what it must be.
DownloadError: The file is not in Keras's cache and cannot be downloaded."""


@r_function(Returns=RETURNS, Raises=RAISES)
def dataset_mnist(path: Name = "mnist.npz") -> Dataset:
    """Handwritten digits (LeCun, Cortes and Burges): images of 28 by 28 pixels from 0 to 255, and the digits.

    Args:
        path: The name of the file in Keras's cache, `~/.keras/datasets`.

    Source:
        R keras 2.2.5.0, `dataset_mnist`; Keras, `keras.datasets.mnist`.
    """
    return load("dataset_mnist", [path], lambda: keras.datasets.mnist.load_data(path))


@r_function(Returns=RETURNS, Raises=RAISES)
def dataset_imdb(
    path: Name = "imdb.npz",
    num_words: Size | None = None,
    skip_top: Annotated[Count, RInteger()] = 0,
    maxlen: Size | None = None,
    seed: Annotated[Count, RInteger()] = 113,
    start_char: Annotated[Count, RInteger()] = 1,
    oov_char: Annotated[Count, RInteger()] = 2,
    index_from: Annotated[Count, RInteger()] = 3,
) -> Dataset:
    """Film reviews (Maas et al., 2011) as the numbers of their words, and 1 for those that praise, 0 for the others.

    Args:
        path: The name of the file in Keras's cache, `~/.keras/datasets`.
        num_words: How many of the most frequent words are kept; all if `None`.
        skip_top: How many of the most frequent words are left out.
        maxlen: The longest review that is kept, in words; all if `None`.
        seed: The seed of the order of the reviews.
        start_char: The number in front of each review.
        oov_char: The number of words that were left out.
        index_from: What is added to the number of each word.

    Source:
        R keras 2.2.5.0, `dataset_imdb`; Keras, `keras.datasets.imdb`.
    """
    arguments = locals()
    return load("dataset_imdb", [path], lambda: keras.datasets.imdb.load_data(**arguments))


@r_function(Returns=RETURNS, Raises=RAISES)
def dataset_boston_housing(
    path: Name = "boston_housing.npz",
    test_split: Annotated[float, Ge(0), Lt(1)] = 0.2,
    seed: Annotated[Count, RInteger()] = 113,
) -> Dataset:
    """Houses of Boston suburbs in the 1970s: 13 properties, and the median price in 1,000 dollars.

    Args:
        path: The name of the file in Keras's cache, `~/.keras/datasets`.
        test_split: The share of the houses that is kept for the test, from 0 to 1.
        seed: The seed of the order of the houses.

    Source:
        R keras 2.2.5.0, `dataset_boston_housing`; Keras, `keras.datasets.boston_housing`.
    """
    arguments = locals()
    return load("dataset_boston_housing", [path], lambda: keras.datasets.boston_housing.load_data(**arguments))


def load(owner: str, files: Sequence[str], read: Callable[[], Any]) -> Dataset:
    """Reads a data set in two parts.

    Args:
        owner: The R function.
        files: The files in Keras's cache.
        read: What Keras has for it.

    Raises:
        DownloadError: A file is not in Keras's cache and cannot be downloaded.
    """
    (x_train, y_train), (x_test, y_test) = downloaded(owner, files, read)
    return Dataset(Split(x_train, y_train), Split(x_test, y_test))


def downloaded(owner: str, files: Sequence[str], read: Callable[[], Any]) -> Any:
    """Has Keras read files that it downloads if need be, as `load()` does."""
    cache = os.path.join(os.path.expanduser(os.environ.get("KERAS_HOME", "~/.keras")), "datasets")
    paths = [os.path.join(cache, file) for file in files]
    try:
        return read()
    except Exception as error:
        # Keras tells of a failed download by a bare Exception; every other error is of a class of its own.
        if type(error) is not Exception:
            raise
        missing = next((path for path in paths if not os.path.exists(path)), paths[0])
        raise DownloadError(
            f"{owner}(): {missing} is not there, and cannot be downloaded ({error}). "
            "Put the file there, or call again when there is a network."
        ) from None
