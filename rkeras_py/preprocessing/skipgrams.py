"""skipgrams() and make_sampling_table(): which words stand near which."""

import random
from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from annotated_types import Ge

from ..keras_internals import legacy_preprocessing
from ..language import Count, Size, r_function, refuse


class Skipgrams(NamedTuple):
    """Pairs of words, and whether the second one stands near the first one; unpacks as `couples, labels`."""

    couples: list[list[int]]
    labels: list[Any]


@r_function
def skipgrams(
    sequence: Sequence[Count],
    vocabulary_size: Size,
    window_size: Count = 4,
    negative_samples: Annotated[float, Ge(0)] = 1,
    shuffle: bool = True,
    categorical: bool = False,
    sampling_table: Sequence[float] | None = None,
    seed: int | None = None,
) -> Skipgrams:
    """Pairs each word of a sequence with those near it, and with random ones.

    Args:
        sequence: The numbers of the words of a text; 0 is no word.
        vocabulary_size: One more than the largest number of a word.
        window_size: How many words to each side are near.
        negative_samples: How many random pairs there are, for each pair of near words.
        shuffle: Whether the pairs are put into a random order.
        categorical: Whether a label is `c(0, 1)` for near words and `c(1, 0)` for random ones, in the place of 1 and 0.
        sampling_table: With which probability a word is taken, beginning with that of the number 0, as
            `make_sampling_table()` gives them; all are taken if `None`.
        seed: The seed of the order; random if `None`. The random words are drawn by Python's `random`.

    Returns:
        A list of `couples`, pairs of numbers, and their `labels`; in Python a named tuple.

    Raises:
        ArgumentError: An argument is not what it must be, or `sampling_table` is too short.

    Source:
        R keras 2.2.5.0, `skipgrams`; Keras, `keras.src.legacy.preprocessing.sequence`, which on Python 3.12 and newer
        fails without a seed.
    """
    words, largest = list(sequence), max(sequence)
    if sampling_table is not None and len(sampling_table) <= largest:
        refuse(skipgrams, "sampling_table", sampling_table, f"a vector of {largest + 1} probabilities or more")
    couples: list[list[int]] = []
    for place, word in enumerate(words):
        if word and (sampling_table is None or sampling_table[word] >= random.random()):
            near = words[max(0, place - window_size) : place] + words[place + 1 : place + window_size + 1]
            couples += [[word, other] for other in near if other]
    positive = len(couples)
    negative = int(positive * negative_samples)
    if negative and vocabulary_size < 2:
        refuse(skipgrams, "vocabulary_size", vocabulary_size, "2 or more, where random words are drawn")
    if negative_samples > 0:
        first = [word for word, _ in couples]
        random.shuffle(first)
        couples += [[first[i % positive], random.randint(1, vocabulary_size - 1)] for i in range(negative)]
    near_and_random: list[Any] = [[0, 1], [1, 0]] if categorical else [1, 0]
    labels = [near_and_random[0]] * positive + [near_and_random[1]] * negative
    if shuffle:
        seed = random.randint(0, 10_000_000) if seed is None else seed
        for one in (couples, labels):
            random.seed(seed)
            random.shuffle(one)
    return Skipgrams(couples, labels)


@r_function
def make_sampling_table(size: Size, sampling_factor: Annotated[float, Ge(0)] = 1e-5) -> Any:
    """With which probability `skipgrams()` is to take each word: the more frequent it is, the less often.

    Args:
        size: How many words there are, by falling frequency, which is taken to be as Zipf has it.
        sampling_factor: The frequency above which a word is taken less often.

    Returns:
        A vector of probabilities, beginning with that of the number 0.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `make_sampling_table`; Keras, `keras.src.legacy.preprocessing.sequence`.
    """
    return legacy_preprocessing("sequence").make_sampling_table(size, sampling_factor)
