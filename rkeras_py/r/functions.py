"""R functions, as the rest of rkeras_py sees them."""

import inspect
import re
import threading
from collections.abc import Callable, Sequence
from typing import Any

import rkeras_py

from ..language.errors import ArgumentError
from ..language.wording import RCallable
from ..training.hooks import Joining, Logs
from ..training.log_keys import aliases
from .interrupts import Uninterrupted

_FAILURE = ".rkeras_failure"
_ALIASES = ".rkeras_aliases"


class HookError(Exception):
    """An R function failed; R has kept its condition and signals it again when the call has returned."""


class RFunction(RCallable):
    """An R function, as the rest of rkeras_py sees it: with the signature that it has in R.

    Args:
        function: The function, guarded by R: it returns its failure instead of raising it.
        names: Its formals.
        optional: Which of them have a default.
        name: Its name, if it has one that counts.
    """

    is_lazy = True  # an argument that it is not given is missed when it is used

    def __init__(
        self, function: Callable[..., Any], names: Sequence[str], optional: Sequence[bool], name: str = ""
    ) -> None:
        self._function = function
        self.__name__ = name
        dots = names.index("...") if "..." in names else len(names)
        formals = zip(names, optional, range(len(names)), strict=True)
        self.__signature__ = inspect.Signature([_parameter(name, has, at > dots) for name, has, at in formals])

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        if threading.current_thread() is not threading.main_thread():
            raise ArgumentError("a function of R was called on another thread than R's own, where alone it can run.")
        given = [_for_r(argument) for argument in arguments]
        with Uninterrupted():
            result = self._function(*given, **named)
        if isinstance(result, dict):
            if _FAILURE in result:
                raise KeyboardInterrupt if result[_FAILURE] is None else HookError(result[_FAILURE])
            return Joining(result)
        return result


def own_function(name: str) -> Callable[..., Any] | None:
    """The function of the R API that is called so, where it is one of Python's."""
    return getattr(rkeras_py, name) if name in rkeras_py.__all__ else None


def _for_r(argument: Any) -> Any:
    """Logs as a named list; other names of what is in them come along, for R to know them by."""
    if not isinstance(argument, Logs):
        return argument
    others = aliases(argument)
    return {**argument, _ALIASES: others} if others else dict(argument)


def _parameter(name: str, optional: bool, behind_dots: bool) -> inspect.Parameter:
    if name == "...":
        return inspect.Parameter("dots", inspect.Parameter.VAR_POSITIONAL)
    # R's names need not be Python's; they are shown to nobody, apart from `lr`, which means something.
    python_name = name if name.isidentifier() else re.sub(r"\W", "_", "r_" + name)
    default = None if optional else inspect.Parameter.empty
    kind = inspect.Parameter.KEYWORD_ONLY if behind_dots else inspect.Parameter.POSITIONAL_ONLY
    return inspect.Parameter(python_name, kind, default=default)
