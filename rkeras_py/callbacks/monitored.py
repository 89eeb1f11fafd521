"""A monitored quantity: under which name it is logged, which way is better, and what counts as better.

One piece for early stopping, checkpoints and learning-rate reduction. The rules are those of Keras 2.2.4, but the
direction of `mode = "auto"`, which took every name without "acc" for an error measure, AUC and F1 among them.
"""

import math
import re
from collections.abc import Mapping
from typing import Any, Literal

import keras

from .. import keras_internals
from ..language.notices import warn
from ..language.wording import show
from ..training import log_keys

_ERRORS = re.compile(r"(^|_)(loss|error|err|mse|mae|mape|msle|rmse|nll|perplexity|entropy|crossentropy)(_|$)")
_SCORES = re.compile(
    r"acc($|_)|accuracy|auc|(^|_)f1|f_?measure|fbeta|precision|recall|sensitivity|specificity|(^|_)r2|io_?u|dice|cosine|"
    r"kappa|(^|_)map($|_)|bleu|score"
)


def direction_by_name(monitor: str) -> Literal["min", "max"]:
    """Which way a quantity is better, judged by its name alone: never fails, as in Keras 2.2."""
    name = monitor.lower()
    return "max" if _SCORES.search(name) and not _ERRORS.search(name) else "min"


class Monitored:
    """What a callback watches.

    Args:
        owner: The R function on whose behalf warnings are given.
        monitor: The name of the quantity.
        mode: Which way is better; `"auto"` goes by the compiled metric of that name, else by the name.
        min_delta: By how much a value must be better to count; negative values are a tolerance.
        purpose: What does not happen while the quantity is missing.
    """

    def __init__(
        self, owner: str, monitor: str, mode: Literal["auto", "min", "max"], min_delta: float, purpose: str
    ) -> None:
        self.owner = owner
        self.monitor = monitor
        self.mode = mode
        self.min_delta = min_delta
        self.purpose = purpose
        self.direction = direction_by_name(monitor) if mode == "auto" else mode
        self._asked = False
        self._said: set[str] = set()

    @property
    def worst(self) -> float:
        """What every number is better than."""
        return math.inf if self.direction == "min" else -math.inf

    def begin(self) -> None:
        """Starts a training: metrics are asked again, and what was said in an earlier one may be said again."""
        self._asked = False
        self._said.clear()

    def read(self, logs: Mapping[str, Any] | None, model: keras.Model) -> float | None:
        """Gives the value in the logs of an epoch, or None, with a warning that names what is there."""
        logs = logs or {}
        self._settle_direction(model)
        key = log_keys.find(self.monitor, logs)
        if key is None:
            there = ", ".join(sorted(logs)) or "nothing"
            self._say_once("missing", f"`monitor` {show(self.monitor)} is not in the logs ({there}): {self.purpose}.")
            return None
        if key != self.monitor:
            self._say_once(key, f"`monitor` {show(self.monitor)} is logged as {show(key)}, which is watched instead.")
        return float(keras.ops.convert_to_numpy(logs[key]))

    def better(self, value: float, reference: float | None) -> bool:
        """Whether a value counts as an improvement on a reference, or on nothing yet; NaN never does."""
        reference = self.worst if reference is None else reference
        if self.direction == "min":
            return value + self.min_delta < reference
        return value - self.min_delta > reference

    def _settle_direction(self, model: keras.Model) -> None:
        # Metrics exist from the first batch on, so they are asked at the end of the first epoch.
        if self.mode == "auto" and not self._asked:
            name = self.monitor.removeprefix("val_")
            self.direction = keras_internals.metric_direction(model, name) or direction_by_name(self.monitor)
            self._asked = True

    def _say_once(self, matter: str, message: str) -> None:
        if matter not in self._said:
            self._said.add(matter)
            warn(self.owner, message, stacklevel=4)
