"""`time_major = TRUE`: recurrent layers whose samples are along the second dimension, as Keras 2 had them."""

from typing import Any

import keras

_PACKAGE = "rkeras"


class TimeMajor:
    """Mixed into a recurrent layer: input (steps, batch, features), and likewise its output with `return_sequences`.

    The states are those of the layer without it, and so are the weights.
    """

    def build(self, sequences_shape: Any, *states: Any) -> None:
        """Makes the weights."""
        super().build(_turned(sequences_shape), *states)  # type: ignore[misc]

    def call(self, sequences: Any, *args: Any, mask: Any = None, **kwargs: Any) -> Any:
        """Goes over the steps, the first dimension."""
        mask = mask if mask is None else keras.ops.swapaxes(mask, 0, 1)
        result = super().call(keras.ops.swapaxes(sequences, 0, 1), *args, mask=mask, **kwargs)  # type: ignore[misc]
        if not self.return_sequences:  # type: ignore[attr-defined]
            return result
        if isinstance(result, list | tuple):
            return [keras.ops.swapaxes(result[0], 0, 1), *result[1:]]
        return keras.ops.swapaxes(result, 0, 1)

    def compute_output_shape(self, sequences_shape: Any, *args: Any, **kwargs: Any) -> Any:
        """The shape of the output."""
        shape = super().compute_output_shape(_turned(sequences_shape), *args, **kwargs)  # type: ignore[misc]
        if not self.return_sequences:  # type: ignore[attr-defined]
            return shape
        return [_turned(shape[0]), *shape[1:]] if isinstance(shape[0], list | tuple) else _turned(shape)

    def compute_mask(self, sequences: Any, mask: Any) -> Any:
        """The mask of the output."""
        mask = mask[0] if isinstance(mask, list) else mask
        return [mask, *(None for _ in self.states or ())] if self.return_state else mask  # type: ignore[attr-defined]


_classes: dict[str, type[keras.layers.Layer]] = {}


def with_time_major(sort: type[keras.layers.Layer]) -> type[keras.layers.Layer]:
    """The class of a recurrent layer of Keras with the steps in front; a file that has it needs rkeras to be loaded."""
    name = f"TimeMajor{sort.__name__}"
    if name not in _classes:
        made = type(name, (TimeMajor, sort), {"__module__": __name__, "__doc__": TimeMajor.__doc__})
        _classes[name] = keras.saving.register_keras_serializable(_PACKAGE)(made)
    return _classes[name]


def _turned(shape: Any) -> tuple[Any, ...]:
    steps, samples, *rest = shape
    return (samples, steps, *rest)
