"""callback_terminate_on_naan(), and its name without the slip."""

import keras

from ..semantics import Described, r_function


class TerminateOnNaN(Described, keras.callbacks.TerminateOnNaN):
    """Keras's own, with a printed form."""


@r_function
def callback_terminate_on_naan() -> keras.callbacks.TerminateOnNaN:
    """Ends the training when the loss of a batch is NaN or infinite.

    Returns:
        The callback.

    Source:
        R keras 2.2.5.0, `callback_terminate_on_naan`; Keras, `keras.callbacks.TerminateOnNaN`.
    """
    return TerminateOnNaN()


@r_function
def callback_terminate_on_nan() -> keras.callbacks.TerminateOnNaN:
    """Ends the training when the loss of a batch is NaN or infinite: `callback_terminate_on_naan`, spelt rightly.

    Returns:
        The callback.

    Source:
        Keras, `keras.callbacks.TerminateOnNaN`.
    """
    return TerminateOnNaN()
