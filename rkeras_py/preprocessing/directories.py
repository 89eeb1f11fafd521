"""Data sets of TensorFlow made of the files in a directory, a class a folder."""

import os
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import keras
from annotated_types import Gt, Lt

from ..language import Count, Path, RDefault, RInteger, Size, r_function, refuse
from .rows import HeightAndWidth

Labels = Annotated[Literal["inferred"] | Sequence[Count] | None, RDefault('"inferred"')]
LabelMode = Annotated[Literal["int", "categorical", "binary"] | None, RDefault('"int"')]
Share = Annotated[float, Gt(0), Lt(1)]
Part = Literal["training", "validation", "both"]
ColorMode = Annotated[Literal["rgb", "rgba", "grayscale"], RDefault('"rgb"')]
Resampling = Literal["bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"]
_RETURNS = """A `tf.data.Dataset`, whose `class_names` are the classes in order; two of them for `subset = "both"`."""
_RAISES = "ArgumentError: An argument is not what it must be, or there is no such directory."


@r_function(Returns=_RETURNS, Raises=_RAISES)
def text_dataset_from_directory(
    directory: Path,
    labels: Labels = "inferred",
    label_mode: LabelMode = "int",
    class_names: Sequence[str] | None = None,
    batch_size: Annotated[Size | None, RInteger()] = 32,
    max_length: Size | None = None,
    shuffle: bool = True,
    seed: int | None = None,
    validation_split: Share | None = None,
    subset: Part | None = None,
    follow_links: bool = False,
    verbose: bool = True,
) -> Any:
    """A TensorFlow data set of the text files in the folders of a directory, and the classes that these stand for.

    Args:
        directory: The directory, with a folder of `.txt` files for each class.
        labels: `"inferred"` for the number of the folder; a vector of whole numbers, one for each file in the order of
            their paths; or `None` for texts alone.
        label_mode: What a class is: `"int"` for its number, counted from 0; `"categorical"` for a row of 0 and 1;
            `"binary"` for 0 or 1; `None` for texts alone.
        class_names: The folders in the order of their numbers; in that of the alphabet if `None`.
        batch_size: How many texts are in a batch; if `None`, they come one by one.
        max_length: The longest text, in bytes; longer ones are cut.
        shuffle: Whether files are in random order; else in that of their paths.
        seed: The seed of the order.
        validation_split: The share of the files that is kept for the validation.
        subset: Which part is returned, where `validation_split` is given.
        follow_links: Whether links to folders are followed.
        verbose: Whether it is said how many files there are.

    Source:
        R keras 2.15.0, `text_dataset_from_directory`; Keras, `keras.utils.text_dataset_from_directory`.
    """
    arguments = locals()
    _look_into(text_dataset_from_directory, directory)
    return keras.utils.text_dataset_from_directory(**arguments)


@r_function(Returns=_RETURNS, Raises=_RAISES)
def image_dataset_from_directory(
    directory: Path,
    labels: Labels = "inferred",
    label_mode: LabelMode = "int",
    class_names: Sequence[str] | None = None,
    color_mode: ColorMode = "rgb",
    batch_size: Size | None = 32,
    image_size: HeightAndWidth = (256, 256),
    shuffle: bool = True,
    seed: int | None = None,
    validation_split: Share | None = None,
    subset: Part | None = None,
    interpolation: Annotated[Resampling, RDefault('"bilinear"')] = "bilinear",
    follow_links: bool = False,
    crop_to_aspect_ratio: bool = False,
    pad_to_aspect_ratio: bool = False,
    data_format: Literal["channels_last", "channels_first"] | None = None,
    verbose: bool = True,
) -> Any:
    """A TensorFlow data set of the images in the folders of a directory, and the classes that these stand for.

    Args:
        directory: The directory, with a folder of images (`.jpeg`, `.jpg`, `.png`, `.bmp`, `.gif`) for each class.
        labels: `"inferred"` for the number of the folder; a vector of whole numbers, one for each file in the order of
            their paths; or `None` for images alone.
        label_mode: What a class is: `"int"` for its number, counted from 0; `"categorical"` for a row of 0 and 1;
            `"binary"` for 0 or 1; `None` for images alone.
        class_names: The folders in the order of their numbers; in that of the alphabet if `None`.
        color_mode: Whether pixels have 3 channels, 4 or 1.
        batch_size: How many images are in a batch; if `None`, they come one by one.
        image_size: The height and the width, in pixels, that all images are brought to.
        shuffle: Whether files are in random order; else in that of their paths.
        seed: The seed of the order.
        validation_split: The share of the files that is kept for the validation.
        subset: Which part is returned, where `validation_split` is given.
        interpolation: How pixels between pixels are computed.
        follow_links: Whether links to folders are followed.
        crop_to_aspect_ratio: Whether images are cut to the shape of `image_size`; else they are distorted.
        pad_to_aspect_ratio: Whether images are filled up to the shape of `image_size`.
        data_format: Where the channels are; as in Keras's configuration if `None`.
        verbose: Whether it is said how many files there are.

    Source:
        R keras 2.15.0, `image_dataset_from_directory`; Keras, `keras.utils.image_dataset_from_directory`.
    """
    arguments = locals()
    _look_into(image_dataset_from_directory, directory)
    return keras.utils.image_dataset_from_directory(**arguments)


def _look_into(function: Any, directory: Any) -> None:
    if not os.path.isdir(directory):
        refuse(function, "directory", directory, "a directory that is there")
