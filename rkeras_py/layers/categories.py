"""Numbers and strings as categories: encoded, hashed, cut into ranges."""

import builtins
from collections.abc import Sequence
from typing import Annotated, Any, Literal, NoReturn

import keras
import numpy as np
from annotated_types import Gt
from typing_extensions import Doc, Unpack

from ..keras_internals import merged_summaries
from ..language import MISSING, REQUIRED, IntegerTuple, OtherName, RDefault, Size, r_function
from ..language.errors import ArgumentError
from .adding import layer
from .arguments import (
    BatchInputShape,
    BatchSize,
    DType,
    InputShape,
    LayerName,
    LayerTail,
    Target,
    Trainable,
    Weights,
)
from .arguments_preprocessing import RawInput, Sparse

NumberMode = Annotated[
    Literal["int", "one_hot", "multi_hot", "count", "binary"],
    RDefault('"int"'),
    Doc(
        '`"int"` for the number of each category, `"one_hot"` for a vector for each, `"multi_hot"` (`"binary"` is its '
        'older name) for the categories that a sample has, `"count"` for how often.'
    ),
]


class CategoryEncoding(keras.layers.CategoryEncoding):
    """Keras's, which forgets in files whether its output is sparse."""

    def get_config(self) -> dict[str, Any]:
        """The configuration."""
        return {**super().get_config(), "sparse": self.sparse}


class Discretization(keras.layers.Discretization):
    """Keras's, which finds the ranges that Keras 2 found: it summed up each batch in another way."""

    takes_input_shape = False
    summary: Any

    def __init__(self, *args: Any, trainable: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trainable = trainable

    def update_state(self, data: Any) -> None:
        """Takes note of a batch."""
        values = np.sort(np.asarray(data, dtype="float32").reshape(-1))
        apart = int(np.float32(values.size) / np.float32(1 / self.epsilon))
        bounds = values[apart :: max(apart, 1)]
        summary = np.stack([bounds, np.full_like(bounds, max(apart, 1))])
        self.summary = merged_summaries(summary, self.summary, self.epsilon)


# By which a saved model finds them: plain Keras loads it too.
CategoryEncoding.__module__ = Discretization.__module__ = "keras.layers"


def _modern(arguments: dict[str, Any]) -> dict[str, Any]:
    mode = arguments["output_mode"]
    return {**arguments, "output_mode": "multi_hot" if mode == "binary" else mode}


def _bins(arguments: dict[str, Any]) -> dict[str, Any]:
    """`bins` of older versions is a number of ranges or their boundaries."""
    options = _modern(arguments)
    bins = options.pop("bins")
    if bins is not None:
        options["num_bins" if isinstance(bins, int) else "bin_boundaries"] = bins
    return options


@layer(CategoryEncoding, since="2.15.0", prepare=_modern)
def layer_category_encoding(
    object: RawInput = MISSING,
    num_tokens: Size | None = None,
    output_mode: Annotated[
        Literal["multi_hot", "one_hot", "count", "binary"],
        RDefault('"multi_hot"'),
        Doc(
            '`"multi_hot"` (`"binary"` is its older name) for the categories that a sample has, `"one_hot"` for a '
            'vector for each, `"count"` for how often.'
        ),
    ] = "multi_hot",
    sparse: Sparse = False,
    *,
    max_tokens: Annotated[Size | None, OtherName("num_tokens"), Doc("An older name of `num_tokens`.")] = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """Turns the numbers of categories, counted from 0, into vectors.

    Args:
        num_tokens: How many categories there are.
    """


@layer(keras.layers.Hashing, since="2.15.0", prepare=_modern)
def layer_hashing(
    object: RawInput = MISSING,
    num_bins: Size = REQUIRED,
    mask_value: int | str | None = None,
    salt: IntegerTuple | None = None,
    output_mode: NumberMode = "int",
    sparse: Sparse = False,
    **tail: Unpack[LayerTail],
) -> Any:
    """Puts strings or whole numbers into a fixed number of bins, without a vocabulary.

    Args:
        num_bins: How many bins there are, with that of `mask_value`.
        mask_value: What stands for nothing; its bin is 0.
        salt: One number or two, by which the bins are others (SipHash64 instead of FarmHash64).
    """


@layer(Discretization, since="2.15.0", prepare=_bins)
def layer_discretization(
    object: RawInput = MISSING,
    bin_boundaries: Sequence[float] | None = None,
    num_bins: Size | None = None,
    epsilon: Annotated[float, Gt(0)] = 0.01,
    output_mode: NumberMode = "int",
    sparse: Sparse = False,
    *,
    bins: Annotated[
        Size | Sequence[float] | None, Doc("An older name of `num_bins`, if it is a number, or of `bin_boundaries`.")
    ] = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """Cuts numbers into ranges, and gives the number of the range, counted from 0.

    The boundaries are those of `bin_boundaries`, or what `adapt()` finds for `num_bins`.

    Args:
        bin_boundaries: Where the second range begins, the third, and so on.
        num_bins: How many ranges `adapt()` is to make, of about as many numbers each.
        epsilon: How exact these are, e.g. 0.01 for a hundredth of all numbers.
    """


@r_function
def layer_dense_features(
    object: Target = MISSING,
    feature_columns: Annotated[builtins.object, Doc("Feature columns of TensorFlow.")] = REQUIRED,
    name: LayerName = None,
    trainable: Trainable = None,
    input_shape: InputShape = None,
    batch_input_shape: BatchInputShape = None,
    batch_size: BatchSize = None,
    dtype: DType = None,
    weights: Weights = None,
) -> NoReturn:
    """Made one tensor of feature columns, which Keras 3 has given up.

    Returns:
        Nothing.

    Raises:
        ArgumentError: Always; the message says what there is instead.

    Source:
        R keras 2.2.5.0, `layer_dense_features`.
    """
    raise ArgumentError(
        "layer_dense_features(): Keras 3 has no feature columns. What they did is done by layer_string_lookup(), "
        "layer_integer_lookup(), layer_category_encoding(), layer_discretization(), layer_normalization() and "
        "layer_embedding(), one for each column, or for a whole table by keras.utils.FeatureSpace."
    )
