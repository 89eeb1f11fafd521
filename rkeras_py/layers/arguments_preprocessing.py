"""The arguments of the layers that prepare data: strings and numbers as they come, vocabularies, factors."""

import sys
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import keras
import numpy as np
from typing_extensions import Doc

from ..language import Count, RDefault, RInteger, Size
from ..language.functions_of_r import FunctionOfR
from ..language.kinds import Kind, Unfit, single
from ..language.scalars import Function
from ..language.tensors import is_tensor
from ..language.wording import RCallable, RFactor, RValue, show
from .arguments import LayerTarget


class RawTarget(LayerTarget):
    """What a layer is added to or called on, strings and vectors among it."""

    def wants(self) -> str:
        return "a sequential model, a tensor, strings, an array, or missing"

    def convert(self, value: Any) -> Any:
        if isinstance(value, RFactor):
            value = value.labels()
        if isinstance(value, str):
            return np.asarray(value)
        if is_tensor_of_tensorflow(value):
            return value
        if isinstance(value, list | tuple) and any(map(is_tensor, value)):
            return super().convert(value)  # several inputs
        array = _array(value)
        return super().convert(value) if array is None or array.ndim == 0 else array


class Examples(Kind):
    """What a layer learns from: an array, strings, or what gives them in batches."""

    def wants(self) -> str:
        return "strings, an array, or a data set"

    def convert(self, value: Any) -> Any:
        if isinstance(value, RFactor):
            value = value.labels()
        if isinstance(value, RValue):
            raise Unfit(value.hint)
        if isinstance(value, str):
            return np.asarray([value])
        if isinstance(value, bytes | dict | type) or callable(value):
            raise Unfit
        if isinstance(value, list | tuple | np.ndarray):
            array = _array(value)
            if array is None or not array.ndim:
                raise Unfit
            return array
        if keras.ops.is_tensor(value) or is_tensor_of_tensorflow(value):
            return value
        if not hasattr(value, "__iter__") and not hasattr(value, "__getitem__"):
            raise Unfit
        return value


class Tokens(Kind):
    """A vocabulary: its words or numbers, or the path of a file with one a line."""

    def __init__(self, *sorts: type) -> None:
        self.sorts = sorts

    def wants(self) -> str:
        names = {str: "strings", int: "whole numbers"}
        what = " or ".join(names[sort] for sort in self.sorts)
        return f"a vector of {what} or the path of a file"

    def convert(self, value: Any) -> Any:
        if isinstance(value, RFactor):
            value = value.labels()
        if isinstance(value, str):
            return value
        if isinstance(value, np.ndarray):
            value = value.reshape(-1).tolist()
        elements = list(value) if isinstance(value, list | tuple) else [value]
        tokens = [_token(single(one)) for one in elements]
        if not tokens or not all(isinstance(one, self.sorts) for one in tokens):
            raise Unfit
        return tokens


class StringFunction(Kind):
    """One of several names, or a function of string tensors."""

    def __init__(self, *names: str) -> None:
        self.known = names

    def wants(self) -> str:
        return f"{', '.join(map(show, self.known))} or a function"

    def convert(self, value: Any) -> Any:
        if isinstance(value, RCallable):
            return StringsOfR(value, getattr(value, "__name__", "") or "strings")
        if callable(value):
            return Function().convert(value)
        value = single(value)
        if not isinstance(value, str) or value not in self.known:
            raise Unfit
        return value


@keras.saving.register_keras_serializable(package="rkeras")
class StringsOfR(FunctionOfR):
    """A function of R that is given a tensor of strings, of TensorFlow whatever the backend is, and returns one."""

    def __call__(self, *tensors: Any) -> Any:
        import tensorflow as tf

        result = super().__call__(*[tf.convert_to_tensor(tensor) for tensor in tensors])
        return result if is_tensor_of_tensorflow(result) else tf.convert_to_tensor(result)


def is_tensor_of_tensorflow(value: Any) -> bool:
    """Whether a value is a tensor of TensorFlow, which there are beside another backend too: strings, or batches."""
    tf = sys.modules.get("tensorflow")
    return tf is not None and isinstance(value, tf.Tensor | tf.RaggedTensor | tf.SparseTensor)


def _array(value: Any) -> Any:
    """An array of numbers or strings, None for what cannot be one."""
    if not isinstance(value, list | tuple | np.ndarray):
        return None
    if any(isinstance(one, keras.KerasTensor | RValue) or one is None for one in value if np.ndim(value) != 0):
        return None
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        return None
    if array.dtype == object and all(isinstance(one, str) for one in array.flat):
        array = array.astype(str)
    return array if array.size and array.dtype.kind in "biufUS" else None


def _token(value: Any) -> Any:
    """Whole numbers are doubles in R."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None if isinstance(value, bool) else value


RawInput = Annotated[
    Any,
    RawTarget(),
    Doc(
        "A sequential model, which the layer is added to; a tensor, strings or an array, which it is called on; "
        "or missing."
    ),
]
StringMode = Annotated[
    Literal["int", "one_hot", "multi_hot", "count", "tf_idf", "binary", "tf-idf"],
    RDefault('"int"'),
    Doc(
        '`"int"` for the number of each word, `"one_hot"` for a vector for each, `"multi_hot"` (older: `"binary"`) for '
        'the words that a sample has, `"count"` for how often, `"tf_idf"` (older: `"tf-idf"`) for how often, weighed '
        "by how rare they are."
    ),
]
Sparse = Annotated[bool, Doc("Whether the output is a sparse tensor, which TensorFlow alone has.")]
MaxTokens = Annotated[Size | None, Doc("The largest size of the vocabulary, with what stands for unknown words.")]
PadToMax = Annotated[bool, Doc("Whether the output has `max_tokens` columns although there are fewer words.")]
IdfWeights = Annotated[
    Sequence[float] | None, Doc('How rare each word of `vocabulary` is, for `output_mode = "tf_idf"`.')
]
Unknown = Annotated[Count, RInteger(), Doc("How many numbers there are for unknown words.")]
Invert = Annotated[bool, Doc("Whether numbers become words, instead of words numbers.")]
Encoding = Annotated[str, Doc("The encoding of the strings.")]
Factor = float | Sequence[float]
Seed = Annotated[int | None, Doc("The seed; drawn from Keras's own if `None`.")]
FillMode = Annotated[
    Literal["reflect", "wrap", "constant", "nearest"],
    RDefault('"reflect"'),
    Doc(
        'What is beyond the border: `"reflect"` for the image mirrored, `"wrap"` for its other side, `"constant"` for '
        '`fill_value`, `"nearest"` for its last pixel.'
    ),
]
FillValue = Annotated[float, Doc('What is beyond the border where `fill_mode` is `"constant"`.')]
Interpolation = Annotated[Literal["bilinear", "nearest"], RDefault('"bilinear"'), Doc('`"bilinear"` or `"nearest"`.')]
ResizeInterpolation = Annotated[
    Literal["bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5"],
    RDefault('"bilinear"'),
    Doc('`"bilinear"`, `"nearest"`, `"bicubic"`, `"lanczos3"`, `"lanczos5"`, or, on TensorFlow, `"area"`.'),
]
Height = Annotated[Size, Doc("The height of the output, in pixels.")]
Width = Annotated[Size, Doc("The width of the output, in pixels.")]
