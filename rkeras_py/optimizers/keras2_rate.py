"""Keras's optimizers with `lr` and `decay`, as Keras 2 had them."""

from typing import Any

import keras

from .. import keras_internals


class Keras2Rate:
    """Mixed into a Keras optimizer: `lr` is its learning rate, and `decay` makes that less with every batch.

    A batch is trained with `lr / (1 + decay * iterations)`. `lr` stays what it was set to, so that callbacks that set
    or multiply it mean what they meant in Keras 2.
    """

    def __init__(self, *args: Any, decay: float = 0.0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._decay = float(decay)

    @property
    def lr(self) -> Any:
        """The learning rate, as the variable that Keras keeps it in."""
        return self.learning_rate

    @lr.setter
    def lr(self, rate: Any) -> None:
        self.learning_rate = rate

    @property
    def decay(self) -> float:
        """What the rate is divided by: 1 and this times the batches trained so far."""
        return self._decay

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        """Trains one variable, at the rate that is due."""
        if self._decay:
            trained: Any = keras.ops.cast(self.iterations, "float32")  # type: ignore[attr-defined]
            learning_rate = keras.ops.cast(learning_rate, "float32") / (1.0 + self._decay * trained)
        super().update_step(gradient, variable, learning_rate)  # type: ignore[misc]

    def get_config(self) -> dict[str, Any]:
        """Keras's configuration; `decay`, which Keras alone would pass over with a warning, where there is one."""
        config: dict[str, Any] = super().get_config()  # type: ignore[misc]
        return {**config, "decay": self._decay} if self._decay else config


class EpsilonOutside:
    """Divides by `sqrt(v) + epsilon` as Keras 2 does, not by `sqrt(v + epsilon)`, which holds small gradients back."""

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        """Trains one variable; momentum and centring, which R keras 2.2 has not, are Keras 3's."""
        if self.momentum or self.centered:  # type: ignore[attr-defined]
            super().update_step(gradient, variable, learning_rate)  # type: ignore[misc]
            return
        keras_internals.rmsprop_step_of_keras2(self, gradient, variable, learning_rate)


_Class = type[keras.optimizers.Optimizer]
_classes: dict[tuple[_Class, bool], _Class] = {}


def with_keras2_rate(sort: _Class, steps_of_keras2: bool = True) -> _Class:
    """The class of a Keras optimizer with `lr` and `decay`.

    It goes under Keras's name and module, by which a saved model finds the optimizer: plain Keras loads it too.

    Args:
        sort: The class of Keras.
        steps_of_keras2: Whether RMSprop makes the steps of Keras 2.
    """
    key = sort, steps_of_keras2
    if key not in _classes:
        outside = steps_of_keras2 and sort is keras.optimizers.RMSprop
        bases = (Keras2Rate, *([EpsilonOutside] if outside else []), sort)
        _classes[key] = type(sort.__name__, bases, {"__module__": "keras.optimizers", "__doc__": sort.__doc__})
    return _classes[key]
