"""Conversions of vectors, named lists, sizes, and axes."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from .kinds import Kind, Unfit
from .scalars import Whole
from .wording import RFactor, language


class Vector(Kind):
    takes_several = True

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
    takes_several = True

    def __init__(self, element: Kind) -> None:
        self.element = element

    def wants(self) -> str:
        return f"{'a named list' if language.get() == 'R' else 'a dict'} of {self.element.plural()}"

    def convert(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
            raise Unfit
        return {name: self.element.convert(element) for name, element in value.items()}


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
