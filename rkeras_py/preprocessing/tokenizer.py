"""The tokenizer of Keras 2, and the files that it was kept in."""

import copyreg
import math
import pickle
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any, BinaryIO

from ..keras_internals import legacy_preprocessing
from ..language.kinds import Kind, Unfit
from .texts import splitter

LegacyTokenizer: Any = legacy_preprocessing("text").Tokenizer
_AT_ONCE = 1000  # texts whose words are in memory together


class Tokenizer(LegacyTokenizer):
    """Keras's tokenizer, with the same attributes; it counts and looks up a thousand texts at a time.

    Attributes:
        word_index: The number of each word, from 1, by falling frequency, ties as they came.
        index_word: The word of each number.
        word_counts: How often each word came, in the order in which words came first.
        word_docs: In how many texts each word came.
        document_count: How many texts there were.
        num_words: The first number of a word that is left out; all words have one if None.
    """

    index_word: dict[int, str]
    word_index: dict[str, int]

    def __repr__(self) -> str:
        return f"<Tokenizer num_words={self.num_words} words={len(self.word_index)} documents={self.document_count}>"

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__ = {**vars(Tokenizer()), **state}
        if not self.index_word:  # the first files had none
            self.index_word = {number: word for word, number in self.word_index.items()}

    def fit_on_texts(self, texts: Iterable[Any]) -> None:
        """Counts the words of texts, and numbers all words anew."""
        texts, split = iter(texts), self._splitter()
        while some := [split(text) for text in islice(texts, _AT_ONCE)]:
            self.document_count += len(some)
            for word, count in Counter(chain.from_iterable(some)).items():
                self.word_counts[word] = self.word_counts.get(word, 0) + count
            for word, count in Counter(chain.from_iterable(map(dict.fromkeys, some))).items():
                self.word_docs[word] += count
        by_count = sorted(self.word_counts, key=self.word_counts.__getitem__, reverse=True)
        in_front = [] if self.oov_token is None else [self.oov_token]
        self.word_index = {word: number for number, word in enumerate([*in_front, *by_count], 1)}
        self.index_word = {number: word for word, number in self.word_index.items()}
        for word, count in self.word_docs.items():
            self.index_docs[self.word_index[word]] = count

    def texts_to_sequences_generator(self, texts: Iterable[Any]) -> Iterator[list[int]]:
        """The numbers of the words of each text, a text at a time."""
        split, other = self._splitter(), self.word_index.get(self.oov_token)
        most = self.num_words or math.inf
        number_of = {word: number for word, number in self.word_index.items() if number < most}.get
        for text in texts:
            numbers = (number_of(word, other) for word in split(text))
            yield [number for number in numbers if number is not None]

    def _splitter(self) -> Callable[[Any], Iterable[str]]:
        lower, apart = self.lower, self.analyzer or splitter(self.filters, self.lower, self.split)

        def whole(text: Any) -> Iterable[str]:
            if isinstance(text, list):
                return [word.lower() for word in text] if lower else text
            return str(text.lower() if lower else text)

        return whole if self.char_level else lambda text: whole(text) if isinstance(text, list) else apart(text)


class AnyTokenizer(Kind):
    """A tokenizer, ours or Keras's own."""

    def wants(self) -> str:
        return "a tokenizer, as text_tokenizer() makes one"

    def convert(self, value: Any) -> Any:
        if not isinstance(value, LegacyTokenizer):
            raise Unfit
        return value


def write(tokenizer: Any, file: BinaryIO) -> None:
    """Writes a tokenizer as Keras 3 reads it without us."""
    plain = LegacyTokenizer()
    plain.__dict__ = vars(tokenizer)
    pickle.dump(plain, file)


def read(file: BinaryIO) -> Any:
    """Reads a tokenizer that this or any Keras has written; nothing else in the file is made or called.

    Raises:
        UnpicklingError: The file asks for something else, or is none of these.
    """
    found = _Unpickler(file).load()
    if not isinstance(found, Tokenizer):
        raise pickle.UnpicklingError("what is in it is no tokenizer")
    return found


_MODULES = (
    "keras.preprocessing.text",
    "keras_preprocessing.text",
    "keras.src.preprocessing.text",
    "keras.src.legacy.preprocessing.text",
    "tensorflow.python.keras.preprocessing.text",
    "tensorflow.keras.preprocessing.text",
    "tf_keras.preprocessing.text",
    "tf_keras.src.preprocessing.text",
)


class _Unpickler(pickle.Unpickler):
    _KNOWN = {  # noqa: RUF012
        **{(module, "Tokenizer"): Tokenizer for module in _MODULES},
        ("collections", "OrderedDict"): OrderedDict,
        ("collections", "defaultdict"): defaultdict,
        ("builtins", "int"): int,
        # As Python 2 wrote them.
        ("__builtin__", "int"): int,
        ("__builtin__", "long"): int,
        ("__builtin__", "object"): object,
        ("copy_reg", "_reconstructor"): copyreg._reconstructor,  # type: ignore[attr-defined]
    }

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in self._KNOWN:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}, which is no part of a tokenizer")
        return self._KNOWN[module, name]
