"""Images of another size."""

from typing import Any, Unpack

import keras

from ..language import MISSING, REQUIRED
from .adding import layer
from .arguments import LayerTail
from .arguments_preprocessing import Height, RawInput, ResizeInterpolation, Width


class Resizing(keras.layers.Resizing):
    """Keras's, whose output is of floats for whole numbers too, as in Keras 2, which did not round them."""

    def transform_images(self, images: Any, transformation: Any = None, training: bool = True) -> Any:
        """The images in their new size."""
        return super().transform_images(self.backend.cast(images, self.compute_dtype), transformation, training)


Resizing.__module__ = "keras.layers"  # by which a saved model finds it: plain Keras loads it too


def channels_last(arguments: dict[str, Any]) -> dict[str, Any]:
    """Images have their channels last, as in Keras 2, whatever Keras is set to."""
    return {**arguments, "data_format": "channels_last"}


@layer(Resizing, since="2.15.0", prepare=channels_last)
def layer_resizing(
    object: RawInput = MISSING,
    height: Height = REQUIRED,
    width: Width = REQUIRED,
    interpolation: ResizeInterpolation = "bilinear",
    crop_to_aspect_ratio: bool = False,
    **tail: Unpack[LayerTail],
) -> Any:
    """Brings images to a size: input (batch, rows, columns, channels), or without the batch.

    Args:
        crop_to_aspect_ratio: Whether images are cropped, not stretched, where their form is another one.
    """


@layer(keras.layers.CenterCrop, since="2.15.0", prepare=channels_last)
def layer_center_crop(
    object: RawInput = MISSING,
    height: Height = REQUIRED,
    width: Width = REQUIRED,
    **tail: Unpack[LayerTail],
) -> Any:
    """Takes the middle of images; smaller ones are enlarged first, in their form.

    Input (batch, rows, columns, channels), or without the batch.
    """
