"""What a model trains is what was trainable when it was compiled, as in Keras 2.

Keras 3 looks at it when the first batch is trained on TensorFlow, at every batch on JAX: the discriminator of a GAN,
which is compiled, frozen and then made part of another model, would learn nothing.
"""

import weakref
from collections.abc import Iterator
from contextlib import contextmanager

import keras

from .. import keras_internals as internals
from ..language.notices import warn


class _Noted:
    """Which layers of a model trained when it was compiled."""

    def __init__(self, model: keras.Model) -> None:
        self.compilation = internals.compilation(model)
        # A layer may be the model itself, which must not be kept alive from here.
        self.layers = [(weakref.ref(layer), layer.trainable) for layer in internals.layers_within(model)]
        self.is_said = False

    def changed(self) -> list[tuple[keras.layers.Layer, bool]]:
        """The layers that are not as they were, and what they were."""
        alive = [(layer(), trainable) for layer, trainable in self.layers]
        return [(layer, trainable) for layer, trainable in alive if layer is not None and layer.trainable != trainable]


_noted: weakref.WeakKeyDictionary[keras.Model, _Noted] = weakref.WeakKeyDictionary()


def note_trainable(model: keras.Model) -> None:
    """Keeps which layers of a model train, when it has been compiled."""
    _noted[model] = _Noted(model)


@contextmanager
def as_compiled(model: keras.Model, function: str) -> Iterator[None]:
    """Has the layers train that trained when the model was compiled, for as long as it lasts.

    Args:
        model: The model.
        function: The R function that trains it.

    Warns:
        RKerasWarning: Something else is trainable now, once for each time that the model was compiled.
    """
    noted = _noted.get(model)
    if noted is None or noted.compilation is not internals.compilation(model) or not (changed := noted.changed()):
        yield
        return
    if not noted.is_said:
        noted.is_said = True
        message = (
            "layers have been frozen or unfrozen since the model was compiled, which counts when it is compiled again."
        )
        warn(function, message, stacklevel=6)
    now: list[tuple[keras.layers.Layer, bool, dict[int, bool]]] = [
        (layer, layer.trainable, internals.trainable_of_variables(layer)) for layer, _ in changed
    ]
    for layer, trainable in changed:
        internals.set_trainable(layer, trainable, {})
    try:
        yield
    finally:
        for layer, trainable, of_variables in now:
            internals.set_trainable(layer, trainable, of_variables)
