"""Zeros around what comes in, and what is cut off from it."""

from typing import Annotated, Any, Unpack

import keras
from typing_extensions import Doc

from ..language import MISSING, RDefault, RInteger
from .adding import layer
from .arguments import DataFormat, Margins1D, Margins2D, Margins3D, ShortTail, Target

_OF_TWO = (
    "a number for all sides; one for rows and one for columns; or a list of two pairs: above and below, left and right."
)
_OF_THREE = "a number for all sides; one for each dimension; or a list of three pairs, in front and behind."

StepPadding = Annotated[
    Any, Margins1D(), RInteger(), Doc("How many steps of zeros: a number for both ends, or one for each.")
]
ImagePadding = Annotated[Any, Margins2D(), RInteger(), Doc(f"How many zeros: {_OF_TWO}")]
VolumePadding = Annotated[Any, Margins3D(), RInteger(), Doc(f"How many zeros: {_OF_THREE}")]
StepCropping = Annotated[
    Any, Margins1D(), RInteger(), Doc("How many steps are cut off: a number for both ends, or one for each.")
]
ImageCropping = Annotated[
    Any, Margins2D(), RDefault("list(c(0L, 0L), c(0L, 0L))"), Doc(f"How much is cut off: {_OF_TWO}")
]
VolumeCropping = Annotated[
    Any, Margins3D(), RDefault("list(c(1L, 1L), c(1L, 1L), c(1L, 1L))"), Doc(f"How much is cut off: {_OF_THREE}")
]


def _of_steps(arguments: dict[str, Any]) -> dict[str, Any]:
    """Steps are the second dimension; Keras 3 would follow the session's format of images."""
    return {**arguments, "data_format": "channels_last"}


@layer(keras.layers.ZeroPadding1D, prepare=_of_steps)
def layer_zero_padding_1d(object: Target = MISSING, padding: StepPadding = 1, **tail: Unpack[ShortTail]) -> Any:
    """Steps of zeros in front and behind: input (batch, steps, features)."""


@layer(keras.layers.ZeroPadding2D)
def layer_zero_padding_2d(
    object: Target = MISSING,
    padding: ImagePadding = (1, 1),
    data_format: DataFormat = None,
    **tail: Unpack[ShortTail],
) -> Any:
    """Rows and columns of zeros around images: input (batch, rows, columns, channels)."""


@layer(keras.layers.ZeroPadding3D)
def layer_zero_padding_3d(
    object: Target = MISSING,
    padding: VolumePadding = (1, 1, 1),
    data_format: DataFormat = None,
    **tail: Unpack[ShortTail],
) -> Any:
    """Zeros around volumes: input (batch, depth, rows, columns, channels)."""


@layer(keras.layers.Cropping1D)
def layer_cropping_1d(object: Target = MISSING, cropping: StepCropping = (1, 1), **tail: Unpack[ShortTail]) -> Any:
    """Cuts off steps in front and behind: input (batch, steps, features)."""


@layer(keras.layers.Cropping2D)
def layer_cropping_2d(
    object: Target = MISSING,
    cropping: ImageCropping = ((0, 0), (0, 0)),
    data_format: DataFormat = None,
    **tail: Unpack[ShortTail],
) -> Any:
    """Cuts off rows and columns of images: input (batch, rows, columns, channels)."""


@layer(keras.layers.Cropping3D)
def layer_cropping_3d(
    object: Target = MISSING,
    cropping: VolumeCropping = ((1, 1), (1, 1), (1, 1)),
    data_format: DataFormat = None,
    **tail: Unpack[ShortTail],
) -> Any:
    """Cuts off the outside of volumes: input (batch, depth, rows, columns, channels)."""
