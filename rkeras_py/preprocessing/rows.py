"""Arrays of samples as arguments, and sizes of images."""

from typing import Annotated, Any

import keras
import numpy as np

from ..language.compound import Anything
from ..language.kinds import Unfit
from ..language.vectors import Integers


class SampleRows(Anything):
    """Numbers whose first axis goes from sample to sample: row by row, doubles in Keras's float type."""

    def wants(self) -> str:
        return "an array of numbers"

    def convert(self, value: Any) -> Any:
        try:
            array = np.asarray(super().convert(value))
        except ValueError:  # rows of different lengths
            raise Unfit from None
        if array.dtype.kind not in "biuf" or array.ndim == 0:
            raise Unfit
        return np.ascontiguousarray(array, keras.config.floatx() if array.dtype == np.float64 else None)


class ImageSize(Integers):
    """Height and width of images."""

    def wants(self) -> str:
        return "two whole numbers, a height and a width"

    def convert(self, value: Any) -> tuple[int, int]:
        numbers = super().convert(value)
        if isinstance(numbers, int) or len(numbers) != 2 or min(numbers) < 1:
            raise Unfit
        return numbers[0], numbers[1]


Rows = Annotated[Any, SampleRows()]
HeightAndWidth = Annotated[Any, ImageSize()]
