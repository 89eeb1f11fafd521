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
from typing import Any, ParamSpec, TypeVar, overload

from typing_extensions import Doc

from . import docstrings
from .contract import Argument, Contract, readable
from .marks import Retired
from .notices import warn

P = ParamSpec("P")
T = TypeVar("T")


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
def r_function(
    *,
    renamed: Mapping[str, str] = ...,
    make: Callable[[dict[str, Any]], Any] | None = ...,
    keras_name: str | None = ...,
    **sections: str,
) -> Callable[[Callable[P, T]], Callable[P, T]]: ...
def r_function(
    function: Any = None,
    /,
    *,
    renamed: Mapping[str, str] = types.MappingProxyType({}),
    make: Callable[[dict[str, Any]], Any] | None = None,
    keras_name: str | None = None,
    **sections: str,
) -> Any:
    """Makes a function of the R API out of a typed signature.

    Args:
        function: The function; its annotations are read when it is defined. Arguments that their annotation documents
            (`Doc`) are added to its docstring.
        renamed: Argument names of older R keras versions, and the names they have now.
        make: What does the work of a function that is a signature alone: it is given all arguments, also those at
            their default.
        keras_name: What Keras calls the function, where it is one that Keras takes: an activation, a loss, a metric.
        **sections: Sections (`Returns`, `Raises`, `Source`) for a docstring that has none of its own.

    Raises:
        TypeError: An annotation is not in the vocabulary (when the function is defined).
    """
    if function is None:
        return functools.partial(r_function, renamed=renamed, make=make, keras_name=keras_name, **sections)
    contract = Contract(function, renamed, keras_name)
    documented = {name: argument.mark(Doc) for name, argument in contract.arguments.items()}
    if any(documented.values()) or sections:
        texts = {name: mark.documentation if mark else None for name, mark in documented.items()}
        texts |= {contract.more_name: None} if contract.more_name else {}
        function.__doc__ = docstrings.completed(inspect.getdoc(function) or "", texts, **sections)
    retired = {name: mark for name, argument in contract.arguments.items() if (mark := argument.mark(Retired))}

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        arguments = contract.convert(args, kwargs)
        for name, mark in retired.items():
            default = contract.arguments[name].default
            if not any(_same(arguments.get(name, default), kept) for kept in (default, *mark.also_kept)):
                warn(contract.name, f"`{name}` is not used: {mark.advice}")
            if make is not None:
                arguments.pop(name, None)
        result = make({**contract.defaults, **arguments}) if make else contract.call(function, arguments)
        if isinstance(result, Described):
            result.describe(arguments, contract.arguments)
        return result

    call.__contract__ = contract  # type: ignore[attr-defined]
    call.__signature__ = readable(contract)  # type: ignore[attr-defined]
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


def _same(value: Any, default: Any) -> bool:
    return value is default or (isinstance(value, bool | int | float | str) and bool(value == default))
