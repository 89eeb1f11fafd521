"""Numbers brought to another scale."""

from collections.abc import Sequence
from typing import Annotated, Any, Unpack

import keras

from ..language import MISSING, REQUIRED, Axis, RInteger, Tensor
from .adding import layer
from .arguments import LayerTail
from .arguments_preprocessing import RawInput


@layer(keras.layers.Normalization, since="2.15.0")
def layer_normalization(
    object: RawInput = MISSING,
    axis: Annotated[Axis | Sequence[Axis] | None, RInteger()] = -1,
    mean: Tensor | None = None,
    variance: Tensor | None = None,
    invert: bool = False,
    **tail: Unpack[LayerTail],
) -> Any:
    """Brings each feature to mean 0 and variance 1, by a mean and a variance that `adapt()` finds or that are given.

    Args:
        axis: The axis of the features, counted from 1 with the batch, or from -1 backwards; several in a vector, or
            `None` for one mean of all numbers.
        mean: The mean of each feature, together with `variance`.
        variance: The variance of each feature.
        invert: Whether the other way round: what has mean 0 and variance 1 gets the mean and the variance.
    """


@layer(keras.layers.Rescaling, since="2.15.0")
def layer_rescaling(
    object: RawInput = MISSING,
    scale: float | Sequence[float] = REQUIRED,
    offset: float | Sequence[float] = 0,
    **tail: Unpack[LayerTail],
) -> Any:
    """Multiplies and adds: `x * scale + offset`.

    Args:
        scale: The factor, e.g. `1 / 255`, or one for each channel.
        offset: What is added, or one number for each channel.
    """
