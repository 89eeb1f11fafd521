"""Images changed at random, for training."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal, Unpack

import keras

from ..language import MISSING, REQUIRED, RDefault
from .adding import F, layer
from .arguments import LayerTail
from .arguments_preprocessing import (
    Factor,
    FillMode,
    FillValue,
    Height,
    Interpolation,
    RawInput,
    ResizeInterpolation,
    Seed,
    Width,
)
from .images import channels_last
from .random_sizes import RandomCrop, RandomHeight, RandomWidth


class PlainLists:
    """Mixed into layers of Keras: lists in the configuration are plain ones. Keras cannot write those that it keeps in
    layers into an HDF5 file.
    """

    def get_config(self) -> dict[str, Any]:
        """The configuration."""
        config = super().get_config()  # type: ignore[misc]
        return {name: list(value) if isinstance(value, list) else value for name, value in config.items()}


class RandomBrightness(PlainLists, keras.layers.RandomBrightness):
    """Keras's, for all files."""


class RandomRotation(PlainLists, keras.layers.RandomRotation):
    """Keras's, for all files."""


class RandomTranslation(PlainLists, keras.layers.RandomTranslation):
    """Keras's, for all files."""


class RandomZoom(PlainLists, keras.layers.RandomZoom):
    """Keras's, for all files."""


for _sort in (RandomBrightness, RandomRotation, RandomTranslation, RandomZoom):
    _sort.__module__ = "keras.layers"  # by which a saved model finds it: plain Keras loads it too


def _augmentation(sort: type[keras.layers.Layer]) -> Callable[[F], F]:
    return layer(sort, since="2.15.0", prepare=channels_last)


@_augmentation(RandomBrightness)
def layer_random_brightness(
    object: RawInput = MISSING,
    factor: Factor = REQUIRED,
    value_range: Sequence[float] = (0, 255),
    seed: Seed = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """Makes each image brighter or darker by a random amount, in training.

    Args:
        factor: The largest change, a share of `value_range` from 0 to 1; or the smallest and the largest, from -1 to 1.
        value_range: The smallest and the largest value of a pixel.
    """


@_augmentation(keras.layers.RandomContrast)
def layer_random_contrast(
    object: RawInput = MISSING,
    factor: Factor = REQUIRED,
    seed: Seed = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """Changes the contrast of each image by a random factor, in training; pixels stay from 0 to 255.

    Args:
        factor: How far the factor goes below and above 1; or both in a vector.
    """


@_augmentation(RandomCrop)
def layer_random_crop(
    object: RawInput = MISSING,
    height: Height = REQUIRED,
    width: Width = REQUIRED,
    seed: Seed = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """Takes a random part of images, in training; the same place in all images of a batch.

    In prediction, and of images that are smaller, it takes the largest part in the middle that has the form of the
    crop, and resizes it.
    """


@_augmentation(keras.layers.RandomFlip)
def layer_random_flip(
    object: RawInput = MISSING,
    mode: Annotated[
        Literal["horizontal_and_vertical", "horizontal", "vertical"], RDefault('"horizontal_and_vertical"')
    ] = "horizontal_and_vertical",
    seed: Seed = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """Mirrors each image or not, at random, in training.

    Args:
        mode: `"horizontal"` for left and right, `"vertical"` for top and bottom, `"horizontal_and_vertical"` for both.
    """


@_augmentation(RandomHeight)
def layer_random_height(
    object: RawInput = MISSING,
    factor: Factor = REQUIRED,
    interpolation: ResizeInterpolation = "bilinear",
    seed: Seed = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """Brings images to a random height, in training; the same one for all images of a batch.

    On JAX a model with this layer cannot be compiled as a whole (`jit_compile`).

    Args:
        factor: How far the height goes below and above what it was, e.g. 0.2 for a fifth; or both in a vector, e.g.
            `c(-0.2, 0.3)`.
    """


@_augmentation(RandomWidth)
def layer_random_width(
    object: RawInput = MISSING,
    factor: Factor = REQUIRED,
    interpolation: ResizeInterpolation = "bilinear",
    seed: Seed = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """Brings images to a random width, in training; the same one for all images of a batch.

    On JAX a model with this layer cannot be compiled as a whole (`jit_compile`).

    Args:
        factor: How far the width goes below and above what it was, e.g. 0.2 for a fifth; or both in a vector, e.g.
            `c(-0.2, 0.3)`.
    """


@_augmentation(RandomRotation)
def layer_random_rotation(
    object: RawInput = MISSING,
    factor: Factor = REQUIRED,
    fill_mode: FillMode = "reflect",
    interpolation: Interpolation = "bilinear",
    seed: Seed = None,
    fill_value: FillValue = 0,
    **tail: Unpack[LayerTail],
) -> Any:
    """Turns each image by a random angle, in training.

    Args:
        factor: The largest angle in both directions, as a share of a full turn; or the smallest and the largest,
            positive ones against the clock.
    """


@_augmentation(RandomTranslation)
def layer_random_translation(
    object: RawInput = MISSING,
    height_factor: Factor = REQUIRED,
    width_factor: Factor = REQUIRED,
    fill_mode: FillMode = "reflect",
    interpolation: Interpolation = "bilinear",
    seed: Seed = None,
    fill_value: FillValue = 0,
    **tail: Unpack[LayerTail],
) -> Any:
    """Shifts each image by a random distance, in training.

    Args:
        height_factor: The largest shift up and down, as a share of the height; or the smallest and the largest,
            positive ones down.
        width_factor: The largest shift to the left and the right, as a share of the width; or the smallest and the
            largest, positive ones to the right.
    """


@_augmentation(RandomZoom)
def layer_random_zoom(
    object: RawInput = MISSING,
    height_factor: Factor = REQUIRED,
    width_factor: Factor | None = None,
    fill_mode: FillMode = "reflect",
    interpolation: Interpolation = "bilinear",
    seed: Seed = None,
    fill_value: FillValue = 0,
    **tail: Unpack[LayerTail],
) -> Any:
    """Makes what is in each image larger or smaller by a random share, in training.

    Args:
        height_factor: How much more of the height is shown at most, and how much less; or the smallest and the largest
            share in a vector, negative ones for larger.
        width_factor: The same of the width; as the height, in the form of the image, if `None`.
    """
