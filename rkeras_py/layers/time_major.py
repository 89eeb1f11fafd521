"""`time_major = TRUE`: recurrent layers whose samples are along the second dimension, as Keras 2 had them."""

from typing import Any

import keras

from ..keras_internals import mask_of
from .both_ways import Bidirectional
from .states import GRU, LSTM, RNN

_PACKAGE = "rkeras"


class TimeMajor:
    """Mixed into a recurrent layer: input (steps, batch, features), and likewise its output with `return_sequences`.

    The states are those of the layer without it, and so are the weights.
    """

    sequences_in_output = 1

    def build(self, sequences_shape: Any, *states: Any, **named: Any) -> None:
        """Makes the weights."""
        super().build(_turned(sequences_shape), *states, **named)  # type: ignore[misc]

    def call(self, sequences: Any, *args: Any, mask: Any = None, **kwargs: Any) -> Any:
        """Goes over the steps, the first dimension."""
        mask = mask_of(sequences) if mask is None else mask
        mask = mask if mask is None else keras.ops.swapaxes(mask, 0, 1)
        result = super().call(keras.ops.swapaxes(sequences, 0, 1), *args, mask=mask, **kwargs)  # type: ignore[misc]
        return self._with_steps_in_front(result, lambda one: keras.ops.swapaxes(one, 0, 1))

    def compute_output_shape(self, sequences_shape: Any, *args: Any, **kwargs: Any) -> Any:
        """The shape of the output."""
        shape = super().compute_output_shape(_turned(sequences_shape), *args, **kwargs)  # type: ignore[misc]
        if not isinstance(shape[0], list | tuple):
            return self._with_steps_in_front([shape], _turned)[0]
        return self._with_steps_in_front(shape, _turned)

    def _with_steps_in_front(self, result: Any, turn: Any) -> Any:
        if not self.return_sequences:  # type: ignore[attr-defined]
            return result
        if not isinstance(result, list | tuple):
            return turn(result)
        sequences = self.sequences_in_output
        return (*(turn(one) for one in result[:sequences]), *result[sequences:])


@keras.saving.register_keras_serializable(_PACKAGE)
class TimeMajorRNN(TimeMajor, RNN):
    """`layer_rnn` with the steps in front."""


@keras.saving.register_keras_serializable(_PACKAGE)
class TimeMajorGRU(TimeMajor, GRU):
    """`layer_gru` with the steps in front."""


@keras.saving.register_keras_serializable(_PACKAGE)
class TimeMajorLSTM(TimeMajor, LSTM):
    """`layer_lstm` with the steps in front."""


@keras.saving.register_keras_serializable(_PACKAGE)
class TimeMajorBidirectional(TimeMajor, Bidirectional):
    """`bidirectional` of layers that have the steps in front; its own layers have them behind, as Keras's."""

    def __init__(self, layer: Any, *args: Any, backward_layer: Any = None, **kwargs: Any) -> None:
        super().__init__(_plain(layer), *args, backward_layer=_plain(backward_layer), **kwargs)

    @property
    def sequences_in_output(self) -> int:  # type: ignore[override]
        """How many of its outputs have steps."""
        return 2 if self.merge_mode is None else 1


_OF: dict[type[keras.layers.Layer], type[keras.layers.Layer]] = {
    RNN: TimeMajorRNN,
    GRU: TimeMajorGRU,
    LSTM: TimeMajorLSTM,
    Bidirectional: TimeMajorBidirectional,
}


def with_time_major(sort: type[keras.layers.Layer]) -> type[keras.layers.Layer]:
    """The class of a recurrent layer of Keras with the steps in front; a file that has it needs rkeras to be loaded."""
    return _OF.get(sort, sort)


def _plain(layer: Any) -> Any:
    """The same layer with the steps behind the samples."""
    sort = next((plain for plain, turned in _OF.items() if isinstance(layer, turned)), None)
    return layer if sort is None else sort.from_config(layer.get_config())


def _turned(shape: Any) -> tuple[Any, ...]:
    steps, samples, *rest = shape
    return (samples, steps, *rest)
