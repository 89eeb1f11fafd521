"""What `callbacks =` takes: one callback, or a list of them, which Keras is then given as a flat list."""

import functools
from typing import Annotated, Any

import keras

from ..language.kinds import Kind, Unfit
from ..language.wording import RValue
from .stand_in import StandIn

_HOOKS = [name for name in dir(keras.callbacks.Callback) if name.startswith("on_")]


class CallbackList(Kind):
    """A bare callback or a nested list would send Keras to the background with it on JAX; a flat list does not."""

    def wants(self) -> str:
        return "a callback or a list of callbacks"

    def convert(self, value: Any) -> list[keras.callbacks.Callback]:
        if isinstance(value, list | tuple):
            return [callback for element in value if element is not None for callback in self.convert(element)]
        if isinstance(value, keras.callbacks.Callback):
            return [value]
        if isinstance(value, RValue):
            raise Unfit(value.hint)
        if isinstance(value, type):
            raise Unfit(" Perhaps you forgot the parentheses?")
        hooks = {name: hook for name in _HOOKS if callable(hook := getattr(value, name, None))}
        if not hooks:
            raise Unfit
        state = [getattr(value, name, None) for name in ("get_state", "set_state")]
        return [StandIn(type(value).__name__, hooks, functools.partial(_tell, value), *state)]


def _tell(value: Any, params: Any, model: Any) -> None:
    """As Keras 2 told an object that has hooks and is no callback."""
    for method, told in (("set_params", params), ("set_model", model)):
        if callable(getattr(value, method, None)) and told is not None:
            getattr(value, method)(told)


Callbacks = Annotated[Any, CallbackList()]
