"""A row of the tables, and all of them together."""

import importlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

# The modules beside this one: each has ROWS, and in UNTRIED by function the arguments without a row, with the reason.
FAMILIES = [
    *("core", "merging", "normalization", "attention"),
    *("convolutional", "shaping", "recurrent", "preprocessing", "images"),
]

random = np.random.default_rng(0)


def floats(*shape):
    return random.normal(size=shape).astype("float32")


def whole(*shape, below=5):
    return random.integers(0, below, shape).astype("int32")


@dataclass
class Made:
    """An argument that is an object: what makes ours of `rkeras_py`, and what makes that of Keras 2 of `tf_keras`."""

    ours: Callable[[Any], Any]
    theirs: Callable[[Any], Any]


@dataclass
class Row:
    """A layer, its inputs, and its arguments for R keras and for Keras 2."""

    name: str
    inputs: Any  # samples, with the batch: an array, several in a list, or by the names of the arguments of a call
    arguments: dict[str, Any] = field(default_factory=dict)
    theirs: dict[str, Any] | None = None  # of Keras 2, where they are not ours
    legacy: str | Callable[..., Any] | None = (
        None  # the class in tf_keras.layers, where its name is not that in Keras 3
    )
    inside: str = ""  # the layer of Keras that it is made for, where it is not called itself
    fixed: bool = False  # the size of the batch is
    masked: bool | str = False  # steps that are 0 are masked in front of the layer, of the first input or of "all"
    training: bool = False
    smooth: bool = True  # whether gradients are compared
    tolerance: float = 1e-5
    # How our weights are made of those of Keras 2, where they are not the same.
    weights: Callable[[list[np.ndarray]], list[np.ndarray]] = list
    # Why something does not work; an empty text where it does.
    on_jax: str = ""
    otherwise_on_jax: str = ""  # it works there, and computes something else
    on_oldest: str = ""  # on the oldest Keras that is supported
    old_file: str = ""  # a file of Keras 2 is not read
    plain: str = ""  # our file is not read by plain Keras
    otherwise: str = ""  # plain Keras reads it, and computes something else
    in_h5: str = ""  # it is not saved in an HDF5 file

    @property
    def samples(self) -> list[np.ndarray]:
        if isinstance(self.inputs, dict):
            return list(self.inputs.values())
        return self.inputs if isinstance(self.inputs, list) else [self.inputs]

    def given(self, tensors):
        """What stands for the inputs, as these are given."""
        if isinstance(self.inputs, dict):
            return dict(zip(self.inputs, tensors, strict=True))
        return tensors if isinstance(self.inputs, list) else tensors[0]

    def behind_masks(self, tensors, masking):
        """The tensors, masked where the row says so."""
        which = range(len(tensors)) if self.masked == "all" else range(1 if self.masked else 0)
        return [masking()(one) if place in which else one for place, one in enumerate(tensors)]

    def options(self, rkeras):
        """The arguments of the R function."""
        return {name: one.ours(rkeras) if isinstance(one, Made) else one for name, one in self.arguments.items()}

    def options_of_keras2(self, tf_keras):
        """The arguments of the class of Keras 2."""
        given = self.arguments if self.theirs is None else self.theirs
        return {name: one.theirs(tf_keras) if isinstance(one, Made) else one for name, one in given.items()}

    def __str__(self):
        shown = {name: "..." if isinstance(one, Made) else one for name, one in self.arguments.items()}
        flags = [flag for flag in ("masked", "fixed", "training") if getattr(self, flag)]
        return f"{self.name}({[one.shape for one in self.samples]}, {shown}) {' '.join(flags)}".rstrip()


def rows_by_name():
    """All rows, by the name of the function."""
    rows = defaultdict(list)
    for family in FAMILIES:
        for row in importlib.import_module(f"layer_tables.{family}").ROWS:
            rows[row.name].append(row)
    return dict(rows)


def untried():
    """By function: the arguments that no row has, and why."""
    tables = [importlib.import_module(f"layer_tables.{family}") for family in FAMILIES]
    return {name: reasons for table in tables for name, reasons in getattr(table, "UNTRIED", {}).items()}
