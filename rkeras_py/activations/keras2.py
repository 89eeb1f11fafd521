"""Activations that Keras 3 computes otherwise than Keras 2, made of Keras's own layers: files load without rkeras."""

from typing import Any

import keras

_SLOPE, _MIDDLE = 0.2, 0.5


def kept(argument: str, value: Any) -> Any:
    """The value of a layer's argument, where it names such an activation Keras 2's."""
    return hard_sigmoid() if argument.endswith("activation") and value == "hard_sigmoid" else value


def hard_sigmoid() -> keras.Sequential:
    """`min(max(0.2 x + 0.5, 0), 1)`, the default of `layer_lstm`; Keras 3 has `x / 6 + 0.5` under this name."""
    return keras.Sequential(
        [keras.layers.Rescaling(_SLOPE, _MIDDLE), keras.layers.ReLU(max_value=1.0)], name="hard_sigmoid"
    )


def hard_sigmoid_of(x: Any) -> Any:
    """The same of a tensor, at once."""
    return keras.ops.clip(x * _SLOPE + _MIDDLE, 0.0, 1.0)
