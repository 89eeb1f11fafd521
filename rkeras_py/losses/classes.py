"""Classes of losses and metrics under Keras's own names and modules, so that plain Keras loads a saved model."""

from collections.abc import Callable
from typing import Any, TypeVar

import keras

from .. import keras_internals

T = TypeVar("T", bound=type)

_classes: dict[tuple[type, Any, tuple[type, ...]], Any] = {}


class Remembering:
    """Mixed in: the configuration has all arguments. Keras's own forgets `delta` and `axis`, and loads the defaults."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._options = options

    def get_config(self) -> dict[str, Any]:
        """The arguments that it was made with."""
        return {**self._options, **super().get_config()}  # type: ignore[misc]


def of_keras(sort: T, function: Callable[..., Any] | None = None, mixed_in: tuple[type, ...] = (Remembering,)) -> T:
    """The class of a loss or a metric of Keras, with more to it.

    Args:
        sort: The class of Keras.
        function: What computes it, with the same arguments, where that is not Keras's own function.
        mixed_in: Classes with methods that it has before those of Keras.
    """
    key = sort, function, mixed_in
    if key not in _classes:
        module = "keras.metrics" if issubclass(sort, keras.metrics.Metric) else "keras.losses"
        content: dict[str, Any] = {"__module__": module, "__doc__": sort.__doc__}
        made = type(sort.__name__, (*mixed_in, sort), content)
        if function is not None:
            made.__init__ = _beginning(made, function)  # type: ignore[misc]
        _classes[key] = made
    found: T = _classes[key]
    return found


def _beginning(made: Any, function: Callable[..., Any]) -> Callable[..., None]:
    def begin(self: Any, *args: Any, **options: Any) -> None:
        super(made, self).__init__(*args, **options)
        keras_internals.compute_by(self, function)

    return begin
