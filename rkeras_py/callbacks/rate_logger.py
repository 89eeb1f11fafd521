"""Puts the learning rate into the logs before any other callback looks at them."""

from collections.abc import MutableMapping
from typing import Any

import keras

from .. import learning_rate
from .learning_rate_scheduler import LearningRateScheduler
from .reduce_lr_on_plateau import ReduceLROnPlateau


class RateLogger(keras.callbacks.Callback):
    """Stands first in the list where a callback logs the rate, so that those in front of that one see it too."""

    def on_epoch_end(self, epoch: int, logs: MutableMapping[str, Any] | None = None) -> None:
        learning_rate.log(self.model, {} if logs is None else logs)


def with_rate_first(callbacks: list[keras.callbacks.Callback]) -> list[keras.callbacks.Callback]:
    """The callbacks, led by a logger of the rate if one of them sets it."""
    sets_rate = any(isinstance(callback, LearningRateScheduler | ReduceLROnPlateau) for callback in callbacks)
    return [RateLogger(), *callbacks] if sets_rate else callbacks
