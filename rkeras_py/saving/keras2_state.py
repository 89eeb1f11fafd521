"""The state of an optimizer, as Keras 2 wrote it into HDF5 files."""

from collections import defaultdict
from typing import Any

import h5py
import keras
import numpy as np

from .. import keras_internals
from ..language.notices import warn
from .keras2_weights import Assignments, in_order_of

GROUP = "optimizer_weights"
_COUNTS = ("iter", "iteration", "iterations")
_PRODUCT = "momentum_cache"
_AVERAGE = "average"
# What Keras 3 keeps for a variable: its names in Keras 2, in the legacy optimizers first.
_SLOTS = {
    "momentums": ("m", "momentum"),
    "velocities": ("v", "rms", "velocity"),
    "velocity_hats": ("vhat",),
    "average_gradients": ("mg", "average_gradient"),
    "accumulators": ("accumulator",),
    "accumulated_grads": ("accum_grad", "accumulated_grad"),
    "accumulated_delta_vars": ("accum_var", "accumulated_delta_var"),
    "m": ("m",),
    "u": ("v", "u"),
    "linears": ("linear",),
}
_NAMES = {name for names in _SLOTS.values() for name in names} | {_AVERAGE}


def restore(model: keras.Model, file: h5py.File) -> None:
    """Has the optimizer of a compiled model go on where it was.

    Warns:
        RKerasWarning: It is another optimizer, and starts afresh.
    """
    if GROUP not in file:
        return
    optimizer = getattr(model.optimizer, "inner_optimizer", model.optimizer)
    saved = _Saved(file[GROUP])
    if not saved.batches and not saved.slots and not saved.in_order:  # it has trained nothing yet
        return
    model.optimizer.build(model.trainable_variables)
    assigned = saved.assignments(optimizer, in_order_of(file["model_weights"], model))
    if assigned is None:
        warn(
            "load_model_hdf5",
            f"the optimizer state in {file.filename} is laid out in another way; the optimizer starts afresh.",
        )
        return
    for variable, value in assigned:
        variable.assign(value)


class _Saved:
    """What stands in a file: slots by their names, or in Keras 2.2 and 2.3, which had no names for them, in order."""

    def __init__(self, group: h5py.Group) -> None:
        self.batches = 0
        self.product: Any = None
        self.slots: dict[str, list[Any]] = defaultdict(list)
        self.in_order: list[Any] = []
        for name in keras_internals.read_attribute(group, "weight_names"):
            self._add(name.rpartition(":")[0].split("/"), group[name][()])

    def _add(self, path: list[str], value: Any) -> None:
        # `Adam/dense/kernel/m` of the legacy optimizers, `Adam/m/dense/kernel` or `m/dense/kernel` of the others.
        slot = next((part for part in (path[-1], *path[:2]) if part in _NAMES), None)
        if path[-1] in _COUNTS:
            self.batches = int(value)
        elif path[-1] == _PRODUCT:
            self.product = value
        elif slot is not None:
            self.slots[slot].append(value)
        else:
            self.in_order.append(value)

    def assignments(self, optimizer: Any, variables: list[Any]) -> Assignments | None:
        """The variables of an optimizer and their values; None where they do not fit."""
        slots = [keras_internals.slots_by_name(optimizer, variable) for variable in variables]
        found: Assignments = [(optimizer.iterations, self.batches)]
        for place, name in enumerate(slots[0] if slots else ()):
            values = self._values(name, place, len(variables))
            found += zip([each[name] for each in slots], values, strict=False)
            if len(values) != len(variables):
                return None
        averages = [keras_internals.average_of(optimizer, variable) for variable in variables]
        found += [pair for pair in zip(averages, self.slots[_AVERAGE], strict=False) if pair[0] is not None]
        product = keras_internals.momentum_product(optimizer)
        if product is not None:
            found.append((product, self._product(optimizer)))
        fits = all(tuple(variable.shape) == np.shape(value) for variable, value in found)
        return found if fits and ((slots and slots[0]) or self._is_known(optimizer)) else None

    def _values(self, name: str, place: int, count: int) -> list[Any]:
        if not self.slots:
            return self.in_order[place * count : (place + 1) * count]
        return next((self.slots[one] for one in _SLOTS[name] if self.slots[one]), [])

    def _product(self, optimizer: Any) -> Any:
        """The product of all momenta of Nadam so far, which not all versions wrote."""
        if self.product is not None:
            return self.product
        steps = np.arange(1, self.batches + 1) * getattr(optimizer, "schedule_decay", 1.0)
        return np.prod(optimizer.beta_1 * (1.0 - 0.5 * 0.96**steps))

    @staticmethod
    def _is_known(optimizer: Any) -> bool:
        return isinstance(optimizer, keras.optimizers.SGD)  # which keeps nothing without momentum
