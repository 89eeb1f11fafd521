"""Cells as arguments: those of Keras, and those of one's own, which need not be layers."""

import itertools
import uuid
from collections.abc import Mapping
from typing import Annotated, Any

import keras
from typing_extensions import Doc

from .. import keras_internals
from ..language.errors import ArgumentError
from ..language.kinds import Kind, Unfit
from ..language.notices import warn
from ..language.tensors import is_tensor
from ..language.vectors import Integers
from ..language.wording import RCallable, show

_SESSION = uuid.uuid4().hex
_keys = itertools.count(1)
_saved: dict[str, "OwnCell"] = {}


@keras.saving.register_keras_serializable("rkeras")
class OwnCell(keras.layers.Layer):
    """A cell that is no layer.

    Args:
        cell: What it consists of: `state_size`, a number or several, `call(inputs, states)`, and perhaps
            `output_size`, `build(input_shape)`, which returns the weights that it makes, and
            `get_initial_state(batch_size)`.
        **options: What layers have.
    """

    def __init__(self, cell: Mapping[str, Any], **options: Any) -> None:
        super().__init__(**options)
        self._parts = _Parts(cell)
        self._key = f"{_SESSION}-{next(_keys)}"
        size = Integers().convert(cell["state_size"])
        self.state_size = size if isinstance(size, int) else list(size)
        output = cell.get("output_size")
        self.output_size = int(output) if output is not None else size if isinstance(size, int) else size[0]

    def build(self, input_shape: Any) -> None:
        """Has the cell make its weights."""
        make = self._parts.of.get("build")
        made = make(list(input_shape)) if make is not None else []
        # Keras trains what it finds in an attribute of a layer.
        self.made = [one for one in _flat(made) if isinstance(one, keras.Variable)]

    def call(self, inputs: Any, states: Any) -> Any:
        """A step: the output, and the new states."""
        result = self._parts.of["call"](inputs, list(states))
        output, *new = _flat(result) if isinstance(result, Mapping | list | tuple) else [result]
        wanted = len(_flat(self.state_size))
        if len(new) != wanted or not is_tensor(output):
            states_of = "the new state" if wanted == 1 else f"the {wanted} new states"
            raise keras_internals.as_it_is(
                ArgumentError(
                    f"layer_rnn(): what `call` of the cell returns must be a list of the output and {states_of}, not "
                    f"{show(result)}."
                )
            )
        return output, new

    def get_initial_state(self, batch_size: Any = None) -> list[Any]:
        """The states to begin with, 0 if the cell does not say."""
        begin = self._parts.of.get("get_initial_state")
        if begin is not None:
            return _flat(begin(batch_size))
        sizes = [self.state_size] if isinstance(self.state_size, int) else self.state_size
        return [keras.ops.zeros((batch_size, size), dtype=self.compute_dtype) for size in sizes]

    def get_config(self) -> dict[str, Any]:
        """What finds the cell again in this session.

        Warns:
            RKerasWarning: The cell itself is in no file.
        """
        if self._key not in _saved:
            _saved[self._key] = self
            if any(isinstance(one, RCallable) for one in self._parts.of.values()):
                warn(
                    "layer_rnn",
                    "a cell of R functions is in no file: to load the model in another session, build "
                    "it anew and load its weights.",
                )
        return {**super().get_config(), "key": self._key}

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> "OwnCell":
        """A cell of the same functions.

        Raises:
            ValueError: It is another session's, or makes weights, which two cells cannot share.
        """
        options = dict(config)
        known = _saved.get(options.pop("key"))
        if known is None:
            raise ValueError(
                "The cell of a layer_rnn() was one of this file's session: build the model anew and load its weights."
            )
        if "build" in known._parts.of:
            raise ValueError(
                "A cell of one's own that has a build() cannot be copied: make a layer of it (a class with "
                "get_config()), or build the model anew and load its weights."
            )
        return cls(known._parts.of, **options)


def _flat(value: Any) -> list[Any]:
    """What is in lists, in named lists and in lists of these, in its order."""
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else None
    return [value] if inner is None else [each for one in inner for each in _flat(one)]


class _Parts:
    """What a cell consists of, where Keras does not look for layers and weights."""

    def __init__(self, of: Mapping[str, Any]) -> None:
        self.of = dict(of)


class CellOf(Kind):
    """A cell: a layer with `state_size`, or what such a layer can be made of; or several in a list."""

    def wants(self) -> str:
        return "a cell (with `state_size` and `call`) or a list of cells"

    def convert(self, value: Any) -> Any:
        if isinstance(value, list | tuple) and value:
            return [self._single(one) for one in value]
        return self._single(value)

    def _single(self, value: Any) -> Any:
        if isinstance(value, type):
            raise Unfit(" Perhaps you forgot the parentheses?")
        if isinstance(value, keras.layers.Layer):
            if not hasattr(value, "state_size") or isinstance(value, keras.layers.RNN):
                raise Unfit(" A layer_lstm_cell(), for one, is a cell.")
            return value
        parts = value if isinstance(value, Mapping) else _parts_of(value)
        if not callable(parts.get("call")) or parts.get("state_size") is None:
            raise Unfit
        Integers().convert(parts["state_size"])
        return OwnCell(parts)


class ListOfCells(CellOf):
    """Cells in a list; one stands for a list of one."""

    def wants(self) -> str:
        return "a list of cells (with `state_size` and `call`)"

    def convert(self, value: Any) -> list[Any]:
        cells = super().convert(value)
        return cells if isinstance(cells, list) else [cells]


_MEMBERS = ("call", "state_size", "output_size", "build", "get_initial_state")


def _parts_of(value: Any) -> dict[str, Any]:
    """The same of an object of Python; the variables that it has when it was built are its weights."""
    parts = {name: getattr(value, name) for name in _MEMBERS if getattr(value, name, None) is not None}
    build = parts.get("build")
    if build is not None:
        parts["build"] = lambda shape: (build(shape), list(vars(value).values()))[1]
    return parts


CellOrCells = Annotated[Any, CellOf(), Doc("The cell, or several in a list, one behind the other.")]
Cells = Annotated[Any, ListOfCells()]
