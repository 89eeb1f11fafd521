"""R's conversions: what an annotation in the signature of an R function accepts, and what the function then sees.

The vocabulary is closed; an annotation outside it fails when the function is defined.

| annotation                       | R                                  | accepts                                      |
| -------------------------------- | ---------------------------------- | -------------------------------------------- |
| `int`                            | `as.integer()`                     | numbers (cut at the point), TRUE and FALSE   |
| `float`                          | a number                           | numbers, no NA or NaN                        |
| `bool`                           | a flag                             | TRUE, FALSE, 1, 0                            |
| `str`                            | a string                           | a string                                     |
| `Literal["a", "b"]`              | `match.arg()`                      | one of them, its unique beginning, or all    |
| `Path`                           | `path.expand()`                    | strings, path objects                        |
| `Callable[..., T]`               | a function                         | anything callable but a class                |
| `Sequence[T]`, `Mapping[str, T]` | a vector, a named list             | one element stands for a vector of length 1  |
| `Data`                           | arrays, data frames, lists of them | passed on as they are                        |
| `keras.Model`, …                | a Keras object                     | an instance of the class                     |
| `object`                         | anything                           | everything                                   |
| `IntegerTuple`                   | integers, `c(3, 3)`                | whole numbers; one stays one                 |
| `Axis`                           | an axis                            | from 1, or from -1 backwards                 |
| `Tensor`                         | `keras_array()`, tensors           | tensors, arrays and numbers in Keras's type  |
| `A | B`, `A | None`              | any of them, NULL                  | the first that fits                          |
| `Annotated[T, Ge(0), ...]`       | the value is checked as well       | bounds and lengths of `annotated_types`      |

Wherever one value is asked for, a vector of length one (a list, a tuple, an array, a tensor) stands for its element.
"""

import os
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal, Union

import annotated_types
from typing_extensions import Doc

from .compound import AnyOf, Anything, Bounded, InstanceOf, Null, Whatever
from .kinds import Kind
from .marks import Default, OtherName, RDefault, Retired, RInteger
from .scalars import Choice, Flag, Function, Number, PathText, Text, Whole
from .tensors import TensorLike
from .vectors import AxisFromOne, Integers, Named, Vector

Path = Annotated[str | os.PathLike[str], PathText()]
Data = Annotated[Any, Anything()]
Count = Annotated[int, annotated_types.Ge(0)]
Size = Annotated[int, annotated_types.Ge(1)]
Name = Annotated[str, annotated_types.MinLen(1)]
IntegerTuple = Annotated[int | Sequence[int], Integers()]
Axis = Annotated[int, AxisFromOne()]
Tensor = Annotated[Any, TensorLike()]

_MARKS = (Kind, Default, OtherName, RDefault, RInteger, Retired, Doc)


def kind_of(annotation: Any) -> Kind:
    """Reads an annotation.

    Raises:
        TypeError: The annotation is not in the vocabulary.
    """
    scalars: dict[Any, type[Kind]] = {
        int: Whole,
        float: Number,
        bool: Flag,
        str: Text,
        object: Whatever,
        types.NoneType: Null,
    }
    if annotation in scalars:
        return scalars[annotation]()
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        whole = next((mark for mark in inner[1:] if isinstance(mark, Kind)), None) or kind_of(inner[0])
        bounds = [mark for mark in inner[1:] if not isinstance(mark, _MARKS)]
        return Bounded(whole, bounds) if bounds else whole
    if origin in (Union, types.UnionType):
        return AnyOf([kind_of(member) for member in inner])
    if origin is Literal and all(isinstance(option, str) for option in inner):
        return Choice(inner)
    if origin is Callable:
        return Function()
    if origin is Sequence:
        return Vector(kind_of(inner[0]))
    if origin is Mapping and inner[0] is str:
        return Named(kind_of(inner[1]))
    if isinstance(annotation, type) and annotation.__module__.startswith("keras."):
        return InstanceOf(annotation)
    raise TypeError(f"{annotation!r} is outside the vocabulary of rkeras annotations")
