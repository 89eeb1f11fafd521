"""Conversions that let through what they are given, and those made of others: unions and bounds."""

import math
import operator
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import annotated_types

from .kinds import Kind, Unfit
from .scalars import Choice
from .wording import RValue, joined, show


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


class Whatever(Kind):
    def wants(self) -> str:
        return "anything"

    def plural(self) -> str:
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
        # R keras took `list()` for NULL where it could be either.
        self._nullable = isinstance(self.members[0], Null)
        self._takes_several = any(member.takes_several for member in self.members)

    @property
    def has_names(self) -> bool:
        return any(member.has_names for member in self.members)

    @property
    def keeps_tensors(self) -> bool:
        return next((member.keeps_tensors for member in self.members if not isinstance(member, Null)), False)

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
        if self._nullable and value is None:
            return None
        if self._nullable and self._takes_several and isinstance(value, list | tuple) and not value:
            return None
        hint = ""
        for member in self.members[self._nullable :]:
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
        return f"{self.kind.wants()} {self._within()}"

    def plural(self) -> str:
        return f"{self.kind.plural()} {self._within()}" if self.limits else super().plural()

    def _within(self) -> str:
        return " and ".join(f"{sign} {show(limit)}" for sign, limit, _ in self.limits)

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
