"""The logs of one batch: Keras 3 logs means since the beginning of the epoch, Keras 2 logged the batch itself.

While the hooks of somebody's callback look at batches, the metrics that are means are emptied before each batch and
put together with what they held after it. What they add up to is Keras's own to the last bit.
"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
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
        self._apart: dict[int, _Apart] = {}
        self._plain = False

    def open(self, phase: str, batch: int, by: keras.callbacks.Callback) -> dict[str, Any]:
        """Empties the means, before a batch of training (`"train"`) or evaluation (`"test"`).

        Returns:
            What is known of the batch.
        """
        again = id(by) in self._opened_by  # then an error came between the last batch and this one
        if self._open != (phase, batch) or again:
            plain = self._plain and batch > 0  # before the first one the model may have been compiled anew
            self._open, self._opened_by = (phase, batch), set()
            self._apart = {id(mean): _Apart(mean, keep_count=plain) for mean in _means(by.model)}
        self._opened_by.add(id(by))
        return {"batch": batch, **({"size": self.size_of(batch)} if self.size_of and phase == "train" else {})}

    def close(self, batch: int, logs: MutableMapping[str, Any], model: keras.Model) -> dict[str, Any]:
        """Writes the means since the beginning of the epoch into Keras's own logs.

        Returns:
            The logs of the batch.
        """
        if self._open is not None:
            self._open, self._opened_by = None, set()
            # The first batch makes metrics, which hold nothing but that batch then.
            apart = [self._apart.get(id(mean)) or _Apart(mean, empty=True) for mean in _means(model)]
            for one in apart:
                one.put_together()
            self._plain = _plain(apart, logs)
            own = {one.mean.name: one.of_batch for one in apart} if self._plain else {}
            size = next(({"size": int(one.count)} for one in apart if one.mean.name == "loss"), {})
            self.values = {**logs, **own, "batch": batch, **size}
            if self._plain:
                logs.update({one.mean.name: one.of_epoch for one in apart})
            else:
                results = model.get_metrics_result()
                logs.update({key: float(value) for key, value in results.items() if key in logs})
        return dict(self.values)


class _Apart:
    """A mean that is emptied for a batch.

    Every access to a variable takes its time, which for a small model is that of the batch itself.

    Args:
        mean: The mean.
        keep_count: Whether its count may stay, where it is a whole number and the difference therefore exact.
        empty: Whether it held nothing without the batch.

    Attributes:
        count: How many samples the batch has, once the two are put together.
        of_batch: The mean of the batch, then.
        of_epoch: The mean since the beginning of the epoch, then.
    """

    def __init__(self, mean: keras.metrics.Mean, keep_count: bool = False, empty: bool = False) -> None:
        self.mean = mean
        self._total: Any = np.float32(0) if empty else _read(mean.total)
        self._count: Any = np.float32(0) if empty else _read(mean.count)
        self._keeps_count = keep_count and self._count % 1 == 0
        if not empty:
            _write(mean.total, np.zeros_like(self._total))
            if not self._keeps_count:
                _write(mean.count, np.zeros_like(self._count))

    def put_together(self) -> None:
        """Adds what there was before the batch."""
        total, count = _read(self.mean.total), _read(self.mean.count)
        if self._keeps_count:
            count -= self._count
        else:
            _write(self.mean.count, self._count + count)
        _write(self.mean.total, self._total + total)
        self.count = count
        self.of_batch = _divided(total, count)
        self.of_epoch = _divided(self._total + total, self._count + count)


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


def _plain(apart: list[_Apart], logs: Mapping[str, Any]) -> bool:
    """Whether each mean is logged under its own name, as the quotient that it is."""
    names = {one.mean.name for one in apart}
    quotients = all(type(one.mean).result is keras.metrics.Mean.result for one in apart)
    return quotients and len(names) == len(apart) and names <= logs.keys()


def _divided(total: Any, count: Any) -> float:
    return float(total / count) if count else 0.0


def _read(variable: Any) -> Any:
    return variable.numpy()[()]


def _write(variable: Any, value: Any) -> None:
    if keras.config.backend() == "tensorflow":  # a third of the time of Keras's own way
        variable.value.assign(value, read_value=False)
    else:
        variable.assign(value)
