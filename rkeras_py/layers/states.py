"""States of recurrent layers: given at the beginning, kept from batch to batch, begun anew."""

from collections.abc import Iterator
from typing import Any

import keras

from ..keras_internals import count_as_state, mask_of
from ..language import r_function, refuse


class Recurrent:
    """Mixed into Keras's recurrent layers: takes the initial states behind the input in a list, as Keras 2, and then
    passes over masked steps, too; and keeps the states of a `stateful` layer on JAX.
    """

    def __call__(self, sequences: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(sequences, list | tuple) and len(sequences) > 1:
            sequences, *states = sequences
            kwargs = {"initial_state": states, **kwargs}
        elif isinstance(sequences, list | tuple) and sequences:
            sequences = sequences[0]
        return super().__call__(sequences, *args, **kwargs)  # type: ignore[misc]

    def call(self, sequences: Any, initial_state: Any = None, mask: Any = None, training: Any = False) -> Any:
        """Goes over the steps."""
        # Where there are several tensors, Keras hands on no mask.
        mask = self.fitting(mask_of(sequences) if mask is None else mask, sequences)
        return super().call(sequences, initial_state=initial_state, mask=mask, training=training)  # type: ignore[misc]

    def fitting(self, mask: Any, sequences: Any) -> Any:
        """The mask as Keras is to be given it."""
        return mask

    def build(self, sequences_shape: Any, *states: Any, **named: Any) -> None:
        """Makes the weights and the states."""
        super().build(sequences_shape, *states, **named)  # type: ignore[misc]
        keep_states(self)


class RNN(Recurrent, keras.layers.RNN):
    """Keras's, with Keras 2's ways of calling it."""


class SimpleRNN(Recurrent, keras.layers.SimpleRNN):
    """The same, with the penalty on the output, which Keras 3 takes and forgets."""

    def __init__(self, units: int, *args: Any, activity_regularizer: Any = None, **kwargs: Any) -> None:
        super().__init__(units, *args, **kwargs)
        self.activity_regularizer = keras.regularizers.get(activity_regularizer)

    def get_config(self) -> dict[str, Any]:
        """The configuration."""
        penalty = keras.regularizers.serialize(self.activity_regularizer)
        return {**super().get_config(), "activity_regularizer": penalty}


class GRU(Recurrent, keras.layers.GRU):
    """Keras's, with Keras 2's ways of calling it."""


class LSTM(Recurrent, keras.layers.LSTM):
    """Keras's, with Keras 2's ways of calling it."""


class ConvRecurrent(Recurrent):
    """Mixed into those that convolve: masks that fit their states on JAX too, where Keras's do not."""

    def fitting(self, mask: Any, sequences: Any) -> Any:
        """The mask as Keras is to be given it."""
        if mask is None or keras.config.backend() != "jax":
            return mask
        return keras.ops.reshape(mask, (*keras.ops.shape(mask)[:2], *[1] * (len(sequences.shape) - 2)))


class ConvLSTM1D(ConvRecurrent, keras.layers.ConvLSTM1D):
    """Keras's, with Keras 2's ways of calling it."""


class ConvLSTM2D(ConvRecurrent, keras.layers.ConvLSTM2D):
    """Keras's, with Keras 2's ways of calling it."""


class ConvLSTM3D(ConvRecurrent, keras.layers.ConvLSTM3D):
    """Keras's, with Keras 2's ways of calling it."""


for _class in (RNN, SimpleRNN, GRU, LSTM, ConvLSTM1D, ConvLSTM2D, ConvLSTM3D):
    _class.__module__ = "keras.layers"  # by which a saved model finds it: plain Keras loads it too


@r_function
def reset_states(object: keras.layers.Layer) -> keras.layers.Layer:
    """Has the states of stateful recurrent layers begin anew, with 0.

    Args:
        object: A model, all stateful layers of which it is done to, or such a layer.

    Returns:
        The model or the layer itself.

    Raises:
        ArgumentError: The layer keeps no states.

    Source:
        R keras 2.2.5.0, `reset_states`; Keras, `keras.layers.RNN.reset_states`.
    """
    found = list(_stateful(object))
    if not found and not isinstance(object, keras.Model):
        refuse(reset_states, "object", object, "a model, or a recurrent layer that is `stateful`")
    for one in found:
        one.reset_state()
    return object


def keep_states(object: keras.layers.Layer) -> None:
    """Has JAX, which Keras tells nothing of the states of recurrent layers, hand them on from batch to batch."""
    for one in _stateful(object) if keras.config.backend() == "jax" else ():
        count_as_state(one, keras.tree.flatten(one.states or []))


def _stateful(layer: keras.layers.Layer) -> Iterator[Any]:
    """The recurrent layers that keep their states, in a model, in a wrapper, or the layer itself."""
    if isinstance(layer, keras.layers.RNN):
        if layer.stateful:
            yield layer
    elif isinstance(layer, keras.layers.Bidirectional):
        yield from _stateful(layer.forward_layer)
        yield from _stateful(layer.backward_layer)
    elif isinstance(layer, keras.layers.Wrapper):
        yield from _stateful(layer.layer)
    elif isinstance(layer, keras.Model):
        for one in layer.layers:
            yield from _stateful(one)
