"""The one way a user's function is called: positionally, with as many arguments as it takes.

What the arguments are called is the user's affair (R's closures are called by position), and an error that the function
raises arrives as it is.
"""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import keras

from .semantics import refuse

_BY_POSITION = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
_RATE_NAMES = {"lr", "learning_rate"}
_BOTH_NAMES = {"on_batch_begin": "on_train_batch_begin", "on_batch_end": "on_train_batch_end"}


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


def call_both_names(callback: keras.callbacks.Callback) -> None:
    """Where a class defines a batch hook under both of its names, has both called: Keras would call one."""
    for alias, name in _BOTH_NAMES.items():
        own = [getattr(type(callback), hook) is not getattr(keras.callbacks.Callback, hook) for hook in (alias, name)]
        if all(own) and name not in vars(callback):
            vars(callback)[name] = _one_after_the_other(getattr(callback, alias), getattr(callback, name))


def positional(function: Callable[..., Any], offered: int) -> Callable[..., Any]:
    """Wraps a hook so that it is given the first of `offered` arguments, by position, however Keras passes them."""
    parameters = _positional_parameters(function)
    takes = offered if parameters is None or _takes_any(parameters) else min(len(parameters), offered)

    def call(*args: Any, **logs: Any) -> Any:
        given = (*args, *logs.values())
        result = function(*given[:takes])
        if isinstance(result, Joining) and isinstance(given[-1], dict):
            given[-1].update({key: value for key, value in result.items() if key not in given[-1]})
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
