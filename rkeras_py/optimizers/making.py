"""What the optimizer functions have in common: Keras's class, and arguments of two generations."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import keras

from ..language import r_function
from ..language.errors import ArgumentError
from .keras2_rate import with_keras2_rate

F = TypeVar("F", bound=Callable[..., Any])

_RETURNS = "The optimizer. `optimizer$lr` (in Python: `optimizer.lr`) is its learning rate and can be set."
_RAISES = "ArgumentError: An argument is not what it must be."


def optimizer(sort: type[keras.optimizers.Optimizer], version: str = "2.2.5.0") -> Callable[[F], F]:
    """Makes an R function of a signature that stands for a Keras optimizer; it needs no body.

    Args:
        sort: The class of Keras.
        version: The first version of R keras that has the function.
    """

    def decorate(declared: F) -> F:
        source = f"R keras {version}, `{declared.__name__}`; Keras, `keras.optimizers.{sort.__name__}`."
        make = functools.partial(_made, sort, declared.__name__)
        function: F = r_function(make=make, Returns=_RETURNS, Raises=_RAISES, Source=source)(declared)  # type: ignore[assignment]
        return function

    return decorate


def _made(sort: type[keras.optimizers.Optimizer], owner: str, arguments: dict[str, Any]) -> Any:
    if arguments["clipnorm"] is not None and arguments["global_clipnorm"] is not None:
        raise ArgumentError(
            f"{owner}(): `clipnorm` and `global_clipnorm` shorten the same gradients: give one of them."
        )
    options = {"learning_rate" if name == "lr" else name: value for name, value in arguments.items()}
    if "epsilon" in options:
        options["epsilon"] = options["epsilon"] or keras.config.epsilon()
    for retired in ("jit_compile", "amsgrad" if sort is keras.optimizers.SGD else ""):
        options.pop(retired, None)
    return with_keras2_rate(sort)(**options)
