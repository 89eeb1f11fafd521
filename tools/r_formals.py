"""The formals that an R function made from a Python one has, as R text."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from rkeras_py.language import MISSING, RDefault, RInteger, contract_of
from rkeras_py.language.compound import AnyOf
from rkeras_py.language.contract import Argument, r_name
from rkeras_py.language.kinds import Kind
from rkeras_py.language.scalars import Choice

# Functions that are methods of a generic in R, and so take `...`, with the generic.
METHODS = {
    "compile": "generics::compile",
    "evaluate": "evaluate",
    "export_savedmodel": "export_savedmodel",
    "fit": "generics::fit",
    "predict": "stats::predict",
    "summary": "base::summary",
}
# How R writes what a text cannot show.
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n"}
DOTS = {*METHODS, "install_keras"}


def formals(function: Callable[..., Any]) -> dict[str, str]:
    """Names and defaults in order; an argument without default has an empty text."""
    contract = contract_of(function)
    own = {r_name(name): default_text(argument) for name, argument in contract.arguments.items()}
    named = {r_name(name): own.pop(r_name(name)) for name, argument in contract.arguments.items() if argument.named}
    if function.__name__ in DOTS:
        return {**own, "...": ""}
    return {**own, "...": "", **named} if named or contract.more else own


def default_text(argument: Argument) -> str:
    """The default as R deparses it."""
    marked = argument.mark(RDefault)
    if marked is not None:
        return marked.text
    if argument.required or argument.default is MISSING:
        return ""
    options = _match_arg(argument.kind)
    if options and argument.default == options[0]:
        return "c(" + ", ".join(r_text(option) for option in options) + ")"
    return r_text(argument.default, integer=argument.mark(RInteger) is not None)


def r_text(value: Any, integer: bool = False) -> str:
    """A constant as R deparses it."""
    if value is None or isinstance(value, bool):
        return {None: "NULL", True: "TRUE", False: "FALSE"}[value]
    if isinstance(value, str):
        return '"' + "".join(_ESCAPES.get(one, one) for one in value) + '"'
    if isinstance(value, int | float):
        return f"{value}L" if integer else _number_text(value)
    if isinstance(value, tuple):
        return "c(" + ", ".join(r_text(one, integer) for one in value) + ")"
    raise TypeError(f"R has no constant for {value!r}")


def _match_arg(kind: Kind) -> tuple[str, ...]:
    """The choices, where R offers them as a vector: not where NULL or a number could stand instead."""
    return kind.options if isinstance(kind, Choice) and not isinstance(kind, AnyOf) else ()


def _number_text(value: float) -> str:
    """R writes a number the shorter way, fixed or with an exponent of two digits, and fixed where they are level."""
    fixed = f"{Decimal(repr(value)):f}".removesuffix(".0")
    mantissa, _, exponent = f"{Decimal(repr(value)).normalize():e}".partition("e")
    scientific = f"{mantissa}e{exponent[0]}{int(exponent[1:]):02d}"
    return min(fixed, scientific, key=len)
