"""callback_terminate_on_naan(), and its name without the slip."""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from ..language import Described, r_function
from .stopping import Stopping


class TerminateOnNaN(Described, Stopping, keras.callbacks.TerminateOnNaN):
    """Keras's own, which says why it ended a training."""

    _epoch = 0

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        self._epoch = epoch

    def on_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        super().on_batch_end(batch, logs)
        loss = (logs or {}).get("loss")
        if loss is not None and not np.isfinite(loss):
            self.stop(self._epoch, f"the loss is {float(loss)} in batch {batch}")


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
