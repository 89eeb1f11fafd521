"""Functions of Python as regularizers and constraints: before 3.13 Keras takes objects alone."""

from collections.abc import Callable
from typing import Any

import keras

from .notices import warn

_SORTS: dict[str, type] = {"constraints": keras.constraints.Constraint, "regularizers": keras.regularizers.Regularizer}


class NamedFunction:
    """Calls a function; in files it has the function's name, under which Keras finds the function itself.

    Args:
        function: The function.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __call__(self, weights: Any) -> Any:
        return self._function(weights)

    def get_config(self) -> dict[str, Any]:
        """Nothing: the name of the class is that of the function.

        Warns:
            RKerasWarning: The function has no name.
        """
        name = type(self).__name__
        if name == "<lambda>":
            warn(name, f'it is saved by this name alone. To load the model, give it in custom_objects as "{name}".')
        return {}


def for_keras(function: Any, module: str) -> Any:
    """A function as what a module of Keras takes; what is such an object, or no function, stays as it is."""
    sort = _SORTS.get(module)
    if sort is None or isinstance(function, sort) or hasattr(function, "get_config"):
        return function
    name = keras.saving.get_registered_name(function) if hasattr(function, "__name__") else type(function).__name__
    made = type(name, (NamedFunction, sort), {"__module__": getattr(function, "__module__", None)})
    return made(function)
