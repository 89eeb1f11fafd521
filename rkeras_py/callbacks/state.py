"""What a callback has to remember for a training that was broken off to go on as if it had not been."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import keras

_OF_KERAS: dict[type[keras.callbacks.Callback], tuple[str, ...]] = {
    keras.callbacks.EarlyStopping: ("wait", "best", "best_epoch", "best_weights", "stopped_epoch"),
    keras.callbacks.History: ("epoch", "history"),
    keras.callbacks.ModelCheckpoint: ("best",),
    keras.callbacks.ReduceLROnPlateau: ("wait", "best", "cooldown_counter"),
}


class Stateful:
    """Mixed into callbacks whose decisions hang on what they have seen.

    Attributes:
        remembered: The attributes that are to be kept, those of base classes apart.
    """

    remembered: ClassVar[frozenset[str]] = frozenset()

    def get_state(self) -> dict[str, Any]:
        """What has to be kept at the end of an epoch."""
        names = sorted(name for cls in type(self).__mro__ for name in vars(cls).get("remembered", ()))
        return {name: getattr(self, name) for name in names}

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Takes it back, after `on_train_begin` of the training that goes on."""
        for name, value in state.items():
            setattr(self, name, value)


def collect(callbacks: Sequence[keras.callbacks.Callback]) -> dict[str, Any]:
    """The states of callbacks, by their names; those without one are left out."""
    states = {name: _state_of(callback) for name, callback in _named(callbacks).items()}
    return {name: state for name, state in states.items() if state is not None}


def assign(callbacks: Sequence[keras.callbacks.Callback], states: Mapping[str, Any]) -> list[str]:
    """Gives callbacks their states back.

    Returns:
        The names of callbacks that have a state and found none.
    """
    missed = []
    for name, callback in _named(callbacks).items():
        if name not in states:
            missed += [name] if _state_of(callback) is not None else []
        elif hasattr(callback, "set_state"):
            callback.set_state(states[name])
        else:
            vars(callback).update(states[name])
    return missed


def announce(callbacks: Sequence[keras.callbacks.Callback], states: Mapping[str, Any]) -> None:
    """Tells callbacks, before a training goes on, what they had: those that write files must not begin them anew."""
    for name, callback in _named(callbacks).items():
        if name in states and hasattr(callback, "expect_state"):
            callback.expect_state(states[name])


def _named(callbacks: Sequence[keras.callbacks.Callback]) -> dict[str, keras.callbacks.Callback]:
    """Each callback by its class, numbered where there are several of one class."""
    named: dict[str, keras.callbacks.Callback] = {}
    for callback in callbacks:
        known = getattr(callback, "class_name", type(callback).__name__)
        number = 1 + sum(name.rpartition(" ")[0] == known for name in named)
        named[f"{known} {number}"] = callback
    return named


def _state_of(callback: keras.callbacks.Callback) -> Any:
    if hasattr(callback, "get_state"):
        return callback.get_state()
    names = next((names for cls, names in _OF_KERAS.items() if isinstance(callback, cls)), None)
    return None if names is None else {name: getattr(callback, name, None) for name in names}
