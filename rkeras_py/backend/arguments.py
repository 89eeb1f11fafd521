"""What the arguments of backend functions may be, and what the help says of those that many share."""

import functools
import math
from typing import Annotated, Any, Literal

import keras
import numpy as np
from typing_extensions import Doc

from ..language import IntegerTuple, RDefault, Retired
from ..language.kinds import Kind, Unfit, single
from ..language.scalars import Choice, Whole
from ..language.tensors import TensorLike, is_tensor
from ..language.vectors import AxisFromOne, Integers, Vector
from ..language.wording import NA_INTEGER, RValue, did_you_mean, show


class TensorOrList(TensorLike):
    """A tensor; a list that holds tensors, as the shape of a batch does, becomes one."""

    def convert(self, value: Any) -> Any:
        if type(value) in (list, tuple) and any(is_tensor(one) for one in value):
            return keras.ops.stack([self.convert(one) for one in value])
        return super().convert(value)


class Operand(TensorOrList):
    """A tensor or a number, which takes the type of the tensor beside it."""

    def convert(self, value: Any) -> Any:
        return value if isinstance(value, bool | int | float) else super().convert(value)


class TensorList(Kind):
    """Tensors in a list; one stands for a list of one."""

    def wants(self) -> str:
        return "a list of tensors or arrays"

    def convert(self, value: Any) -> list[Any]:
        if isinstance(value, list | tuple) and not value:
            raise Unfit
        elements = value if isinstance(value, list | tuple) else [value]
        return [TensorOrList().convert(one) for one in elements]


class TensorOrTensors(Kind):
    """A tensor, or several in a list; a list of numbers is one."""

    def wants(self) -> str:
        return "a tensor, or a list of tensors or arrays"

    def convert(self, value: Any) -> Any:
        if isinstance(value, list | tuple) and any(is_tensor(one) or isinstance(one, np.ndarray) for one in value):
            return TensorList().convert(value)
        return TensorOrList().convert(value)


class AxesFromOne(AxisFromOne):
    """One axis or several, from 1 or from -1 backwards; the function sees Python's numbers."""

    def wants(self) -> str:
        return "the number of an axis, counted from 1, or from -1 backwards, or a vector of such numbers"

    def convert(self, value: Any) -> Any:
        if type(value) in (int, float) and value in _USUAL_AXES:  # what nearly every call has
            return _USUAL_AXES[value]
        axes = Vector(AxisFromOne()).convert(value)
        return axes[0] if len(axes) == 1 else tuple(axes)


class AxesOfTwo(AxesFromOne):
    """An axis of each of two tensors, or one for both."""

    def wants(self) -> str:
        return "the numbers of two axes, counted from 1, or from -1 backwards, or one for both"

    def convert(self, value: Any) -> Any:
        axes = Vector(AxisFromOne()).convert(value)
        if len(axes) > 2:
            raise Unfit
        return axes[0], axes[-1]


@functools.cache
def _size_in_jax() -> type:
    """The type of a size that JAX does not know yet."""
    from jax import export

    return type(export.symbolic_shape("size")[0])


class Sizes(Integers):
    """A shape: whole numbers, and numbers that are known in a compiled graph only."""

    open_sizes = False

    def wants(self) -> str:
        return "a shape (whole numbers)"

    def convert(self, value: Any) -> tuple[Any, ...]:
        if value is None:
            raise Unfit
        if isinstance(value, keras.KerasTensor):
            raise Unfit(_SHAPE_IS_UNKNOWN)
        if isinstance(value, np.ndarray):
            value = value.tolist()
        elif is_tensor(value) and len(value.shape) == 1:
            value = list(keras.ops.unstack(value))
        return tuple(self._size(one) for one in (value if isinstance(value, list | tuple) else [value]))

    def _size(self, value: Any) -> Any:
        if isinstance(value, list | tuple) and len(value) == 1:
            value = value[0]
        if is_tensor(value):
            if isinstance(value, keras.KerasTensor):
                raise Unfit(_SHAPE_IS_UNKNOWN)
            return value
        if keras.config.backend() == "jax" and isinstance(value, _size_in_jax()):
            return value
        if value is None or (isinstance(value, RValue) and value.text == "NA") or single(value) == NA_INTEGER:
            if not self.open_sizes:
                raise Unfit(_SHAPE_IS_UNKNOWN)
            return None
        size = Whole().convert(value)
        if size < (-1 if self.open_sizes else 0):
            raise Unfit
        return None if size == -1 else size


class OpenSizes(Sizes):
    """A shape, whose sizes may be left open by NULL or -1."""

    open_sizes = True

    def wants(self) -> str:
        return f"a shape (whole numbers, {show(None)} or -1 for any size)"


class Indices(AxisFromOne):
    """Where rows are: numbers count from 1 as R's do, a tensor has what Keras computes, from 0."""

    def wants(self) -> str:
        return "numbers of rows, counted from 1, or a tensor of such numbers, counted from 0"

    def convert(self, value: Any) -> Any:
        if is_tensor(value):
            return value
        numbers = TensorLike().convert(value)
        if (numbers < 1).any() or (numbers != np.floor(numbers)).any():
            raise Unfit
        return numbers.astype("int32") - 1


class TypeName(Kind):
    """The name of a type, or what stands for one in NumPy or TensorFlow."""

    def wants(self) -> str:
        return 'a type as "float32" or "int32"'

    def convert(self, value: Any) -> str:
        if isinstance(value, list | tuple) and len(value) == 1:
            value = value[0]
        if not isinstance(value, str) and not hasattr(value, "name") and not isinstance(value, np.dtype):
            raise Unfit
        try:
            return str(keras.backend.standardize_dtype(value))
        except (ValueError, TypeError):
            raise Unfit(did_you_mean(value, _TYPES) if isinstance(value, str) else "") from None


class PaddingPairs(Kind):
    """How much goes in front of and behind each axis: two numbers for each."""

    def __init__(self, axes: int) -> None:
        self.axes = axes

    def wants(self) -> str:
        return f"a list of {self.axes} pairs of whole numbers"

    def convert(self, value: Any) -> tuple[tuple[int, int], ...]:
        if isinstance(value, np.ndarray):
            value = value.tolist()
        if not isinstance(value, list | tuple) or len(value) != self.axes:
            raise Unfit
        return tuple(_pair(one) for one in value)


class Pair(Integers):
    """Two whole numbers from 0."""

    def wants(self) -> str:
        return "a pair of whole numbers"

    def convert(self, value: Any) -> tuple[int, int]:
        return _pair(value)


class Chosen(Choice):
    """One of several strings; unlike `match.arg()`, NULL is none of them."""

    def convert(self, value: Any) -> str:
        if value is None:
            raise Unfit
        return super().convert(value)


def _pair(value: Any) -> tuple[int, int]:
    numbers = Vector(Whole()).convert(value)
    if len(numbers) != 2 or min(numbers) < 0:
        raise Unfit
    return numbers[0], numbers[1]


_USUAL_AXES = {1: 0, 2: 1, 3: 2, 4: 3, -1: -1}
_SHAPE_IS_UNKNOWN = " A size that only the data tell is known within layer_lambda(), not outside."
_TYPES = ("bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64", "string")

AnyTensor = Annotated[Any, TensorOrList()]
Axes = Annotated[int | tuple[int, ...], AxesFromOne()]
Shape = Annotated[Any, Sizes()]
OpenShape = Annotated[Any, OpenSizes()]
DType = Annotated[str, TypeName()]
Format = Annotated[Literal["channels_last", "channels_first"], Chosen(("channels_last", "channels_first"))]

X = Annotated[AnyTensor, Doc("A tensor, an array or a number.")]
Left = Annotated[Any, Operand(), Doc("A tensor, an array or a number.")]
Right = Annotated[Any, Operand(), Doc("A tensor, an array or a number, whose shape can be broadcast to that of `x`.")]
Tensors = Annotated[Any, TensorList(), Doc("A list of tensors or arrays.")]
ReductionAxes = Annotated[
    Axes | None, Doc("The axis or axes to reduce, counted from 1, or from -1 backwards; all if `None`.")
]
AlongAxis = Annotated[int, AxisFromOne(), Doc("The axis, counted from 1, or from -1 backwards.")]
KeepDims = Annotated[bool, Doc("Whether the reduced axes stay, with a size of 1.")]
TypeOrDefault = Annotated[DType | None, Doc("The type of the result, `k_floatx()` if `None`.")]
TypeOrSame = Annotated[DType | None, Doc("The type of the result, that of `x` if `None`.")]
NoName = Annotated[str | None, Retired("operations have no names in Keras 3."), Doc("Not used any more.")]
VariableName = Annotated[str | None, Doc("The name of the variable, made up if `None`.")]
FromLogits = Annotated[bool, Doc("Whether `output` holds logits, rather than probabilities.")]
Seed = Annotated[
    int | None, Doc("A whole number, by which the draws of all calls can be repeated; new ones each time if `None`.")
]
DataFormat = Annotated[
    Format | None, Doc('`"channels_last"` or `"channels_first"`; `k_image_data_format()` if `None`.')
]
Strides = Annotated[IntegerTuple, Doc("How far the window moves: a number, or one for each spatial axis.")]
Dilation = Annotated[IntegerTuple, Doc("The dilation rate: a number, or one for each spatial axis.")]
Padding = Annotated[
    Literal["valid", "same"], Chosen(("valid", "same")), RDefault('"valid"'), Doc('`"valid"` or `"same"`.')
]
PoolMode = Annotated[
    Literal["max", "avg"],
    Chosen(("max", "avg")),
    RDefault('"max"'),
    Doc('`"max"` or `"avg"`, the largest or the mean.'),
]
PoolSize = Annotated[IntegerTuple, Doc("The size of the window: a number, or one for each spatial axis.")]
Epsilon = Annotated[float, Doc("A small number that is added to the variance.")]


def sizes_known(shape: tuple[Any, ...]) -> bool:
    """Whether a shape has numbers alone."""
    return all(isinstance(size, int) for size in shape)


def size_of(shape: tuple[Any, ...]) -> int:
    """How many elements a shape has."""
    return math.prod(shape)
