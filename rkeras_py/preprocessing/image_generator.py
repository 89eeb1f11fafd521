"""image_data_generator(): images that are turned, moved and brought to one scale as they are needed."""

import warnings
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

import numpy as np
from annotated_types import Ge, Lt

from ..keras_internals import legacy_preprocessing
from ..language import RDefault, Size, r_function, refuse
from ..language.errors import ArgumentError
from ..language.kinds import Kind, Unfit, single
from ..language.notices import warn
from ..language.wording import NA_INTEGER, show
from .rows import Rows

LegacyGenerator: Any = legacy_preprocessing("image").ImageDataGenerator
_NAME = "image_data_generator"


class ImageDataGenerator(LegacyGenerator):
    """Keras's generator of images; a function of one's own may return any numbers, and it is said once what lacks.

    Attributes:
        mean: The mean of each channel, once `fit_image_data_generator()` has seen images.
        std: Their standard deviation.
        zca_whitening_matrix: What whitens images.
    """

    preprocessing_function: Callable[[Any], Any] | None
    _said = False

    def standardize(self, x: Any) -> Any:
        """Brings the pixels of an image to one scale."""
        if self.preprocessing_function is not None:
            x = self._processed(self.preprocessing_function(x), x.shape)
        if self.rescale:
            x *= self.rescale
        if self.samplewise_center:
            x -= np.mean(x, keepdims=True)
        if self.samplewise_std_normalization:
            x /= np.std(x, keepdims=True) + 1e-6
        if self.featurewise_center and self._knows(self.mean):
            x -= self.mean
        if self.featurewise_std_normalization and self._knows(self.std):
            x /= self.std + 1e-6
        if self.zca_whitening and self._knows(self.zca_whitening_matrix):
            x = np.reshape(x.reshape(-1, x.size) @ self.zca_whitening_matrix, x.shape)
        return x

    def _processed(self, result: Any, shape: tuple[int, ...]) -> Any:
        """What a function of the user's makes of an image: from R it comes read-only, column by column."""
        array = np.asarray(result)
        if array.shape != shape or array.dtype.kind not in "biuf":
            returned = f"what `preprocessing_function` returns must be an array of shape {shape}, not {show(result)}"
            raise ArgumentError(f"{_NAME}(): {returned}.")
        return np.require(array, array.dtype if array.dtype.kind == "f" else self.dtype, ["W"])

    def _knows(self, what: Any) -> bool:
        if what is None and not self._said:
            self._said = True
            warn(_NAME, "what all images are brought to is not known yet: call fit_image_data_generator().")
        return what is not None


class ShiftRange(Kind):
    """How far images are moved; whole numbers stay what they are, as they mean pixels."""

    def wants(self) -> str:
        return "a number or a vector of numbers"

    def convert(self, value: Any) -> Any:
        value = single(value)
        numbers = value.tolist() if isinstance(value, np.ndarray) and value.ndim == 1 else value
        numbers = list(numbers) if isinstance(numbers, list | tuple) else [numbers]
        fits = (isinstance(one, int | float) and not isinstance(one, bool) and one == one for one in numbers)
        if not numbers or not all(fits) or NA_INTEGER in numbers:
            raise Unfit
        return numbers if len(numbers) > 1 else numbers[0]


class AnyImageGenerator(Kind):
    """A generator of images, ours or Keras's own."""

    def wants(self) -> str:
        return "a generator, as image_data_generator() makes one"

    def convert(self, value: Any) -> Any:
        if not isinstance(value, LegacyGenerator):
            raise Unfit
        return value


Shift = Annotated[Any, ShiftRange()]
Generator = Annotated[Any, AnyImageGenerator()]
Amount = Annotated[float, Ge(0)]


@r_function
def image_data_generator(
    featurewise_center: bool = False,
    samplewise_center: bool = False,
    featurewise_std_normalization: bool = False,
    samplewise_std_normalization: bool = False,
    zca_whitening: bool = False,
    zca_epsilon: Amount = 1e-6,
    rotation_range: Amount = 0,
    width_shift_range: Shift = 0.0,
    height_shift_range: Shift = 0.0,
    brightness_range: Sequence[Amount] | None = None,
    shear_range: Amount = 0,
    zoom_range: Amount | Sequence[Amount] = 0,
    channel_shift_range: Amount = 0,
    fill_mode: Annotated[Literal["nearest", "constant", "reflect", "wrap"], RDefault('"nearest"')] = "nearest",
    cval: float = 0,
    horizontal_flip: bool = False,
    vertical_flip: bool = False,
    rescale: float | None = None,
    preprocessing_function: Callable[..., Any] | None = None,
    data_format: Literal["channels_last", "channels_first"] | None = None,
    validation_split: Annotated[float, Ge(0), Lt(1)] = 0,
) -> ImageDataGenerator:
    """Images that are turned, moved and brought to one scale at random, each time that they are needed.

    Args:
        featurewise_center: Whether the mean of all images is taken off.
        samplewise_center: Whether the mean of each image is taken off.
        featurewise_std_normalization: Whether images are divided by the standard deviation of all.
        samplewise_std_normalization: Whether each image is divided by its standard deviation.
        zca_whitening: Whether images are whitened.
        zca_epsilon: What keeps whitening from dividing by 0.
        rotation_range: How far images are turned to either side at most, in degrees.
        width_shift_range: How far they are moved to either side at most: below 1 as a share of the width, else in
            pixels; one of several numbers of pixels, if it is a vector.
        height_shift_range: The same, up and down.
        brightness_range: The least and the largest factor of the brightness.
        shear_range: How far they are sheared to either side at most, in degrees.
        zoom_range: The least and the largest factor of the size; one number for so much below and above 1.
        channel_shift_range: How much is added to a channel, or taken off, at most.
        fill_mode: What stands where an image does not reach: the nearest pixel, `cval`, or the image again, mirrored
            or not.
        cval: The number that stands there with `"constant"`.
        horizontal_flip: Whether one of two images is mirrored from left to right.
        vertical_flip: Whether one of two images is mirrored from top to bottom.
        rescale: The factor that numbers are multiplied by, behind all of this and `preprocessing_function`.
        preprocessing_function: A function of an image, an array of 3 axes, that returns one of the same shape.
        data_format: Where the channels are; as in Keras's configuration if `None`.
        validation_split: The share of the images that `subset = "validation"` stands for, the first ones.

    Returns:
        The generator of Keras 2, which Keras 3 has still; random numbers are NumPy's.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `image_data_generator`; Keras, `keras.src.legacy.preprocessing.image`.
    """
    arguments = locals()
    if brightness_range is not None and len(brightness_range) != 2:
        refuse(image_data_generator, "brightness_range", brightness_range, "two numbers, or nothing")
    if isinstance(zoom_range, Sequence) and len(zoom_range) != 2:
        refuse(image_data_generator, "zoom_range", zoom_range, "a number, or two")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", UserWarning)
        made = ImageDataGenerator(**arguments)
    for one in said:
        warn(_NAME, f"{one.message}".replace("This ImageDataGenerator specifies ", "").replace("  ", " "))
    return made


@r_function
def fit_image_data_generator(
    object: Generator, x: Rows, augment: bool = False, rounds: Size = 1, seed: int | None = None
) -> Any:
    """Shows a generator images, for the mean, the deviation and the whitening of all; it is changed itself.

    Args:
        object: The generator.
        x: An array of images, height, width and channels.
        augment: Whether it is shown the images as it changes them at random.
        rounds: How often it is shown each image, then.
        seed: The seed of the changes.

    Returns:
        The generator.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `fit_image_data_generator`; Keras, `keras.src.legacy.preprocessing.image`.
    """
    if x.ndim != 4:
        refuse(fit_image_data_generator, "x", x, "an array of 4 axes: images, height, width and channels")
    object.fit(x, augment=augment, rounds=rounds, seed=seed)
    return object
