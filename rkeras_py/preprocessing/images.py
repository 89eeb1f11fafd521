"""Single images: image_load(), image_to_array(), image_array_resize(), image_array_save()."""

import os
from typing import Annotated, Any, Literal

import keras
import numpy as np

from ..language import Path, RDefault, Size, r_function, refuse
from ..language.kinds import Kind, Unfit
from ..saving.files import replacing
from .rows import HeightAndWidth, Rows

Sampling = Annotated[
    Literal["nearest", "bilinear", "bicubic", "hamming", "box", "lanczos"],
    RDefault('"nearest"'),
]
Colors = Annotated[Literal["rgb", "rgba", "grayscale"], RDefault('"rgb"')]
Format = Literal["channels_last", "channels_first"]


class PillowImage(Kind):
    """An image as Pillow keeps it."""

    def wants(self) -> str:
        return "an image, as image_load() reads one"

    def convert(self, value: Any) -> Any:
        if isinstance(value, type) or not hasattr(value, "getbands"):
            raise Unfit
        return value


@r_function
def image_load(
    path: Path,
    grayscale: bool = False,
    target_size: HeightAndWidth | None = None,
    interpolation: Sampling = "nearest",
    color_mode: Colors = "rgb",
) -> Any:
    """Reads an image from a file.

    Args:
        path: The file.
        grayscale: Whether it is read in shades of gray, as with `color_mode = "grayscale"`.
        target_size: The height and the width, in pixels, that it is brought to; as it is if `None`.
        interpolation: How pixels between pixels are computed.
        color_mode: Whether pixels have 3 channels, 4 or 1.

    Returns:
        An image of Pillow's.

    Raises:
        ArgumentError: An argument is not what it must be, or there is no image in the file.

    Source:
        R keras 2.2.5.0, `image_load`; Keras, `keras.utils.load_img`.
    """
    mode = "grayscale" if grayscale else color_mode
    try:
        return keras.utils.load_img(path, color_mode=mode, target_size=target_size, interpolation=interpolation)
    except OSError as error:
        refuse(image_load, "path", path, f"the file of an image ({error.strerror or 'it is none'})")


@r_function
def image_to_array(img: Annotated[Any, PillowImage()], data_format: Format = "channels_last") -> Any:
    """Gives the pixels of an image.

    Args:
        img: The image, as `image_load()` reads one.
        data_format: Whether channels are the last axis or the first one.

    Returns:
        An array of height, width and channels, with numbers from 0 to 255.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `image_to_array`; Keras, `keras.utils.img_to_array`.
    """
    return keras.utils.img_to_array(**locals())


@r_function
def image_array_resize(img: Rows, height: Size, width: Size, data_format: Format = "channels_last") -> Any:
    """Brings the pixels of an image, or of several, to another size.

    Pixels between pixels are computed by lines from one to the next, from the first pixel to the last one.

    Args:
        img: An array of height, width and channels, or of images and these.
        height: The height, in pixels.
        width: The width, in pixels.
        data_format: Whether channels are the last axis or the one before height and width.

    Returns:
        The array.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `image_array_resize`; SciPy, `scipy.ndimage.zoom`.
    """
    if img.ndim not in (3, 4):
        refuse(image_array_resize, "img", img, "an array of 3 or 4 axes")
    from scipy import ndimage

    rows = img.ndim - (3 if data_format == "channels_last" else 2)
    factors = [1.0] * img.ndim
    factors[rows], factors[rows + 1] = height / img.shape[rows], width / img.shape[rows + 1]
    return ndimage.zoom(img, factors, order=1)


@r_function
def image_array_save(
    img: Rows,
    path: Path,
    data_format: Format | None = None,
    file_format: str | None = None,
    scale: bool = True,
) -> None:
    """Writes the pixels of an image into a file.

    Args:
        img: An array of height, width and channels.
        path: The file; its ending tells the format.
        data_format: Whether channels are the last axis or the first one; as in Keras's configuration if `None`.
        file_format: The format, if the ending does not tell it: `"png"`, `"jpeg"`.
        scale: Whether the numbers are stretched, so that the smallest one is 0 and the largest one 255.

    Returns:
        Nothing.

    Raises:
        ArgumentError: An argument is not what it must be.
        FileError: The file cannot be written. What stood there before stands there still.

    Source:
        R keras 2.2.5.0, `image_array_save`; Keras, `keras.utils.save_img`.
    """
    if img.ndim != 3:
        refuse(image_array_save, "img", img, "an array of 3 axes")
    with replacing(str(path), "image_array_save", suffix=os.path.splitext(path)[1]) as beside:
        keras.utils.save_img(beside, np.array(img), data_format, file_format, scale)
