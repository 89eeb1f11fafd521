"""The Keras callback that stands for an object that has hooks: one of R6, or one of no callback class at all."""

from collections.abc import Callable, Mapping
from typing import Any

import keras

from ..hooks import attach
from .keras_callback import KerasCallback


class StandIn(KerasCallback):
    """Calls the hooks of an object.

    Args:
        name: The class of the object, for the printed form.
        hooks: The hooks that the object defines.
        set_context: Gives the object its `params` and its `model`.
    """

    def __init__(
        self, name: str, hooks: Mapping[str, Callable[..., Any]], set_context: Callable[[Any, Any], None]
    ) -> None:
        super().__init__()
        self._name = name
        self._set_context = set_context
        attach(self, hooks)

    def __repr__(self) -> str:
        return f"<{self._name}>"

    def set_params(self, params: dict[str, Any] | None) -> None:
        super().set_params(params)
        self._set_context(params, self._model)

    def set_model(self, model: keras.Model) -> None:
        super().set_model(model)
        self._set_context(self.params, model)
