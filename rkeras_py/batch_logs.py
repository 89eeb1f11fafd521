"""The logs of one batch: Keras 3 logs means since the beginning of the epoch, Keras 2 logged the batch itself.

While the hooks of somebody's callback look at batches, the metrics that are means are emptied before each batch and
put together with what they held after it. What they add up to is Keras's own to the last bit.
"""

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any
from weakref import WeakKeyDictionary

import keras
import numpy as np

_ledgers: WeakKeyDictionary[keras.Model, "Ledger"] = WeakKeyDictionary()


def ledger_of(model: keras.Model) -> "Ledger":
    """The ledger of a model, which all callbacks of a training share."""
    return _ledgers.setdefault(model, Ledger())


class Ledger:
    """Takes the means of a model apart by batches.

    Several callbacks may open and close the same batch: the first one does it.

    Attributes:
        values: The logs of the batch that was closed last, with `batch` and `size`.
        size_of: Tells the size of a batch before it is trained, where that is known.
        samples: How many samples an epoch has, where that is known.
    """

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.size_of: Callable[[int], int] | None = None
        self.samples: int | None = None
        self._open: tuple[str, int] | None = None
        self._opened_by: set[int] = set()
        self._before: dict[int, tuple[Any, Any]] = {}

    def open(self, phase: str, batch: int, by: keras.callbacks.Callback) -> dict[str, Any]:
        """Empties the means, before a batch of training (`"train"`) or evaluation (`"test"`).

        Returns:
            What is known of the batch.
        """
        again = id(by) in self._opened_by  # then an error came between the last batch and this one
        if self._open != (phase, batch) or again:
            self._open, self._opened_by = (phase, batch), set()
            means = list(_means(by.model))
            self._before = {id(mean): (_read(mean.total), _read(mean.count)) for mean in means}
            for mean in means:
                mean.reset_state()
        self._opened_by.add(id(by))
        return {"batch": batch, **({"size": self.size_of(batch)} if self.size_of and phase == "train" else {})}

    def close(self, batch: int, logs: MutableMapping[str, Any], model: keras.Model) -> dict[str, Any]:
        """Writes the means since the beginning of the epoch into Keras's own logs.

        Returns:
            The logs of the batch.
        """
        if self._open is not None:
            self._open, self._opened_by = None, set()
            means = list(_means(model))
            size = next((_read(mean.count) for mean in means if mean.name == "loss"), None)
            self.values = {**logs, "batch": batch, **({} if size is None else {"size": int(size)})}
            for mean in means:
                total, count = self._before.get(id(mean), (0, 0))  # the first batch makes metrics
                mean.total.assign(total + _read(mean.total))
                mean.count.assign(count + _read(mean.count))
            logs.update({key: _read(value).item() for key, value in model.get_metrics_result().items() if key in logs})
        return dict(self.values)


def show_batches(callback: keras.callbacks.Callback) -> None:
    """Has the batch hooks that a callback defines see the logs of the batch; a callback without any is left alone."""
    for phase in _END_HOOKS:
        begin, end = f"on_{phase}_batch_begin", f"on_{phase}_batch_end"
        if sees(callback, end) and not hasattr(getattr(callback, end), "shows_batches"):
            vars(callback).update(
                {
                    begin: _opening(callback, phase, getattr(callback, begin)),
                    end: _closing(callback, getattr(callback, end)),
                }
            )


def sees(callback: keras.callbacks.Callback, hook: str) -> bool:
    """Whether a callback has a hook of its own, under either of its names."""
    names = next((names for names in _END_HOOKS.values() if hook in names), (hook,))
    return any(defines(callback, name) for name in names)


def defines(callback: keras.callbacks.Callback, hook: str) -> bool:
    """Whether a callback has a hook of its own."""
    return hook in vars(callback) or getattr(type(callback), hook) is not getattr(keras.callbacks.Callback, hook)


_END_HOOKS = {"train": ("on_batch_end", "on_train_batch_end"), "test": ("on_test_batch_end",)}
_Hook = Callable[[int, Any], Any]


def _opening(callback: keras.callbacks.Callback, phase: str, begin: _Hook) -> Callable[..., None]:
    def call(batch: int, logs: Any = None) -> None:
        known = ledger_of(callback.model).open(phase, batch, callback) if callback.model is not None else {}
        begin(batch, {**(logs or {}), **known})

    return call


def _closing(callback: keras.callbacks.Callback, end: _Hook) -> Callable[..., None]:
    def call(batch: int, logs: MutableMapping[str, Any]) -> None:
        model = callback.model  # on JAX the metrics are up to date only after the callback is asked for it
        values = ledger_of(model).close(batch, logs, model) if model is not None else dict(logs)
        seen = dict(values)
        end(batch, seen)
        logs.update({key: value for key, value in seen.items() if value is not values.get(key)})

    call.shows_batches = True  # type: ignore[attr-defined]
    return call


def _means(model: keras.Model) -> Iterator[keras.metrics.Mean]:
    """The metrics that are means: the loss, accuracy and most others, but not AUC or precision."""
    for metric in model.metrics:
        for one in getattr(metric, "metrics", [metric]):
            if isinstance(one, keras.metrics.Mean):
                yield one


def _read(variable: Any) -> Any:
    return np.asarray(keras.ops.convert_to_numpy(variable))
