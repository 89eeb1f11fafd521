"""Words and numbers as the places that they have in a vocabulary."""

from typing import Annotated, Any, Literal, Unpack

import keras

from ..language import MISSING, RDefault, RInteger
from .adding import layer
from .arguments import LayerTail
from .arguments_preprocessing import (
    Encoding,
    IdfWeights,
    Invert,
    MaxTokens,
    PadToMax,
    RawInput,
    Sparse,
    StringMode,
    Tokens,
    Unknown,
)
from .vocabularies import KeepsVocabulary


class StringLookup(KeepsVocabulary, keras.layers.StringLookup):
    """Keras's, whose vocabulary is in every file, and whose output is of floats where it was in Keras 2."""

    @property
    def input_type(self) -> str:
        """The type of what comes in."""
        return "int64" if self.invert else "string"


class IntegerLookup(KeepsVocabulary, keras.layers.IntegerLookup):
    """The same of numbers."""

    input_type = "int64"


# By which a saved model finds them: plain Keras loads it too.
StringLookup.__module__ = IntegerLookup.__module__ = "keras.layers"


@layer(StringLookup, since="2.15.0")
def layer_string_lookup(
    object: RawInput = MISSING,
    max_tokens: MaxTokens = None,
    num_oov_indices: Unknown = 1,
    mask_token: str | None = None,
    oov_token: str = "[UNK]",
    vocabulary: Annotated[Any, Tokens(str)] | None = None,
    idf_weights: IdfWeights = None,
    encoding: Encoding = "utf-8",
    invert: Invert = False,
    output_mode: StringMode = "int",
    sparse: Sparse = False,
    pad_to_max_tokens: PadToMax = False,
    **tail: Unpack[LayerTail],
) -> Any:
    """Turns strings into their numbers in a vocabulary, or numbers into strings.

    The words are those of `vocabulary`, or what `adapt()` finds. On JAX there are no tensors of strings: the layer
    works in front of a model, not in it.

    Args:
        mask_token: What stands for nothing; its number is 0.
        oov_token: What stands for an unknown word where numbers become words.
        vocabulary: The words, or the path of a file with one a line.
    """


@layer(IntegerLookup, since="2.15.0")
def layer_integer_lookup(
    object: RawInput = MISSING,
    max_tokens: MaxTokens = None,
    num_oov_indices: Unknown = 1,
    mask_token: int | None = None,
    oov_token: Annotated[int, RInteger()] = -1,
    vocabulary: Annotated[Any, Tokens(int)] | None = None,
    vocabulary_dtype: Annotated[Literal["int64"], RDefault('"int64"')] = "int64",
    idf_weights: IdfWeights = None,
    invert: Invert = False,
    output_mode: StringMode = "int",
    sparse: Sparse = False,
    pad_to_max_tokens: PadToMax = False,
    **tail: Unpack[LayerTail],
) -> Any:
    """Turns whole numbers into their places in a vocabulary, or places into numbers.

    Args:
        mask_token: What stands for nothing; its place is 0.
        oov_token: What stands for an unknown number where places become numbers.
        vocabulary: The numbers, or the path of a file with one a line.
        vocabulary_dtype: The type of the numbers, `"int64"`.
    """
