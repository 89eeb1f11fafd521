"""KerasLayer and KerasWrapper, the classes to derive one's own layers from."""

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

_FIRST_GENERATION = ("name", "shape", "dtype", "initializer", "regularizer", "trainable", "constraint")
_KERAS = ("shape", "initializer", "dtype", "trainable")


class KerasLayer(keras.layers.Layer):
    """The base class of one's own layers.

    A derived class defines `build(input_shape)`, which makes the weights, and `call(inputs)`, which computes; where
    `call` has arguments `mask` and `training`, it is given them. It is a layer of Keras in everything else: a class
    whose arguments are numbers, strings and the like is saved with them, others define `get_config()`. To load a
    model that has such a layer, name the class in `custom_objects`, or register it with
    `keras.saving.register_keras_serializable()`.

    Example:
        >>> class Scaled(KerasLayer):
        ...     def build(self, input_shape):
        ...         self.scale = self.add_weight("scale", (input_shape[-1],), initializer="ones")
        ...
        ...     def call(self, inputs):
        ...         return inputs * self.scale
        >>> create_layer(Scaled, model)

    Source:
        R keras 2.2.5.0, `KerasLayer`; Keras, `keras.layers.Layer`.
    """

    def add_weight(self, *args: Any, **options: Any) -> Any:
        """Makes a weight.

        Args:
            *args: `name` and `shape`, and `dtype`, `initializer`, `regularizer`, `trainable`, `constraint` behind them,
                as in R keras; or `shape`, `initializer`, `dtype`, `trainable`, as in Keras.
            **options: The same by name.

        Returns:
            The variable.
        """
        return super().add_weight(**weight_options(args, options))

    def add_loss(self, losses: Any, inputs: Any = None) -> None:
        """Adds to what is minimized.

        Args:
            losses: A number that was computed in `call`, or several.
            inputs: Not used: Keras 3 knows what a loss depends on.
        """
        super().add_loss(losses)


class KerasWrapper(KerasLayer, keras.layers.Wrapper):
    """The base class of one's own layers that have another one inside, as `self.layer`.

    A derived class defines `call(inputs)`, and `build(input_shape)` if it makes weights of its own; what is inside is
    built by `super().build(input_shape)`. Where it takes more arguments than `layer`, it defines `get_config()`.

    Args:
        layer: The layer inside.

    Example:
        >>> class Doubled(KerasWrapper):
        ...     def call(self, inputs):
        ...         return 2 * self.layer(inputs)
        >>> create_wrapper(Doubled, model, {"layer": layer_dense(units=2)})

    Source:
        R keras 2.2.5.0, `KerasWrapper`; Keras, `keras.layers.Wrapper`.
    """


def weight_options(args: Sequence[Any], options: dict[str, Any]) -> dict[str, Any]:
    """What Keras takes for a weight, of what R keras and Keras take.

    Args:
        args: What was given by its place: the name first, as in R keras, or the shape, as in Keras.
        options: What was given by name.

    Raises:
        TypeError: There is too much, or something twice.
    """
    places = _FIRST_GENERATION if args and isinstance(args[0], str) else _KERAS
    given = dict(zip(places, args, strict=False))
    twice = sorted(given.keys() & options.keys())
    if twice or len(args) > len(places):
        raise TypeError(f"add_weight() was given {f'`{twice[0]}` twice' if twice else 'too many arguments'}.")
    given = {name: value for name, value in {**given, **options}.items() if value is not None}
    if "shape" in given:
        given["shape"] = whole_sizes(given["shape"])
    return given


def whole_sizes(shape: Any) -> tuple[Any, ...]:
    """A shape with whole numbers, which are doubles in R; or several shapes."""
    sizes = shape if isinstance(shape, list | tuple | np.ndarray) else [shape]
    return tuple(
        whole_sizes(size) if isinstance(size, list | tuple) else None if size is None else int(size) for size in sizes
    )
