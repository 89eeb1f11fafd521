"""The one way a user's function is called: positionally, with as many arguments as it takes.

What the arguments are called is the user's affair (R's closures are called by position), and an error that the function
raises arrives as it is.
"""

import inspect
from collections.abc import Callable
from typing import Any

from .semantics import refuse

_BY_POSITION = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
_RATE_NAMES = {"lr", "learning_rate"}


def positional(function: Callable[..., Any], offered: int) -> Callable[..., Any]:
    """Wraps a hook so that it is given the first of `offered` arguments, by position, however Keras passes them."""
    parameters = _positional_parameters(function)
    takes = offered if parameters is None or _takes_any(parameters) else min(len(parameters), offered)

    def call(*args: Any, **logs: Any) -> Any:
        return function(*(*args, *logs.values())[:takes])

    return call


def takes_rate(schedule: Callable[..., Any]) -> bool:
    """Whether a schedule is a function of (epoch, lr) rather than of the epoch alone.

    A second argument with a default belongs to the user (`function(epoch, initial = 0.3)`), unless its name says that
    it is the rate.
    """
    parameters = _positional_parameters(schedule)
    if parameters is None or _takes_any(parameters):
        return True
    return len(parameters) > 1 and (
        parameters[1].default is inspect.Parameter.empty or parameters[1].name in _RATE_NAMES
    )


def check_arity(owner: Callable[..., Any], argument: str, function: Callable[..., Any], offered: list[str]) -> None:
    """Refuses a function that needs more than it will be given.

    Raises:
        ArgumentError: On behalf of the R function `owner`.
    """
    parameters = _positional_parameters(function) or []
    needed = [p.name for p in parameters if p.default is p.empty and p.kind in _BY_POSITION]
    if len(needed) > len(offered):
        wants = f"a function of at most {len(offered)} argument{'s' * (len(offered) > 1)} ({', '.join(offered)})"
        refuse(owner, argument, function, wants)


def _takes_any(parameters: list[inspect.Parameter]) -> bool:
    return any(parameter.kind is inspect.Parameter.VAR_POSITIONAL for parameter in parameters)


def _positional_parameters(function: Callable[..., Any]) -> list[inspect.Parameter] | None:
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # some builtins tell nothing about themselves
        return None
    kinds = (*_BY_POSITION, inspect.Parameter.VAR_POSITIONAL)
    return [parameter for parameter in signature.parameters.values() if parameter.kind in kinds]
