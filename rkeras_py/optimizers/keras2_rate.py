"""Keras's optimizers with `lr` and `decay`, and with the steps that they made in Keras 2."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import keras

from .keras2_steps import STEPS, Keras2Steps


class Keras2Rate:
    """Mixed into a Keras optimizer: `lr` is its learning rate, and `decay` makes that less with every batch.

    A batch is trained with `lr / (1 + decay * iterations)`, also where `lr` follows a schedule. `lr` stays what it was
    set to, so that callbacks that set or multiply it mean what they meant in Keras 2.

    Attributes:
        clipvalue_first: The largest entry of a gradient, where its norm is clipped as well. Keras 3 takes no two.
    """

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def __init__(self, *args: Any, decay: Any = 0.0, clipvalue: float | None = None, **kwargs: Any) -> None:
        saved = decay if isinstance(decay, Mapping) else {"decay": decay}
        clipvalue = saved.get("clipvalue", clipvalue)
        both = clipvalue is not None and any(kwargs.get(norm) is not None for norm in ("clipnorm", "global_clipnorm"))
        super().__init__(*args, **({} if both or clipvalue is None else {"clipvalue": clipvalue}), **kwargs)
        self.clipvalue_first = clipvalue if both else None
        self._decay = float(saved.get("decay") or 0.0)

    @property
    def lr(self) -> Any:
        """The learning rate, as the variable that Keras keeps it in; the present one where it follows a schedule."""
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
            trained: Any = keras.ops.cast(self.iterations, "float32")
            learning_rate = keras.ops.cast(learning_rate, "float32") / (1.0 + self._decay * trained)
        super().update_step(gradient, variable, learning_rate)  # type: ignore[misc]

    def unknown_to_keras(self) -> dict[str, float]:
        """The arguments that Keras 3 has not got, where they are not at their defaults."""
        kept = {"decay": self._decay, "clipvalue": self.clipvalue_first}
        return {name: value for name, value in kept.items() if value}

    def get_config(self) -> dict[str, Any]:
        """Keras's configuration; what Keras does not know stands in `decay`, which it passes over with a warning."""
        config: dict[str, Any] = super().get_config()  # type: ignore[misc]
        unknown = self.unknown_to_keras()
        alone = list(unknown) == ["decay"]
        return {**config, "decay": unknown["decay"] if alone else unknown} if unknown else config


class NadamRate(Keras2Rate):
    """Nadam has no decay of the rate; what Keras 2 saved under that name is that of its momentum."""

    DEFAULT = 0.004

    def __init__(self, *args: Any, schedule_decay: float | None = None, decay: Any = None, **kwargs: Any) -> None:
        saved = dict(decay) if isinstance(decay, Mapping) else {"decay": decay}
        given = [value for value in (saved.pop("decay", None), schedule_decay) if value is not None]
        super().__init__(*args, decay=saved, **kwargs)
        self.schedule_decay = float(given[0]) if given else self.DEFAULT

    def unknown_to_keras(self) -> dict[str, float]:
        own = {} if self.schedule_decay == self.DEFAULT else {"decay": self.schedule_decay}
        return {**own, **super().unknown_to_keras()}


_Class = type[keras.optimizers.Optimizer]
# Those of `tf.keras.optimizers.legacy`, the only ones up to Keras 2.10; those of later versions of Keras 2, which are
# Keras 3's but for embeddings; those of Keras 3.
Steps = Literal["legacy", "later", "keras3"]
_classes: dict[tuple[_Class, Steps], _Class] = {}


def with_keras2_rate(sort: _Class, steps: Steps = "legacy") -> _Class:
    """The class of a Keras optimizer with `lr` and `decay`.

    It goes under Keras's name and module, by which a saved model finds the optimizer: plain Keras loads it too.

    Args:
        sort: The class of Keras.
        steps: Whose steps it makes.
    """
    key = sort, steps
    if key not in _classes:
        own: list[type] = []
        if steps != "keras3" and sort is not keras.optimizers.LossScaleOptimizer:  # which has others make the steps
            own = [STEPS.get(sort.__name__, Keras2Steps) if steps == "legacy" else Keras2Steps]
        rate = NadamRate if own and steps == "legacy" and sort is keras.optimizers.Nadam else Keras2Rate
        content = {"__module__": "keras.optimizers", "__doc__": sort.__doc__, "steps_of_keras2": steps}
        _classes[key] = type(sort.__name__, (rate, *own, sort), content)
        if steps == "legacy":
            # A `.keras` file finds it by this name; where rkeras is not there Keras finds its own. Optimizers that
            # Keras itself has saved are not looked up here.
            keras.saving.get_custom_objects()[sort.__name__] = _classes[key]
    return _classes[key]
