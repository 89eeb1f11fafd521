"""Embeddings."""

from typing import Annotated, Any, Unpack

import keras

from ..language import MISSING, REQUIRED, Retired, Size
from ..language.identifiers import Constraint, Initializer, Regularizer
from .adding import layer
from .arguments import ActivityRegularizer, BatchInputShape, DType, InputShape, ShortTail, Target


@layer(keras.layers.Embedding)
def layer_embedding(
    object: Target = MISSING,
    input_dim: Size = REQUIRED,
    output_dim: Size = REQUIRED,
    embeddings_initializer: Initializer = "uniform",
    embeddings_regularizer: Regularizer | None = None,
    activity_regularizer: ActivityRegularizer = None,
    embeddings_constraint: Constraint | None = None,
    mask_zero: bool = False,
    input_length: Size | None = None,
    *,
    sparse: Annotated[
        bool, Retired("Keras 3 has sparse gradients for embeddings wherever its backend has them.")
    ] = False,
    input_shape: InputShape = None,
    batch_input_shape: BatchInputShape = None,
    dtype: DType = None,
    **tail: Unpack[ShortTail],
) -> Any:
    """Turns whole numbers, e.g. the numbers of words, into vectors.

    Args:
        input_dim: How many numbers there are: the largest one and 1.
        output_dim: The size of the vectors.
        embeddings_initializer: How the vectors begin.
        embeddings_regularizer: A penalty on the vectors.
        embeddings_constraint: What the vectors are held to.
        mask_zero: Whether 0 stands for nothing, to be passed over by the layers behind.
        input_length: How many numbers a sample has, where it is always the same, as `layer_flatten` behind it needs.
        sparse: Not used any more.
    """
