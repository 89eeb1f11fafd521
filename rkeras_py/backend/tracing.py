"""What is to be known of compiled graphs: whether values are there yet."""

from collections.abc import Callable
from typing import Any, NoReturn

import keras

from ..language.errors import ArgumentError


class Computed(keras.layers.Lambda):
    """What a backend function computes of symbolic tensors by calling functions on their values."""

    def __init__(self, function: Callable[..., Any], computed_by: str) -> None:
        super().__init__(function)
        self.computed_by = computed_by

    def get_config(self) -> dict[str, Any]:
        """There is none.

        Raises:
            ArgumentError: Always: a file would be written that cannot be read.
        """
        refuse_file(self.computed_by)


def refuse_file(function: str) -> NoReturn:
    """Tells that a model cannot be kept in a file.

    Args:
        function: The R name of the function that computes something in it.

    Raises:
        ArgumentError: Always.
    """
    raise ArgumentError(
        f"{function}(): a model with what it computes of symbolic tensors cannot be kept in a file. Save the weights "
        "with save_model_weights_hdf5() and load them into a model that is made anew."
    )


def is_symbolic(value: Any) -> bool:
    """Whether a tensor has no value now: it is Keras's symbolic one, or one of a graph that is being compiled."""
    if isinstance(value, keras.KerasTensor):
        return True
    if keras.config.backend() == "tensorflow":
        import tensorflow as tf

        return bool(tf.is_tensor(value) and tf.is_symbolic_tensor(value))
    return _is_tracer(value)


def in_graph() -> bool:
    """Whether a graph is being compiled now."""
    if keras.config.backend() == "tensorflow":
        import tensorflow as tf

        return not tf.executing_eagerly()
    return _is_tracer(keras.ops.ones(()))


def on_values(name: str, function: Callable[..., Any], *tensors: Any) -> Any:
    """Calls a function that needs tensors of the backend; on Keras's symbolic ones, as a layer of its own.

    Args:
        name: The R name of what computes it.
        function: The function.
        *tensors: Its arguments.
    """
    symbolic = [one for one in tensors if isinstance(one, keras.KerasTensor)]
    if not symbolic:
        return function(*tensors)

    def on_inputs(inputs: list[Any]) -> Any:
        values = iter(inputs)
        return function(*(next(values) if isinstance(one, keras.KerasTensor) else one for one in tensors))

    return Computed(on_inputs, name)(symbolic)


def _is_tracer(value: Any) -> bool:
    if keras.config.backend() != "jax":
        return False
    import jax

    return isinstance(value, jax.core.Tracer)
