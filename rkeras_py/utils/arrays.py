"""Arrays: to_categorical(), array_reshape(), normalize()."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import keras
import numpy as np
from annotated_types import Ge

from ..language import Axis, Data, Size, r_function, refuse
from ..language.kinds import Kind, Unfit
from ..language.wording import RFactor, RValue, how_to_number


class ClassNumbers(Kind):
    """Classes, as whole numbers from 0 or as an R factor."""

    def wants(self) -> str:
        return "the numbers of classes, counted from 0, or a factor"

    def convert(self, value: Any) -> Any:
        if isinstance(value, RFactor):
            return np.asarray(value.codes) - 1
        if isinstance(value, RValue) or value is None or callable(value) or isinstance(value, Mapping):
            raise Unfit
        numbers = np.asarray(value)
        if not np.issubdtype(numbers.dtype, np.number) and numbers.dtype != bool:
            raise Unfit(how_to_number() if numbers.dtype.kind in "UO" else "")
        if not numbers.size or not np.isfinite(numbers).all() or (numbers < 0).any():
            raise Unfit
        return numbers.astype("int64")


@r_function
def to_categorical(y: Annotated[Any, ClassNumbers()], num_classes: Size | None = None, dtype: str = "float32") -> Any:
    """Makes a row of 0 and 1 of each class.

    Args:
        y: The numbers of classes, counted from 0. A factor stands for the numbers of its levels.
        num_classes: How many classes there are; one more than the largest number if `None`.
        dtype: The type of the matrix.

    Returns:
        A matrix, a row for each element of `y` and a column for each class.

    Raises:
        ArgumentError: An argument is not what it must be, or a class is not below `num_classes`.

    Source:
        R keras 2.2.5.0, `to_categorical`; Keras, `keras.utils.to_categorical`.
    """
    if num_classes is not None and y.max() >= num_classes:
        refuse(to_categorical, "num_classes", num_classes, f"more than the largest class, {y.max()}")
    return keras.utils.to_categorical(y, num_classes).astype(dtype_of(to_categorical, dtype))


@r_function
def array_reshape(x: Data, dim: Sequence[Annotated[int, Ge(-1)]], order: Literal["C", "F"] = "C") -> Any:
    """Gives an array another shape, row by row, which R's `dim<-` does column by column.

    Args:
        x: The array.
        dim: The shape; one size may be -1, for what is left.
        order: `"C"` for row by row, `"F"` for column by column.

    Returns:
        The array.

    Raises:
        ArgumentError: An argument is not what it must be, or the shape has not as many elements.

    Source:
        R reticulate, `array_reshape`, which R keras 2.2 exports; NumPy, `numpy.reshape`.
    """
    array = np.asarray(x)
    try:
        return np.reshape(array, dim, order=order)
    except ValueError:
        refuse(array_reshape, "dim", list(dim), f"a shape of {array.size} elements")


@r_function
def normalize(x: Data, axis: Axis = -1, order: Annotated[int, Ge(1)] = 2) -> Any:
    """Divides vectors by their norm.

    Args:
        x: The array.
        axis: The axis along which the vectors lie, counted from 1, or from -1 backwards.
        order: The order of the norm: 2 for the Euclidean one.

    Returns:
        The array.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `normalize`; NumPy, `numpy.linalg.norm`.
    """
    array = np.asarray(x)
    if not -array.ndim <= axis < array.ndim:
        refuse(normalize, "axis", axis + 1, f"the number of one of the {array.ndim} axes")
    # keras.utils.normalize() takes the first axis for the last one.
    norm = np.linalg.norm(array, ord=order, axis=axis, keepdims=True)
    return array / np.where(norm == 0, 1, norm)


def dtype_of(function: Any, name: str) -> Any:
    """The NumPy type of a name.

    Raises:
        ArgumentError: On behalf of the R function, if there is no such type.
    """
    try:
        return np.dtype(name)
    except TypeError:
        refuse(function, "dtype", name, 'a type as "float32" or "int32"')
