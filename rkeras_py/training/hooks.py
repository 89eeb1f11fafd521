"""The one way a user's function is called: positionally, with as many arguments as it takes.

What the arguments are called is the user's affair (R's closures are called by position), and an error that the function
raises arrives as it is. The logs that it sees know a quantity by its other names too.
"""

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any

import keras

from ..language import refuse
from ..language.notices import warn
from . import log_keys
from .batch_logs import defines, show_batches

_BY_POSITION = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
_RATE_NAMES = {"lr", "learning_rate"}
_BOTH_NAMES = {"on_batch_begin": "on_train_batch_begin", "on_batch_end": "on_train_batch_end"}


class Logs(dict[str, Any]):
    """The logs that a hook is lent: `acc` finds `accuracy`, and so on; what it writes is written to Keras's own.

    Args:
        logs: Keras's logs.
        said: The other names that have been used and said; each is said once.
    """

    def __init__(self, logs: Mapping[str, Any], said: set[str]) -> None:
        super().__init__(logs)
        self._said = said

    def __missing__(self, name: str) -> Any:
        key = log_keys.find(name, self)
        if key is None:
            raise KeyError(name)
        if name not in self._said:
            self._said.add(name)
            warn("logs", f'"{name}" is logged as "{key}", which is given instead.', stacklevel=3)
        return self[key]

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a quantity under any of its names."""
        try:
            return self[name]
        except KeyError:
            return default

    def give_back(self, logs: dict[str, Any]) -> None:
        """Writes what has changed to Keras's logs."""
        if self != logs:
            logs.clear()
            logs.update(self)


class Joining(dict[str, Any]):
    """What an R function returned to join the logs: it does so where it is no key yet."""


def offered(hook: str) -> list[str]:
    """What a hook is given, by position."""
    index = "epoch" if "epoch" in hook else "batch" if "batch" in hook else None
    return [index, "logs"] if index else ["logs"]


def attach(callback: keras.callbacks.Callback, hooks: Mapping[str, Callable[..., Any]]) -> None:
    """Gives a callback the hooks that somebody wrote, and no others, so that Keras calls no more than these.

    Where `on_batch_end` and `on_train_batch_end` are both given, both are called, in this order; likewise at the
    beginning of a batch.
    """
    calls = {name: positional(hook, len(offered(name))) for name, hook in hooks.items()}
    for alias, name in _BOTH_NAMES.items():
        if alias in calls and name in calls:
            calls[name] = _one_after_the_other(calls.pop(alias), calls[name])
    if keras.config.backend() == "jax":
        calls = {name: _on_current_state(callback, call) if "batch" in name else call for name, call in calls.items()}
    vars(callback).update(calls)
    show_batches(callback)


def call_both_names(callback: keras.callbacks.Callback) -> None:
    """Where a class defines a batch hook under both of its names, has both called: Keras would call one."""
    for alias, name in _BOTH_NAMES.items():
        if defines(callback, alias) and defines(callback, name) and name not in vars(callback):
            vars(callback)[name] = _one_after_the_other(getattr(callback, alias), getattr(callback, name))


def positional(function: Callable[..., Any], offered: int) -> Callable[..., Any]:
    """Wraps a hook so that it is given the first of `offered` arguments, by position, however Keras passes them."""
    parameters = _positional_parameters(function)
    takes = offered if parameters is None or _takes_any(parameters) else min(len(parameters), offered)
    said: set[str] = set()

    def call(*args: Any, **named: Any) -> Any:
        *before, logs = *args, *named.values()
        if not isinstance(logs, dict):
            return function(*[*before, logs][:takes])
        lent = Logs(logs, said)
        result = function(*[*before, lent][:takes])
        if isinstance(result, Joining):
            lent.update({key: value for key, value in result.items() if key not in dict.keys(lent)})
        lent.give_back(logs)
        return result

    return call


def lend_logs(hook: Callable[..., Any]) -> Callable[..., Any]:
    """Wraps a hook that is a method, so that its logs are lent to it."""

    @functools.wraps(hook)
    def call(self: Any, *args: Any, **named: Any) -> Any:
        logs = named.get("logs", args[-1] if args else None)
        if not isinstance(logs, dict) or isinstance(logs, Logs):
            return hook(self, *args, **named)
        lent = Logs(logs, vars(self).setdefault("_said", set()))
        result = hook(self, *args, **{**named, "logs": lent}) if "logs" in named else hook(self, *args[:-1], lent)
        lent.give_back(logs)
        return result

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


def check_arity(
    owner: Callable[..., Any], argument: str, function: Callable[..., Any], offered: list[str], least: int = 0
) -> None:
    """Refuses a function that needs more than it will be given, or takes less than it has to know.

    A function of R may have more arguments than it is given: R says so where it uses one of them.

    Args:
        owner: The R function that is given it.
        argument: The name of the argument.
        function: The function.
        offered: What it will be given.
        least: How much of that it has to take.

    Raises:
        ArgumentError: On behalf of the R function `owner`.
    """
    parameters = _positional_parameters(function)
    if parameters is None:
        return
    if len(parameters) < least:
        refuse(owner, argument, function, f"a function of {least} argument or more ({', '.join(offered)})")
    if getattr(function, "is_lazy", False):
        return
    needed = [p.name for p in parameters if p.default is p.empty and p.kind in _BY_POSITION]
    if len(needed) > len(offered):
        wants = f"a function of at most {len(offered)} argument{'s' * (len(offered) > 1)} ({', '.join(offered)})"
        refuse(owner, argument, function, wants)


def _one_after_the_other(first: Callable[..., Any], second: Callable[..., Any]) -> Callable[..., Any]:
    def call(batch: int, logs: Any = None) -> None:
        first(batch, logs)
        second(batch, logs)

    return call


def _on_current_state(callback: keras.callbacks.Callback, hook: Callable[..., Any]) -> Callable[..., Any]:
    """On JAX, weights are up to date in the middle of an epoch only after the callback is asked for its model."""

    def call(*args: Any, **logs: Any) -> Any:
        _ = callback.model
        return hook(*args, **logs)

    return call


def _takes_any(parameters: list[inspect.Parameter]) -> bool:
    return any(parameter.kind is inspect.Parameter.VAR_POSITIONAL for parameter in parameters)


def _positional_parameters(function: Callable[..., Any]) -> list[inspect.Parameter] | None:
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # some builtins tell nothing about themselves
        return None
    kinds = (*_BY_POSITION, inspect.Parameter.VAR_POSITIONAL)
    return [parameter for parameter in signature.parameters.values() if parameter.kind in kinds]
