"""What `callbacks =` takes: one callback, or a list of them, which Keras is then given as a flat list."""

from typing import Annotated, Any

import keras

from ..conversions import Kind, Unfit
from ..wording import RValue


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
        raise Unfit


Callbacks = Annotated[Any, CallbackList()]
