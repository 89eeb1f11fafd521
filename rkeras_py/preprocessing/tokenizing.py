"""text_tokenizer() and its verbs."""

import pickle
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from ..language import Name, Path, Size, r_function, refuse
from ..language.errors import ArgumentError
from ..saving.files import replacing
from . import tokenizer as files
from .texts import FILTERS, Sequences, Texts, TextsOrSequences, TextSource, WordNumbers
from .tokenizer import AnyTokenizer, Tokenizer

AToken = Annotated[Any, AnyTokenizer()]
Mode = Literal["binary", "count", "tfidf", "freq"]
_RAISES = "ArgumentError: An argument is not what it must be."


@r_function(Raises=_RAISES)
def text_tokenizer(
    num_words: Size | None = None,
    filters: str = FILTERS,
    lower: bool = True,
    split: Name = " ",
    char_level: bool = False,
    oov_token: str | None = None,
) -> Tokenizer:
    """Numbers the words of texts, once `fit_text_tokenizer()` has shown it some.

    The number of a word is its rank by frequency, from 1; 0 is the number of none, with which `pad_sequences()` fills
    up. `$word_index` has the numbers of all words, `$index_word` the words, `$word_counts` how often each came,
    `$word_docs` in how many texts, and `$document_count` how many texts there were.

    Args:
        num_words: One more than the number of words that are kept, the most frequent ones; all are if `None`.
        filters: The characters that stand for a space; none of them is in a word.
        lower: Whether words are counted in small letters.
        split: What stands between two words.
        char_level: Whether characters are counted in the place of words, `filters` among them.
        oov_token: What stands for words that were not there or are not kept; they are left out if `None`.

    Returns:
        The tokenizer of Keras 2, which Keras 3 has still.

    Source:
        R keras 2.2.5.0, `text_tokenizer`; Keras, `keras.src.legacy.preprocessing.text`.
    """
    return Tokenizer(**locals())


@r_function(Raises=_RAISES)
def fit_text_tokenizer(object: AToken, x: Annotated[Any, TextsOrSequences()]) -> Any:
    """Shows a tokenizer texts, whose words it counts; it is changed itself.

    Args:
        object: The tokenizer.
        x: Texts; or a function that returns one text after the other, and `None` at the end; or sequences of the
            numbers of words, which `sequences_to_matrix()` with `"tfidf"` needs where there are no texts.

    Returns:
        The tokenizer.

    Source:
        R keras 2.2.5.0, `fit_text_tokenizer`; Keras, `keras.src.legacy.preprocessing.text`.
    """
    if isinstance(x, Sequences):
        object.fit_on_sequences(x)
    else:
        object.fit_on_texts(x)
    return object


@r_function(Raises=_RAISES)
def texts_to_sequences(tokenizer: AToken, texts: Annotated[Any, Texts()]) -> list[list[int]]:
    """Writes texts as the numbers of their words.

    Args:
        tokenizer: The tokenizer, which was shown texts.
        texts: The texts.

    Returns:
        A list of vectors, one for each text; words without a number are left out, or have that of `oov_token`.

    Source:
        R keras 2.2.5.0, `texts_to_sequences`; Keras, `keras.src.legacy.preprocessing.text`.
    """
    return list(tokenizer.texts_to_sequences_generator(texts))


@r_function(Raises=_RAISES)
def texts_to_sequences_generator(tokenizer: AToken, texts: Annotated[Any, TextSource()]) -> Iterator[list[int]]:
    """Writes texts as the numbers of their words, one after the other, as they are asked for.

    Args:
        tokenizer: The tokenizer, which was shown texts.
        texts: The texts, or a function that returns one after the other, and `None` at the end.

    Returns:
        An iterator over vectors, one for each text.

    Source:
        R keras 2.2.5.0, `texts_to_sequences_generator`; Keras, `keras.src.legacy.preprocessing.text`.
    """
    return iter(tokenizer.texts_to_sequences_generator(texts))


@r_function(Raises=_RAISES)
def texts_to_matrix(tokenizer: AToken, texts: Annotated[Any, Texts()], mode: Mode = "binary") -> Any:
    """Writes texts as rows, with a column for the number of each word.

    Args:
        tokenizer: The tokenizer, which was shown texts.
        texts: The texts.
        mode: What stands in a row: `"binary"`, whether the word is there; `"count"`, how often; `"freq"`, which share
            of the words of the text it is; `"tfidf"`, how much it tells of the text.

    Returns:
        A matrix, a row for each text. Its first column is for the number 0, which no word has.

    Source:
        R keras 2.2.5.0, `texts_to_matrix`; Keras, `keras.src.legacy.preprocessing.text`.
    """
    sequences = list(tokenizer.texts_to_sequences_generator(texts))
    return _matrix(texts_to_matrix, tokenizer, sequences, mode)


@r_function(Raises=_RAISES)
def sequences_to_matrix(tokenizer: AToken, sequences: Annotated[Any, WordNumbers()], mode: Mode = "binary") -> Any:
    """Writes sequences of the numbers of words as rows, with a column for each number.

    Args:
        tokenizer: The tokenizer; one that was shown nothing needs `num_words`.
        sequences: A list of vectors of numbers.
        mode: What stands in a row: `"binary"`, whether the word is there; `"count"`, how often; `"freq"`, which share
            of the words of the text it is; `"tfidf"`, how much it tells of the text.

    Returns:
        A matrix, a row for each sequence. Its first column is for the number 0, which no word has.

    Source:
        R keras 2.2.5.0, `sequences_to_matrix`; Keras, `keras.src.legacy.preprocessing.text`.
    """
    return _matrix(sequences_to_matrix, tokenizer, sequences, mode)


@r_function
def save_text_tokenizer(object: AToken, filename: Path) -> Any:
    """Keeps a tokenizer in a file.

    Args:
        object: The tokenizer.
        filename: The file.

    Returns:
        The tokenizer.

    Raises:
        ArgumentError: An argument is not what it must be.
        FileError: The file cannot be written. What stood there before stands there still.

    Source:
        R keras 2.2.5.0, `save_text_tokenizer`; Python, `pickle`.
    """
    with replacing(str(filename), "save_text_tokenizer") as path, open(path, "wb") as file:
        files.write(object, file)
    return object


@r_function
def load_text_tokenizer(filename: Path) -> Tokenizer:
    """Reads a tokenizer from a file, also from one that R keras has written.

    Args:
        filename: The file. Nothing is read but a tokenizer: code that stands in it is not run.

    Returns:
        The tokenizer.

    Raises:
        ArgumentError: An argument is not what it must be, or there is no such file, or no tokenizer in it.

    Source:
        R keras 2.2.5.0, `load_text_tokenizer`; Python, `pickle`.
    """
    try:
        with open(filename, "rb") as file:
            found: Tokenizer = files.read(file)
            return found
    except OSError as error:
        refuse(load_text_tokenizer, "filename", filename, f"a file that can be read ({error.strerror})")
    except (pickle.UnpicklingError, EOFError, AttributeError, IndexError, ImportError, ValueError, TypeError) as error:
        raise ArgumentError(
            f"load_text_tokenizer(): {filename} was not written by save_text_tokenizer() ({error})."
        ) from None


def _matrix(function: Any, tokenizer: Any, sequences: list[list[int]], mode: str) -> Any:
    if not (tokenizer.num_words or tokenizer.word_index):
        refuse(function, "tokenizer", tokenizer, "one that has seen texts, or has `num_words`")
    if mode == "tfidf" and not tokenizer.document_count:
        refuse(function, "tokenizer", tokenizer, 'one that has seen texts, for "tfidf"')
    return tokenizer.sequences_to_matrix(sequences, mode=mode)
