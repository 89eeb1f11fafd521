"""The history of a training, the Python twin of R's `keras_training_history`."""

import base64
import html
import importlib.util
import io
import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

import keras

from ..training import log_keys
from .history_plot import draw

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


class Metrics(dict[str, list[Any]]):
    """The values of every epoch by name; `acc` and `accuracy`, `lr` and `learning_rate` stand for each other."""

    def __missing__(self, name: str) -> list[Any]:
        key = log_keys.find(name, self)
        if key is None:
            raise KeyError(name)
        return self[key]


class TrainingHistory(keras.callbacks.History):
    """What `fit` returns.

    Attributes:
        metrics: The values of every complete epoch, by the names under which they were logged.
        params: `epochs`, `steps`, `verbose`, and where it can be known `samples`, `validation_samples`, `batch_size`,
            `do_validation` and `metrics`, the names of what the model was compiled with.
        epoch: The numbers of the epochs, counted from 0.
        stopped_epoch: The epoch (from 0) in which the training was ended, None if it went on to its last epoch.
        stop_reason: Why: what a callback says, an interrupt, or an error.
        monitor: The quantity that says which epoch was best: what the first callback watches that watches any, or else
            the loss of the validation, or of the training.
        best_epoch: That epoch (from 0), None before the first.
        history: Keras's name for `metrics`.

    Source:
        R keras 2.2.5.0, `keras_training_history`; Keras, `keras.callbacks.History`.
    """

    params: dict[str, Any]

    def __init__(self) -> None:
        super().__init__()
        self.history = Metrics()
        self.params = {}
        self.epoch: list[int] = []
        self.stopped_epoch: int | None = None
        self.stop_reason: str | None = None
        self.monitor: str | None = None
        self.best_epoch: int | None = None

    def get_state(self) -> dict[str, Any]:
        """What a training that goes on has to know of its epochs."""
        return {"epoch": self.epoch, "history": dict(self.history)}

    def set_state(self, state: dict[str, Any]) -> None:
        """Takes it back."""
        self.epoch = state["epoch"]
        self.history = Metrics(state["history"])

    def note_best(self, monitor: str, direction: Literal["min", "max"]) -> None:
        """Finds the best epoch, the first of several.

        Args:
            monitor: The quantity.
            direction: Which way it is better.
        """
        values = _column(self.history.get(monitor, []), len(self.epoch))
        finite = [(value, epoch) for value, epoch in zip(values, self.epoch, strict=True) if not math.isnan(value)]
        if finite:
            best = min(value for value, _ in finite) if direction == "min" else max(value for value, _ in finite)
            self.monitor, self.best_epoch = monitor, next(epoch for value, epoch in finite if value == best)

    @property
    def metrics(self) -> Metrics:
        """The values of every complete epoch, by name."""
        return self.history

    def as_data_frame(self) -> "pd.DataFrame":
        """The history as a table, a row for each epoch and quantity, as `as.data.frame` in R gives it.

        What callbacks have logged, `lr` for one, is left out.

        Returns:
            Columns `epoch` (from 1), `value`, `metric` and `data` (`"training"` or `"validation"`).
        """
        import pandas as pd

        rows = [
            (epoch + 1, value, name.removeprefix("val_"), "validation" if name.startswith("val_") else "training")
            for name in self._compiled()
            for epoch, value in zip(self.epoch, _column(self.history[name], len(self.epoch)), strict=True)
        ]
        table = pd.DataFrame(rows, columns=["epoch", "value", "metric", "data"])
        table["metric"] = pd.Categorical(table["metric"], list(dict.fromkeys(table["metric"])))
        table["data"] = pd.Categorical(table["data"], ["training", "validation"])
        return table

    def plot(self, metrics: list[str] | str | None = None, language: Literal["en", "zh"] | None = None) -> "Figure":
        """Draws a panel for each quantity, training and validation, and one for the learning rate where it changed.

        Lines mark the best epoch, and the one in which the training was stopped.

        Args:
            metrics: Which quantities, e.g. `["loss", "accuracy"]`; all if None.
            language: Of the labels, English or Chinese; None for what the environment variable `RKERAS_LANGUAGE` says,
                or else English.

        Returns:
            The figure, which notebooks show; `figure.savefig("history.png")` writes it.

        Raises:
            ArgumentError: A quantity was not logged, or there is no such language.
        """
        return draw(self, metrics, language)

    def _repr_html_(self) -> str | None:
        """What notebooks show: the numbers, and the drawing where matplotlib is installed."""
        if importlib.util.find_spec("matplotlib") is None or not self.epoch:
            return None
        image = io.BytesIO()
        self.plot().savefig(image, format="png", dpi=96)
        encoded = base64.b64encode(image.getvalue()).decode("ascii")
        return f'<pre>{html.escape(repr(self))}</pre><img alt="history" src="data:image/png;base64,{encoded}">'

    def __repr__(self) -> str:
        known, epochs = self.params, len(self.epoch)
        lines = []
        if known.get("samples") is not None:
            validated = known.get("validation_samples")
            on = f", validated on {validated:,} samples" if validated is not None else ""
            lines = [f"Trained on {known['samples']:,} samples{on} (batch_size={known['batch_size']}, epochs={epochs})"]
        if epochs:
            last = {name: values[-1] for name, values in self.history.items()}
            width = max(map(len, last))
            lines.append("Final epoch (plot to see history):")
            lines += [f"{name:>{width}}: {_four_digits(value)}" for name, value in last.items()]
        lines = lines or ["Trained for 0 epochs"]
        if self.stopped_epoch is not None:
            lines.append(f"Stopped in epoch {self.stopped_epoch + 1}, as {self.stop_reason}")
        return "\n".join(lines)

    def _compiled(self) -> list[str]:
        return [name for name in self.params.get("metrics", self.history) if name in self.history]


def _column(values: list[Any], epochs: int) -> list[Any]:
    """The values, one for each epoch: what was not logged every time can be set against no epoch."""
    return values if len(values) == epochs else [math.nan] * epochs


def _four_digits(value: Any) -> str:
    """A number as R prints it with four digits: no exponent, no zeros at the end, commas between thousands."""
    if not isinstance(value, int | float) or not math.isfinite(value):
        return {"nan": "NaN", "inf": "Inf", "-inf": "-Inf"}.get(str(value), str(value))
    text = f"{Decimal(f'{value:.3e}') if abs(value) < 1000 else Decimal(f'{value:.0f}'):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
