"""Conversions of single values: numbers, flags, strings, choices, functions."""

import math
import os
from typing import Any

from .kinds import Kind, Unfit, single
from .wording import NA_INTEGER, did_you_mean, show, show_choices

_LARGEST_INTEGER = 2**31 - 1


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
        if type(value) is bool:
            return value
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


def _number(value: Any) -> int | float:
    value = single(value)
    if not isinstance(value, int | float) or (isinstance(value, int) and value == NA_INTEGER):
        raise Unfit
    return value
