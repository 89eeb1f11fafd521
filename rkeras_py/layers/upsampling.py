"""Upsampling."""

from typing import Annotated, Any, Literal, Unpack

import keras
from typing_extensions import Doc

from ..language import MISSING, IntegerTuple, RDefault, RInteger, Size
from .adding import layer
from .arguments import DataFormat, ShortTail, Target

Factor = Annotated[Size, RInteger(), Doc("How many steps come of one.")]
Factors = Annotated[IntegerTuple, RInteger(), Doc("How many come of one: a number, or one for each dimension.")]
Interpolation = Annotated[
    Literal["nearest", "bilinear", "bicubic", "area", "lanczos3", "lanczos5"],
    RDefault('"nearest"'),
    Doc('How values in between are found; `"area"` is the same as `"nearest"`, as it is with all whole factors.'),
]


def _with_area(arguments: dict[str, Any]) -> dict[str, Any]:
    """A mean over an area that lies within a single pixel is that pixel; Keras 3 has no such interpolation."""
    return {**arguments, **({"interpolation": "nearest"} if arguments["interpolation"] == "area" else {})}


@layer(keras.layers.UpSampling1D)
def layer_upsampling_1d(object: Target = MISSING, size: Factor = 2, **tail: Unpack[ShortTail]) -> Any:
    """Each step several times: input (batch, steps, features)."""


@layer(keras.layers.UpSampling2D, prepare=_with_area)
def layer_upsampling_2d(
    object: Target = MISSING,
    size: Factors = (2, 2),
    data_format: DataFormat = None,
    interpolation: Interpolation = "nearest",
    **tail: Unpack[ShortTail],
) -> Any:
    """Larger images: input (batch, rows, columns, channels)."""


@layer(keras.layers.UpSampling3D)
def layer_upsampling_3d(
    object: Target = MISSING,
    size: Factors = (2, 2, 2),
    data_format: DataFormat = None,
    **tail: Unpack[ShortTail],
) -> Any:
    """Larger volumes: input (batch, depth, rows, columns, channels)."""
