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
        self._kinds: list[tuple[Any, ...]] = []

    def take(self, model: keras.Model) -> None:
        """Copies what the model, its optimizer and its metrics hold now."""
        self._variables = _variables(model)
        kinds = [(tuple(variable.shape), variable.dtype) for variable in self._variables]
        if kinds != self._kinds:
            self._kinds, self._values = kinds, [np.empty_like(_in_numpy(variable)) for variable in self._variables]
        for kept, variable in zip(self._values, self._variables, strict=True):
            # One at a time, as TensorFlow gives a copy: in memory that was used just before, which is fast.
            np.copyto(kept, _in_numpy(variable))

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


def _in_numpy(variable: Any) -> np.ndarray[Any, Any]:
    return np.asarray(keras.ops.convert_to_tensor(variable))
