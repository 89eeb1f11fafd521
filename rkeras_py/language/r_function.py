"""The decorator that makes a function of the R API out of a typed Python signature.

Such a function is an ordinary Python function under `@r_function`. Its annotations say what each argument is to
become (see `annotations.py`), its defaults are R's, and both are all there is to write: conversion, error messages,
R formals and help follow from them.
"""

import functools
import inspect
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ParamSpec, TypeVar, overload

from typing_extensions import Doc

from . import docstrings
from .annotations import kind_of
from .errors import ArgumentError
from .kinds import Kind, Unfit, converted_to
from .marks import REQUIRED, Retired
from .notices import warn
from .wording import did_you_mean

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Argument:
    """One argument of an R function, as its signature declares it.

    `named` arguments can be given by name only; in R they stand behind `...`.
    """

    name: str
    default: Any
    annotation: Any
    kind: Kind
    marks: tuple[Any, ...]
    named: bool

    @property
    def required(self) -> bool:
        """Whether a call must give it."""
        return self.default is inspect.Parameter.empty or self.default is REQUIRED

    def mark(self, sort: type[T]) -> T | None:
        """The mark of a sort (`RDefault`, `Retired`) that the annotation carries."""
        return next((mark for mark in self.marks if isinstance(mark, sort)), None)


class Contract:
    """What a signature promises: the arguments of an R function and how each is converted."""

    def __init__(self, function: Callable[..., Any], renamed: Mapping[str, str]) -> None:
        self.name = function.__name__
        self.function = function
        self.renamed = renamed
        self.signature = inspect.signature(function)
        hints = typing.get_type_hints(function, include_extras=True)
        self.arguments = {
            name: Argument(
                name,
                parameter.default,
                hints[name],
                kind_of(hints[name]),
                _marks(hints[name]),
                parameter.kind is inspect.Parameter.KEYWORD_ONLY,
            )
            for name, parameter in self.signature.parameters.items()
        }

    def convert(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        """Gives the arguments as the function is to see them, defaults left out.

        Raises:
            ArgumentError: The call does not fit the signature.
        """
        given = self._bind(args, kwargs)
        converted = {}
        for name, value in given.items():
            kind = self.arguments[name].kind
            try:
                converted[name] = converted_to(kind, value)
            except Unfit as unfit:
                raise self.refusal(name, value, kind.wants(), str(unfit)) from None
        return converted

    def refusal(self, argument: str, value: Any, wants: str, hint: str = "") -> ArgumentError:
        """The one sentence with which a value is refused."""
        shown = self.arguments[argument].kind.shown(value)
        return ArgumentError(f"{self.name}(): `{argument}` must be {wants}, not {shown}.{hint}")

    def _bind(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        for old, new in self.renamed.items():
            if old in kwargs and new in kwargs:
                raise ArgumentError(f"{self.name}(): `{old}` is an older name of `{new}`: give one of them.")
            if old in kwargs:
                kwargs = {new if name == old else name: value for name, value in kwargs.items()}
        for name in kwargs:
            if name not in self.arguments:
                known = ", ".join(self.arguments) or "none"
                hint = did_you_mean(name, self.arguments, "`") or f" Its arguments: {known}."
                raise ArgumentError(f"{self.name}(): there is no argument `{name}`.{hint}")
        reached = list(self.arguments)[: len(args)]
        for name, argument in self.arguments.items():
            if argument.required and name not in kwargs and name not in reached:
                raise ArgumentError(f"{self.name}(): `{name}` is missing; it must be {argument.kind.wants()}.")
        try:
            return self.signature.bind(*args, **kwargs).arguments
        except TypeError as error:
            raise ArgumentError(f"{self.name}(): {error}.") from None


class Described:
    """Mixed into what an R function returns: prints as the arguments that were given."""

    _description: typing.ClassVar[str] = ""

    def describe(self, arguments: Mapping[str, Any], declared: Mapping[str, Argument]) -> None:
        """Keeps the printed form: the first argument, and those that are not at their default."""
        first = next(iter(declared), None)
        given = {**{name: argument.default for name, argument in declared.items()}, **arguments}
        shown = {
            name: declared[name].kind.shown(value)
            for name, value in given.items()
            if value is not None and (name == first or not _same(value, declared[name].default))
        }
        parts = [f"{name}={text[1:-1] if isinstance(given[name], str) else text}" for name, text in shown.items()]
        object.__setattr__(self, "_description", " ".join([type(self).__name__, *parts]))

    def __repr__(self) -> str:
        return f"<{self._description or type(self).__name__}>"


@overload
def r_function(function: Callable[P, T], /) -> Callable[P, T]: ...
@overload
def r_function(*, renamed: Mapping[str, str] = ..., **sections: str) -> Callable[[Callable[P, T]], Callable[P, T]]: ...
def r_function(
    function: Any = None, /, *, renamed: Mapping[str, str] = types.MappingProxyType({}), **sections: str
) -> Any:
    """Makes a function of the R API out of a typed signature.

    Args:
        function: The function; its annotations are read when it is defined. Arguments that their annotation documents
            (`Doc`) are added to its docstring.
        renamed: Argument names of older R keras versions, and the names they have now.
        **sections: Sections (`Returns`, `Raises`, `Source`) for a docstring that has none of its own.

    Raises:
        TypeError: An annotation is not in the vocabulary (when the function is defined).
    """
    if function is None:
        return functools.partial(r_function, renamed=renamed, **sections)
    contract = Contract(function, renamed)
    documented = {name: argument.mark(Doc) for name, argument in contract.arguments.items()}
    if any(documented.values()) or sections:
        texts = {name: mark.documentation if mark else None for name, mark in documented.items()}
        function.__doc__ = docstrings.completed(inspect.getdoc(function) or "", texts, **sections)
    defaults = {name: argument.default for name, argument in contract.arguments.items()}
    retired = {name: mark for name, argument in contract.arguments.items() if (mark := argument.mark(Retired))}

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        arguments = contract.convert(args, kwargs)
        for name, mark in retired.items():
            if not _same(arguments.get(name, defaults[name]), defaults[name]):
                warn(contract.name, f"`{name}` is not used: {mark.advice}")
        result = function(**arguments)
        if isinstance(result, Described):
            result.describe(arguments, contract.arguments)
        return result

    call.__contract__ = contract  # type: ignore[attr-defined]
    call.__signature__ = _readable(contract)  # type: ignore[attr-defined]
    return call


def contract_of(function: Callable[..., Any]) -> Contract:
    """The contract of a function made by `r_function`."""
    contract: Contract = function.__contract__  # type: ignore[attr-defined]
    return contract


def refuse(function: Callable[..., Any], argument: str, value: Any, wants: str) -> typing.NoReturn:
    """Refuses a value for a reason that no annotation can tell.

    Raises:
        ArgumentError: Always, in the words of every other refusal.
    """
    raise contract_of(function).refusal(argument, value, wants)


def _readable(contract: Contract) -> inspect.Signature:
    """The signature without the marks in its annotations, as `help()` shows it."""
    hints = {name: hint for name, hint in typing.get_type_hints(contract.function).items() if hint is not Any}
    known = contract.signature.parameters.values()
    plain = [one.replace(annotation=hints.get(one.name, inspect.Parameter.empty)) for one in known]
    return contract.signature.replace(parameters=plain, return_annotation=hints.get("return", Any))


def _same(value: Any, default: Any) -> bool:
    return value is default or (isinstance(value, bool | int | float | str) and bool(value == default))


def _marks(annotation: Any) -> tuple[Any, ...]:
    return typing.get_args(annotation)[1:] if typing.get_origin(annotation) is Annotated else ()
