"""Texts as arguments, and how they are taken apart into words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from ..language.kinds import Kind, Unfit
from ..language.wording import RFactor, show
from .sequences import ListOfSequences

FILTERS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n'


class Texts(Kind):
    """Texts as a list of strings; one that is taken apart already is a list of its words."""

    def wants(self) -> str:
        return "a string or a vector of strings"

    def convert(self, value: Any) -> Any:
        if isinstance(value, RFactor):
            value = value.labels()
        if isinstance(value, Mapping):
            value = list(value.values())
        if hasattr(value, "__array__") and not isinstance(value, type):
            value = np.asarray(value).tolist()
        if isinstance(value, str):
            return [value]
        if not isinstance(value, list | tuple):
            raise Unfit
        if set(map(type, value)) <= {str}:
            return list(value)
        return [_text(one, number) for number, one in enumerate(value, 1)]


class TextSource(Texts):
    """The same, or what gives one text after the other: a function, which ends with NULL, or an iterator."""

    def wants(self) -> str:
        return "a string, a vector of strings, or a function that returns one string after the other"

    def convert(self, value: Any) -> Any:
        if callable(value) and not isinstance(value, type):
            return _texts(iter(value, None))
        return _texts(value) if isinstance(value, Iterator) else super().convert(value)


class WordNumbers(ListOfSequences):
    """Sequences of the numbers of words, as lists."""

    def wants(self) -> str:
        return "a list of vectors of numbers of words"

    def convert(self, value: Any) -> list[list[int]]:
        sequences = super().convert(value)
        if not all(np.isfinite(one).all() and (one == np.floor(one)).all() and (one >= 0).all() for one in sequences):
            raise Unfit
        return [one.astype("int64").tolist() for one in sequences]


class Sequences(list[list[int]]):
    """Sequences of numbers, where texts may stand as well."""


class TextsOrSequences(TextSource):
    """Texts, or sequences of the numbers of words."""

    def wants(self) -> str:
        return f"{super().wants()}, or {WordNumbers().wants()}"

    def convert(self, value: Any) -> Any:
        try:
            return super().convert(value)
        except Unfit as unfit:
            try:
                return Sequences(WordNumbers().convert(value))
            except Unfit:
                raise unfit from None


def splitter(filters: str, lower: bool, split: str) -> Callable[[str], list[str]]:
    """What takes a text apart into its words.

    Args:
        filters: The characters that stand for `split`.
        lower: Whether words are written in small letters.
        split: What stands between words.
    """
    table = str.maketrans(dict.fromkeys(filters, split))

    def words(text: str) -> list[str]:
        if lower:
            text = text.lower()
        return [word for word in text.translate(table).split(split) if word]

    return words


def _text(value: Any, number: int) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, RFactor):
        return value.labels()
    words = value.tolist() if isinstance(value, np.ndarray) else value
    if isinstance(words, list | tuple) and all(isinstance(word, str) for word in words):
        return list(words)
    raise Unfit(f" Text {number} is {show(value)}.")


def _texts(values: Iterable[Any]) -> Iterator[Any]:
    for number, value in enumerate(values, 1):
        try:
            yield _text(value, number)
        except Unfit:
            raise ValueError(f"text {number} must be a string, not {show(value)}") from None
