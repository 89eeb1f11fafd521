"""What is to be known of compiled graphs: whether values are there yet."""

from collections.abc import Callable
from typing import Any

import keras


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


def on_values(function: Callable[..., Any], *tensors: Any) -> Any:
    """Calls a function that needs tensors of the backend; on Keras's symbolic ones, as a layer of its own."""
    symbolic = [one for one in tensors if isinstance(one, keras.KerasTensor)]
    if not symbolic:
        return function(*tensors)

    def on_inputs(inputs: list[Any]) -> Any:
        values = iter(inputs)
        return function(*(next(values) if isinstance(one, keras.KerasTensor) else one for one in tensors))

    return keras.layers.Lambda(on_inputs)(symbolic)


def _is_tracer(value: Any) -> bool:
    if keras.config.backend() != "jax":
        return False
    import jax

    return isinstance(value, jax.core.Tracer)
