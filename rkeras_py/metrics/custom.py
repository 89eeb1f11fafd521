"""custom_metric(), and functions under the names they are logged by."""

import copy
from collections.abc import Callable
from typing import Any

from ..language import Name, r_function
from ..language.functions_of_r import for_keras
from ..language.wording import RCallable


@r_function
def custom_metric(name: Name, metric_fn: Callable[..., Any]) -> Callable[..., Any]:
    """Metric that is a function of one's own.

    Args:
        name: The name under which it is logged, and by which `custom_objects` knows it when a saved model is loaded.
        metric_fn: A function of the targets and the predictions, both tensors, that returns a tensor: a value for each
            sample, or one for the batch; those of batches are averaged.

    Returns:
        The function with that name, for `compile`.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `custom_metric`.
    """
    return named(metric_fn, name)


def known_to_keras(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that Keras can write to a file, if only by its name."""
    return for_keras(function, "metrics") if isinstance(function, RCallable) else function


def named(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """A function under a name; the function itself keeps its own."""
    if isinstance(function, RCallable):
        one: Any = copy.copy(function)
    else:

        def one(*args: Any, **kwargs: Any) -> Any:
            return function(*args, **kwargs)

        one.__module__ = getattr(function, "__module__", None) or "__main__"
        one.__doc__ = function.__doc__
    one.__name__ = one.__qualname__ = name
    one.name = name  # Keras makes `Jaccard2` to `jaccard2`, where it has no more than the name of a function
    return one
