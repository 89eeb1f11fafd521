"""A model as it was at a moment, while it trains on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np

from .. import keras_internals


class Frozen:
    """The values of all variables of a model, in host memory that is used again each time."""

    def __init__(self) -> None:
        self._variables: list[Any] = []
        self._values: list[np.ndarray[Any, Any]] = []

    def take(self, model: keras.Model) -> None:
        """Copies what the model, its optimizer and its metrics hold now."""
        self._variables = _variables(model)
        current = [np.asarray(variable.value) for variable in self._variables]  # which copies nothing
        if [_kind(value) for value in self._values] != [_kind(value) for value in current]:
            self._values = [np.empty_like(value) for value in current]
        for kept, value in zip(self._values, current, strict=True):
            np.copyto(kept, value)

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """Has whoever reads the model, on this thread, see what was taken."""
        keras_internals.prepare_to_save()
        with keras.StatelessScope(state_mapping=list(zip(self._variables, self._values, strict=True))):
            yield


def _variables(model: keras.Model) -> list[Any]:
    optimizer = getattr(model, "optimizer", None)
    every = [*model.variables, *model.metrics_variables, *(optimizer.variables if optimizer is not None else ())]
    return list({id(variable): variable for variable in every}.values())


def _kind(value: np.ndarray[Any, Any]) -> tuple[Any, ...]:
    return value.shape, value.dtype
