"""What callbacks share that may end a training: they say why, and may give back the best weights."""

from collections.abc import Mapping, Sequence
from typing import Any

import keras

from ..language.notices import tell
from .monitored import Monitored
from .state import Stateful


class Stopping(Stateful, keras.callbacks.Callback):
    """Records when and why it ended a training.

    Attributes:
        stopped_epoch: The epoch (from 0) in which it ended the training; 0 also if it did not, as in Keras.
        stop_reason: Why, or None if it did not.
    """

    remembered = frozenset({"stopped_epoch", "stop_reason"})
    stopped_epoch: int = 0
    stop_reason: str | None = None
    verbose: int = 0

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        super().on_train_begin(logs)
        self.stopped_epoch = 0
        self.stop_reason = None

    def stop(self, epoch: int, reason: str) -> None:
        """Ends the training.

        Args:
            epoch: The epoch, counted from 0.
            reason: Why, as the rest of a sentence.
        """
        self.stopped_epoch = epoch
        self.stop_reason = reason
        self.model.stop_training = True

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        if self.stop_reason and self.verbose > 0:
            tell(self.farewell())

    def farewell(self) -> str:
        """What is said of the end of the training."""
        return f"Epoch {self.stopped_epoch + 1:05d}: stopped, as {self.stop_reason}"


class StoppingWithBest(Stopping):
    """Keeps the weights of the best epoch, if asked to, and gives them back when the training ends, early or not.

    Attributes:
        best_epoch: The epoch (from 0) whose weights are kept.
        best_weights: Those weights.
    """

    remembered = frozenset({"best_epoch", "best_weights", "_best_seen"})
    watched: Monitored
    restore_best_weights: bool

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        super().on_train_begin(logs)
        self.watched.begin()
        self.best_epoch = 0
        self.best_weights: list[Any] | None = None
        self._best_seen: float | None = None

    def keep_if_best(self, epoch: int, value: float) -> None:
        """Keeps the weights of an epoch with the best value so far."""
        if self.restore_best_weights and self.watched.better(value, self._best_seen):
            self._best_seen = value
            self.best_epoch = epoch
            self.best_weights = self.model.get_weights()

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        if self.best_weights is not None:
            if self.verbose > 0:
                tell("Restoring model weights from the end of the best epoch")
            self.model.set_weights(self.best_weights)
        super().on_train_end(logs)


def why_stopped(model: keras.Model, callbacks: Sequence[keras.callbacks.Callback]) -> str | None:
    """Why a training that has just ended did not go on to its last epoch, as the callbacks have it."""
    if not getattr(model, "stop_training", False):
        return None
    reasons = [reason for one in callbacks if (reason := getattr(one, "stop_reason", None))]
    reasons = reasons or [f"{type(one).__name__} ended it" for one in callbacks if getattr(one, "stopped_epoch", 0)]
    return "; ".join(reasons) or "`stop_training` was set"
