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
| `A | B`, `A | None`              | any of them, NULL                  | the first that fits                          |
| `Annotated[T, Ge(0), ...]`       | the value is checked as well       | bounds and lengths of `annotated_types`      |

Wherever one value is asked for, a vector of length one (a list, a tuple, an array, a tensor) stands for its element.
"""

import math
import operator
import os
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal, Union

import annotated_types
import numpy as np
from typing_extensions import Doc

from .marks import RDefault, Retired, RInteger
from .wording import NA_INTEGER, RFactor, RNamed, RValue, did_you_mean, joined, language, show, show_choices

_LARGEST_INTEGER = 2**31 - 1


class Unfit(Exception):
    """A value that an annotation rules out; the text, if any, is a hint to add to the message."""


class Kind:
    """What one annotation asks for."""

    @property
    def has_names(self) -> bool:
        """Whether the names of a vector count, or are dropped as in R's `as.integer()`."""
        return False

    def wants(self) -> str:
        """The end of the sentence "`x` must be …"."""
        raise NotImplementedError

    def plural(self) -> str:
        """How several are called in "a vector of …"."""
        return self.wants().removeprefix("a ") + "s"

    def convert(self, value: Any) -> Any:
        """Gives the value the function is to see.

        Raises:
            Unfit: The annotation rules the value out.
        """
        raise NotImplementedError

    def shown(self, value: Any) -> str:
        """Writes a value of an argument in messages and printed forms; overridden where it may hold a secret."""
        return show(value)


class Whole(Kind):
    def wants(self) -> str:
        return "a whole number"

    def convert(self, value: Any) -> int:
        number = _number(value)
        if not -_LARGEST_INTEGER <= number <= _LARGEST_INTEGER:  # so is no NaN
            raise Unfit
        return int(number)


class Number(Kind):
    def wants(self) -> str:
        return "a number"

    def convert(self, value: Any) -> float:
        number = _number(value)
        try:
            if isinstance(number, bool) or math.isnan(number):
                raise Unfit
            return float(number)
        except OverflowError:
            raise Unfit from None


class Flag(Kind):
    def wants(self) -> str:
        return f"{show(True)} or {show(False)}"

    def convert(self, value: Any) -> bool:
        if _number(value) not in (0, 1):
            raise Unfit
        return bool(single(value))


class Text(Kind):
    def wants(self) -> str:
        return "a string"

    def convert(self, value: Any) -> str:
        value = single(value)
        if not isinstance(value, str):
            raise Unfit
        return value


class PathText(Kind):
    def wants(self) -> str:
        return "a path"

    def convert(self, value: Any) -> str:
        value = single(value)
        if not isinstance(value, str | os.PathLike):
            raise Unfit
        path = os.fspath(value)
        if not isinstance(path, str) or not path or "\0" in path:
            raise Unfit
        return os.path.expanduser(path)


class Choice(Kind):
    def __init__(self, options: tuple[str, ...]) -> None:
        self.options = options

    def wants(self) -> str:
        return ("one of " if len(self.options) > 1 else "") + show_choices(self.options)

    def convert(self, value: Any) -> str:
        """Follows `match.arg()`: NULL or all choices mean the first one; else an exact or a unique partial match."""
        if value is None or (isinstance(value, list | tuple) and tuple(value) == self.options):
            return self.options[0]
        value = single(value)
        if not isinstance(value, str):
            raise Unfit
        begun = [option for option in self.options if value and option.startswith(value)]
        if value in self.options or len(begun) == 1:
            return value if value in self.options else begun[0]
        raise Unfit(did_you_mean(value, self.options))


class Function(Kind):
    def wants(self) -> str:
        return "a function"

    def convert(self, value: Any) -> Any:
        if not callable(value) or isinstance(value, type):
            raise Unfit
        return value


class Vector(Kind):
    def __init__(self, element: Kind) -> None:
        self.element = element

    def wants(self) -> str:
        return f"{self.element.wants()} or a vector of {self.element.plural()}"

    def convert(self, value: Any) -> list[Any]:
        if isinstance(value, RFactor):
            value = value.labels()
        if isinstance(value, np.ndarray) and value.ndim <= 1:
            value = value.tolist()
        elements = list(value) if isinstance(value, list | tuple) else [value]
        if not elements:
            raise Unfit
        return [self.element.convert(element) for element in elements]


class Named(Kind):
    has_names = True

    def __init__(self, element: Kind) -> None:
        self.element = element

    def wants(self) -> str:
        return f"{'a named list' if language.get() == 'R' else 'a dict'} of {self.element.plural()}"

    def convert(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
            raise Unfit
        return {name: self.element.convert(element) for name, element in value.items()}


class Anything(Kind):
    def wants(self) -> str:
        return "an array, a data frame, or a list of them"

    def convert(self, value: Any) -> Any:
        if isinstance(value, RValue):
            raise Unfit(value.hint)
        if value is None or callable(value) or isinstance(value, str | bytes | bool | int | float):
            raise Unfit
        if isinstance(value, Sequence | Mapping) and not value:
            raise Unfit
        return value


class Integers(Kind):
    """R's `as_integer_tuple()`: several whole numbers become a tuple, one stays one."""

    def wants(self) -> str:
        return "a whole number or a vector of whole numbers"

    def convert(self, value: Any) -> int | tuple[int, ...]:
        numbers = Vector(Whole()).convert(value)
        return numbers[0] if len(numbers) == 1 else tuple(numbers)


class AxisFromOne(Kind):
    """R counts axes from 1, or from -1 backwards; the function sees Python's number."""

    def wants(self) -> str:
        return "the number of an axis, counted from 1, or from -1 backwards"

    def convert(self, value: Any) -> int:
        axis = Whole().convert(value)
        if axis == 0:
            raise Unfit
        return axis - 1 if axis > 0 else axis


class Whatever(Kind):
    def wants(self) -> str:
        return "anything"

    def convert(self, value: Any) -> Any:
        if isinstance(value, RValue):
            raise Unfit
        return value


class InstanceOf(Kind):
    def __init__(self, sort: type) -> None:
        self.sort = sort

    def wants(self) -> str:
        return f"a Keras {self.sort.__name__.lower()}"

    def convert(self, value: Any) -> Any:
        if not isinstance(value, self.sort):
            raise Unfit
        return value


class Null(Kind):
    def wants(self) -> str:
        return show(None)

    def convert(self, value: Any) -> None:
        if value is not None:
            raise Unfit


class AnyOf(Kind):
    def __init__(self, members: Sequence[Kind]) -> None:
        # NULL first: None means itself wherever it is allowed, also beside match.arg's choices.
        self.members = sorted(members, key=lambda member: not isinstance(member, Null))

    @property
    def has_names(self) -> bool:
        return any(member.has_names for member in self.members)

    def shown(self, value: Any) -> str:
        own = [member for member in self.members if type(member).shown is not Kind.shown]
        return own[0].shown(value) if own else show(value)

    def wants(self) -> str:
        last = [member for member in self.members if isinstance(member, Null)]
        parts: list[str] = []
        for member in [member for member in self.members if member not in last] + last:
            parts += [show(option) for option in member.options] if isinstance(member, Choice) else [member.wants()]
        return joined(parts, "or")

    def convert(self, value: Any) -> Any:
        hint = ""
        for member in self.members:
            try:
                return member.convert(value)
            except Unfit as unfit:
                hint = hint or str(unfit)
        raise Unfit(hint)


class Bounded(Kind):
    """A kind whose values must also lie within bounds (`annotated_types`)."""

    _SIGNS: typing.ClassVar[Mapping[str, tuple[str, Callable[[Any, Any], bool]]]] = {
        "Ge": (">=", operator.ge),
        "Gt": (">", operator.gt),
        "Le": ("<=", operator.le),
        "Lt": ("<", operator.lt),
    }

    def __init__(self, kind: Kind, bounds: Sequence[Any]) -> None:
        self.kind = kind
        self.limits: list[tuple[str, Any, Callable[[Any, Any], bool]]] = []
        self.lengths: list[annotated_types.Len | annotated_types.MinLen] = []
        for bound in bounds:
            name = type(bound).__name__
            if isinstance(bound, annotated_types.Len | annotated_types.MinLen):
                self.lengths.append(bound)
            elif name in self._SIGNS:
                sign, holds = self._SIGNS[name]
                self.limits.append((sign, getattr(bound, name.lower()), holds))
            else:
                raise TypeError(f"{bound!r} is outside the vocabulary of rkeras annotations")

    def wants(self) -> str:
        if self.lengths:
            exact = all(isinstance(length, annotated_types.Len) for length in self.lengths)
            return "a single character" if exact else f"{self.kind.wants()} that is not empty"
        return f"{self.kind.wants()} " + " and ".join(f"{sign} {show(limit)}" for sign, limit, _ in self.limits)

    def convert(self, value: Any) -> Any:
        value = self.kind.convert(value)
        if value is None:
            return None
        fits = all(holds(value, limit) for _, limit, holds in self.limits)
        for length in self.lengths:
            longest = getattr(length, "max_length", None) or math.inf
            fits = fits and length.min_length <= len(value) <= longest
        if not fits:
            raise Unfit
        return value


Path = Annotated[str | os.PathLike[str], PathText()]
Data = Annotated[Any, Anything()]
Count = Annotated[int, annotated_types.Ge(0)]
Size = Annotated[int, annotated_types.Ge(1)]
Name = Annotated[str, annotated_types.MinLen(1)]
IntegerTuple = Annotated[int | Sequence[int], Integers()]
Axis = Annotated[int, AxisFromOne()]

_MARKS = (Kind, RDefault, RInteger, Retired, Doc)


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


def converted_to(kind: Kind, value: Any) -> Any:
    """What a kind makes of an argument as it has come, from Python or from R.

    Raises:
        Unfit: The kind rules the value out.
    """
    if isinstance(value, RNamed):
        value = value.named() if kind.has_names else value.elements
    return kind.convert(value)


def single(value: Any) -> Any:
    """R has no scalars: a vector of length one stands for its element, a factor for its label."""
    if isinstance(value, RFactor):
        value = value.labels()
    if isinstance(value, list | tuple) and len(value) == 1:
        return single(value[0])
    if hasattr(value, "__array__") and not isinstance(value, type):
        try:
            array = np.asarray(value)
        except (TypeError, ValueError):
            raise Unfit from None
        return array.item() if array.size == 1 else value
    return value


def _number(value: Any) -> int | float:
    value = single(value)
    if not isinstance(value, int | float) or (isinstance(value, int) and value == NA_INTEGER):
        raise Unfit
    return value
