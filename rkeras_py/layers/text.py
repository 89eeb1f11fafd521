"""Text as numbers."""

from collections.abc import Sequence
from typing import Annotated, Any, Unpack

import keras

from ..language import MISSING, Size
from .adding import layer
from .arguments import LayerTail
from .arguments_preprocessing import (
    Encoding,
    IdfWeights,
    MaxTokens,
    PadToMax,
    RawInput,
    Sparse,
    StringFunction,
    StringMode,
    Tokens,
)
from .vocabularies import KeepsVocabulary


class TextVectorization(KeepsVocabulary, keras.layers.TextVectorization):
    """Keras's, whose vocabulary is in every file."""

    input_type = "string"


TextVectorization.__module__ = "keras.layers"  # by which a saved model finds it: plain Keras loads it too


def _options(arguments: dict[str, Any]) -> dict[str, Any]:
    ngrams = arguments["ngrams"]
    dtype = None if arguments["dtype"] == "string" else arguments["dtype"]
    return {**arguments, "ngrams": tuple(ngrams) if isinstance(ngrams, list) else ngrams, "dtype": dtype}


@layer(TextVectorization, since="2.15.0", prepare=_options)
def layer_text_vectorization(
    object: RawInput = MISSING,
    max_tokens: MaxTokens = None,
    standardize: Annotated[Any, StringFunction("lower_and_strip_punctuation", "lower", "strip_punctuation")]
    | None = "lower_and_strip_punctuation",
    split: Annotated[Any, StringFunction("whitespace", "character")] | None = "whitespace",
    ngrams: Size | Sequence[Size] | None = None,
    output_mode: StringMode = "int",
    output_sequence_length: Size | None = None,
    pad_to_max_tokens: PadToMax = False,
    vocabulary: Annotated[Any, Tokens(str)] | None = None,
    *,
    idf_weights: IdfWeights = None,
    sparse: Sparse = False,
    ragged: bool = False,
    encoding: Encoding = "utf-8",
    **tail: Unpack[LayerTail],
) -> Any:
    """Turns text into the numbers of its words, or into how often each is there.

    The words are those of `vocabulary`, or what `adapt()` finds. On JAX there are no tensors of strings: the layer
    works in front of a model, not in it.

    Args:
        standardize: What is done to the text: `"lower_and_strip_punctuation"`, `"lower"`, `"strip_punctuation"`, a
            function of a tensor of strings, or `None` for nothing.
        split: Where words begin: `"whitespace"`, `"character"` for each character a word, a function of a tensor of
            strings, or `None` for text that is split already.
        ngrams: Up to how many words are taken together, or how many exactly, each number in a vector.
        output_sequence_length: The number of columns of the output of `output_mode = "int"`, cut or filled up with 0;
            that of the longest text if `None`.
        vocabulary: The words, or the path of a file with one a line.
        ragged: Whether the output is a ragged tensor, which TensorFlow alone has.
    """
