"""What a single text is made into: words, or their numbers by a hash."""

import hashlib
from collections.abc import Callable
from typing import Annotated, Any, Literal

from annotated_types import Ge

from ..language import REQUIRED, Name, OtherName, r_function, refuse
from ..language.notices import warn
from .texts import FILTERS, splitter

Numbers = Annotated[int, Ge(2)]
_said: set[str] = set()


@r_function
def text_to_word_sequence(text: str, filters: str = FILTERS, lower: bool = True, split: Name = " ") -> list[str]:
    """Takes a text apart into its words.

    Args:
        text: The text.
        filters: The characters that stand for a space; none of them is in a word.
        lower: Whether words are to be in small letters.
        split: What stands between two words.

    Returns:
        A vector of words.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `text_to_word_sequence`; Keras, `keras.src.legacy.preprocessing.text`.
    """
    return splitter(filters, lower, split)(text)


@r_function
def text_one_hot(
    text: str = REQUIRED,
    n: Numbers = REQUIRED,
    filters: str = FILTERS,
    lower: bool = True,
    split: Name = " ",
    input_text: Annotated[str | None, OtherName("text")] = None,
) -> list[int]:
    """Gives each word of a text a number by Python's hash of it, which is another one in each session.

    Args:
        text: The text.
        n: One more than the largest number; different words may have the same one.
        filters: The characters that stand for a space; none of them is in a word.
        lower: Whether words are to be in small letters.
        split: What stands between two words.
        input_text: Another name of `text`.

    Returns:
        A vector of whole numbers from 1 to `n` - 1.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `text_one_hot`; Keras, `keras.src.legacy.preprocessing.text`.
    """
    return _hashed(text_one_hot, splitter(filters, lower, split)(text), n, None)


@r_function
def text_hashing_trick(
    text: str,
    n: Numbers,
    hash_function: Callable[..., Any] | Literal["md5"] | None = None,
    filters: str = FILTERS,
    lower: bool = True,
    split: Name = " ",
) -> list[int]:
    """Gives each word of a text a number by a hash of it.

    Args:
        text: The text.
        n: One more than the largest number; different words may have the same one.
        hash_function: `"md5"`, whose numbers are always the same, or a function of a word that returns a whole number.
            If `None`, Python's `hash`, which is another one in each session.
        filters: The characters that stand for a space; none of them is in a word.
        lower: Whether words are to be in small letters.
        split: What stands between two words.

    Returns:
        A vector of whole numbers from 1 to `n` - 1.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `text_hashing_trick`; Keras, `keras.src.legacy.preprocessing.text`.
    """
    return _hashed(text_hashing_trick, splitter(filters, lower, split)(text), n, hash_function)


def _hashed(function: Any, words: list[str], n: int, by: Callable[[str], Any] | str | None) -> list[int]:
    if by is None and function.__name__ not in _said:
        _said.add(function.__name__)
        warn(
            function.__name__,
            "Python's hash gives a word another number in each session; "
            'text_hashing_trick() with hash_function = "md5" gives it the same.',
            stacklevel=5,
        )
    number_of = hash if by is None else _md5 if by == "md5" else by
    numbers = [number_of(word) for word in words]  # type: ignore[operator]
    for one in numbers:
        if not isinstance(one, int | float) or one != one or abs(one) == float("inf"):
            refuse(function, "hash_function", one, "a function that returns a number")
    return [int(one) % (n - 1) + 1 for one in numbers]


def _md5(word: str) -> int:
    return int(hashlib.md5(word.encode(), usedforsecurity=False).hexdigest(), 16)
