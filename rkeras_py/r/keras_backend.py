"""What `backend()` in R returns: the backend functions under the names and with the axes of Python's `keras.backend`.

`K$mean(x, axis = 0L)` is `k_mean(x, axis = 1)`: axes, and indices that are numbers, count from 0 here, as they did in
the module that R keras handed out, and from 1 in the functions of R.
"""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

import rkeras_py

from ..language import contract_of
from ..language.tensors import is_tensor
from ..language.vectors import AxisFromOne


def __getattr__(name: str) -> Callable[..., Any]:
    if f"k_{name}" not in rkeras_py.__all__:
        raise AttributeError(f"the backend has no function `{name}` here; see the help of backend()")
    return _counting_from_zero(getattr(rkeras_py, f"k_{name}"))


def __dir__() -> list[str]:
    return [name.removeprefix("k_") for name in rkeras_py.__all__ if name.startswith("k_")]


def _counting_from_zero(function: Callable[..., Any]) -> Callable[..., Any]:
    arguments = contract_of(function).arguments
    axes = {name for name, argument in arguments.items() if any(map(_counts, _kinds(argument.kind)))}

    @functools.wraps(function)
    def call(*args: Any, **named: Any) -> Any:
        by_place = [_from_one(one) if name in axes else one for name, one in zip(arguments, args, strict=False)]
        by_name = {name: _from_one(one) if name in axes else one for name, one in named.items()}
        return function(*by_place, *args[len(by_place) :], **by_name)

    return call


def _kinds(kind: Any) -> list[Any]:
    return [kind, *getattr(kind, "members", ())]


def _counts(kind: Any) -> bool:
    return isinstance(kind, AxisFromOne)


def _from_one(value: Any) -> Any:
    """Numbers from 0 as R counts them; those from -1 backwards, and tensors, are the same in both."""
    if isinstance(value, list | tuple):
        return [_from_one(one) for one in value]
    if value is None or is_tensor(value) or not np.issubdtype(np.asarray(value).dtype, np.number):
        return value
    return np.where(np.asarray(value) < 0, value, np.asarray(value) + 1)
