"""pad_sequences()."""

from typing import Annotated, Any, Literal

import keras
import numpy as np

from ..language import RDefault, Size, r_function
from ..language.kinds import Kind, Unfit
from ..language.wording import RValue
from ..utils.arrays import dtype_of


class ListOfSequences(Kind):
    """Sequences of numbers; where R has a vector of length one, a number stands for a sequence of it."""

    def wants(self) -> str:
        return "a list of vectors of numbers"

    def convert(self, value: Any) -> list[Any]:
        if isinstance(value, np.ndarray) and value.ndim > 0:
            value = list(value)
        if not isinstance(value, list | tuple) or not value:
            raise Unfit
        if any(isinstance(one, RValue | str) for one in value):
            raise Unfit
        sequences = [np.atleast_1d(np.asarray([] if one is None else one)) for one in value]
        if not all(np.issubdtype(one.dtype, np.number) for one in sequences):
            raise Unfit
        return sequences


Side = Annotated[Literal["pre", "post"], RDefault('"pre"')]


@r_function
def pad_sequences(
    sequences: Annotated[Any, ListOfSequences()],
    maxlen: Size | None = None,
    dtype: str = "int32",
    padding: Side = "pre",
    truncating: Side = "pre",
    value: float = 0,
) -> Any:
    """Brings sequences to one length.

    Args:
        sequences: A list of vectors of numbers.
        maxlen: The length; that of the longest sequence if `None`.
        dtype: The type of the matrix.
        padding: Whether short sequences are filled up in front (`"pre"`) or behind (`"post"`).
        truncating: Whether long sequences are cut in front (`"pre"`) or behind (`"post"`).
        value: What they are filled up with.

    Returns:
        A matrix, a row for each sequence.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `pad_sequences`; Keras, `keras.utils.pad_sequences`.
    """
    arguments = locals()
    return keras.utils.pad_sequences(**{**arguments, "dtype": dtype_of(pad_sequences, dtype)})
