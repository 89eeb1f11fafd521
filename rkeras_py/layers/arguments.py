"""The arguments that layers share: what they may be, and what the help says of them, once."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypedDict

import keras
import numpy as np
from annotated_types import Ge, Le
from typing_extensions import Doc

from ..language import IntegerTuple, RDefault, RInteger, Size, identifiers
from ..language.kinds import Kind, Unfit, single
from ..language.scalars import Whole
from ..language.tensors import is_tensor
from ..language.wording import NA_INTEGER, RValue, show


class LayerTarget(Kind):
    """What a layer is added to or called on."""

    def wants(self) -> str:
        return "a sequential model, a tensor, or missing"

    def convert(self, value: Any) -> Any:
        if value is None or isinstance(value, keras.Sequential | keras.KerasTensor):
            return value
        if isinstance(value, list | tuple) and value and all(map(is_tensor, value)):
            return list(value)
        if isinstance(value, Mapping) and value and all(map(is_tensor, value.values())):
            return dict(value)
        if (isinstance(value, np.ndarray) and value.ndim > 1) or keras.ops.is_tensor(value):
            return value
        raise Unfit(" Arguments behind the first can be given by name.") if _is_number(value) else Unfit


class ShapeWithoutBatch(Kind):
    """R's `normalize_shape()`: whole numbers, where NA, or NULL in a list, is a dimension of any size."""

    def wants(self) -> str:
        return f"a shape (whole numbers, {show(None)} for any size)"

    def convert(self, value: Any) -> tuple[int | None, ...]:
        if isinstance(value, np.ndarray):
            value = value.tolist()
        return tuple(_size(one) for one in (value if isinstance(value, list | tuple) else [value]))


class Margins1D(Kind):
    """How much in front of and behind an axis: a number for both, or two."""

    axes = 1

    def wants(self) -> str:
        return "a whole number from 0 or a pair of them"

    def convert(self, value: Any) -> Any:
        if isinstance(value, np.ndarray):
            value = value.tolist()
        numbers = [single(one) for one in (value if isinstance(value, list | tuple) else [value])]
        if any(isinstance(one, list | tuple | np.ndarray) for one in numbers):
            return self._pairs(numbers)
        if len(numbers) not in (1, 2 if self.axes == 1 else self.axes):
            raise Unfit
        return _from_zero(numbers[0]) if len(numbers) == 1 else tuple(map(_from_zero, numbers))

    def _pairs(self, values: list[Any]) -> tuple[tuple[int, ...], ...]:
        if len(values) != self.axes or any(not isinstance(one, list | tuple | np.ndarray) for one in values):
            raise Unfit
        pairs = tuple(tuple(map(_from_zero, pair)) for pair in values)
        if self.axes == 1 or any(len(pair) != 2 for pair in pairs):
            raise Unfit
        return pairs


class Margins2D(Margins1D):
    """How much in front of and behind each axis: a number for all, one for each, or pairs. R's `normalize_scale()`."""

    axes = 2

    def wants(self) -> str:
        return f"a whole number from 0, {self.axes} of them (one for each axis), or a list of {self.axes} pairs"


class Margins3D(Margins2D):
    """The same of three axes."""

    axes = 3


class ListOfArrays(Kind):
    """Arrays, one for each weight."""

    def wants(self) -> str:
        return "a list of arrays"

    def convert(self, value: Any) -> list[Any]:
        if isinstance(value, np.ndarray):
            return [value]
        if not isinstance(value, list | tuple) or any(isinstance(one, str | RValue) or one is None for one in value):
            raise Unfit
        arrays = [np.asarray(one) for one in value]
        if not all(np.issubdtype(array.dtype, np.number) for array in arrays):
            raise Unfit
        return arrays


class ListOfTensors(Kind):
    """Symbolic tensors or others: one, or several in a list or a named list."""

    def wants(self) -> str:
        return "a tensor or a list of tensors"

    def convert(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            value = list(value.values())
        if isinstance(value, list | tuple):
            if not value:
                raise Unfit
            return [one if isinstance(one, np.ndarray) and one.ndim > 1 else self.convert(one) for one in value]
        if not is_tensor(value):
            raise Unfit(" A tensor comes from layer_input() and the layers that are called on it.")
        return value


class SymbolicInput(Kind):
    """A symbolic tensor for a model to begin with."""

    def wants(self) -> str:
        return "a tensor from layer_input()"

    def convert(self, value: Any) -> Any:
        if not isinstance(value, keras.KerasTensor):
            raise Unfit
        return value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _from_zero(value: Any) -> int:
    number = Whole().convert(value)
    if number < 0:
        raise Unfit
    return number


def _size(value: Any) -> int | None:
    if isinstance(value, RValue):
        if value.text == "NA":
            return None
        raise Unfit
    value = single(value)
    if value is None or value == NA_INTEGER:
        return None
    size = Whole().convert(value)
    if size < 1 or isinstance(value, bool):
        raise Unfit
    return size


Target = Annotated[
    Any,
    LayerTarget(),
    Doc("A sequential model, which the layer is added to; a tensor, which it is called on; or missing."),
]
Shape = Annotated[Any, ShapeWithoutBatch()]
Arrays = Annotated[Any, ListOfArrays()]
Tensors = Annotated[Any, ListOfTensors()]


InputShape = Annotated[
    Shape | None, Doc("The shape of a sample, without the batch, for the first layer of a sequential model.")
]
BatchInputShape = Annotated[Shape | None, Doc("The shape with the batch in front, for the first layer of a model.")]
BatchSize = Annotated[Size | None, Doc("Samples in a batch, where it is to be fixed; together with `input_shape`.")]
DType = Annotated[str | None, Doc('The type of weights and results, e.g. `"float32"`; the default of Keras if `None`.')]
LayerName = Annotated[str | None, Doc("The name of the layer, made up if `None`.")]
Trainable = Annotated[bool | None, Doc("Whether training changes the weights.")]
Weights = Annotated[Arrays | None, Doc("The values that the weights begin with, in the order of `get_weights`.")]


class ShortTail(TypedDict, total=False):
    """What ends the signature of a layer without weights."""

    batch_size: BatchSize
    name: LayerName
    trainable: Trainable
    weights: Weights


class TypedTail(TypedDict, total=False):
    """The same with a type."""

    batch_size: BatchSize
    dtype: DType
    name: LayerName
    trainable: Trainable
    weights: Weights


class LayerTail(TypedDict, total=False):
    """What ends the signature of a layer that can be the first of a model."""

    input_shape: InputShape
    batch_input_shape: BatchInputShape
    batch_size: BatchSize
    dtype: DType
    name: LayerName
    trainable: Trainable
    weights: Weights


Units = Annotated[Size, Doc("The size of the output, at least 1.")]
Filters = Annotated[Size, Doc("How many filters there are, the last size of the output.")]
Activation = Annotated[
    identifiers.Activation | None,
    Doc('The activation: a name as `"relu"`, a function, or `None` for none. `"hard_sigmoid"` is Keras 2\'s.'),
]
RecurrentActivation = Annotated[identifiers.Activation | None, Doc("The activation of the gates.")]
UseBias = Annotated[bool, Doc("Whether a bias is added.")]
KernelInitializer = Annotated[identifiers.Initializer, Doc("How the kernel begins: a name or an initializer.")]
RecurrentInitializer = Annotated[identifiers.Initializer, Doc("How the recurrent kernel begins.")]
BiasInitializer = Annotated[identifiers.Initializer, Doc("How the bias begins.")]
KernelRegularizer = Annotated[
    identifiers.Regularizer | None, Doc("A penalty on the kernel, e.g. `regularizer_l2(0.001)`.")
]
RecurrentRegularizer = Annotated[identifiers.Regularizer | None, Doc("A penalty on the recurrent kernel.")]
BiasRegularizer = Annotated[identifiers.Regularizer | None, Doc("A penalty on the bias.")]
ActivityRegularizer = Annotated[identifiers.Regularizer | None, Doc("A penalty on the output.")]
KernelConstraint = Annotated[
    identifiers.Constraint | None, Doc("What the kernel is held to, e.g. `constraint_maxnorm(2)`.")
]
RecurrentConstraint = Annotated[identifiers.Constraint | None, Doc("What the recurrent kernel is held to.")]
BiasConstraint = Annotated[identifiers.Constraint | None, Doc("What the bias is held to.")]
Share = Annotated[float, Ge(0), Le(1)]

KernelSize = Annotated[IntegerTuple, Doc("The size of the window, a number or one for each dimension.")]
Groups = Annotated[
    Size,
    RInteger(),
    Doc("How many groups the channels of the input are divided into, each with its own `filters / groups` filters."),
]
KeepDims = Annotated[bool, Doc("Whether the dimensions that are reduced stay, with the size 1.")]
TimeIsFirst = Annotated[
    bool, Doc("Whether input and output are (steps, batch, features); on Keras 3 a class of rkeras does that.")
]
Strides = Annotated[IntegerTuple, RInteger(), Doc("How far the window moves.")]
PlainStrides = Annotated[IntegerTuple, Doc("How far the window moves.")]
PlainDilation = Annotated[IntegerTuple, Doc("How far apart the samples in the window are, 1 for none between.")]
Dilation = Annotated[IntegerTuple, RInteger(), Doc("How far apart the samples in the window are, 1 for none between.")]
Padding = Annotated[
    Literal["valid", "same"], RDefault('"valid"'), Doc('`"valid"` for none, `"same"` for as much as keeps the size.')
]
CausalPadding = Annotated[
    Literal["valid", "same", "causal"],
    RDefault('"valid"'),
    Doc('`"valid"` for none, `"same"` for as much as keeps the size, `"causal"` for all of it in front.'),
]
DataFormat = Annotated[
    Literal["channels_last", "channels_first"] | None,
    Doc('`"channels_last"` or `"channels_first"`; the default of Keras if `None`.'),
]
ChannelsLast = Annotated[
    Literal["channels_last", "channels_first"],
    RDefault('"channels_last"'),
    Doc('`"channels_last"` for (batch, steps, features), `"channels_first"` for (batch, features, steps).'),
]
PoolSize = Annotated[IntegerTuple, RInteger(), Doc("The size of the window.")]
PoolStrides = Annotated[IntegerTuple | None, Doc("How far the window moves, its size if `None`.")]
