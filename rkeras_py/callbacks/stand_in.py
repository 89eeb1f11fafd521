"""The Keras callback that stands for an object that has hooks: one of R6, or one of no callback class at all."""

from collections.abc import Callable, Mapping
from typing import Any

import keras

from ..training.hooks import attach
from .keras_callback import KerasCallback


class StandIn(KerasCallback):
    """Calls the hooks of an object.

    Args:
        name: The class of the object, for the printed form.
        hooks: The hooks that the object defines.
        set_context: Gives the object its `params` and its `model`.
        get_state: Asks the object what `callback_backup_and_restore` has to keep of it.
        set_state: Gives it back.

    Attributes:
        class_name: The class of the object.
    """

    def __init__(
        self,
        name: str,
        hooks: Mapping[str, Callable[..., Any]],
        set_context: Callable[[Any, Any], None],
        get_state: Callable[[], Any] | None = None,
        set_state: Callable[[Any], Any] | None = None,
    ) -> None:
        super().__init__()
        self.class_name = name
        self._get_state = get_state
        self._set_state = set_state
        self._set_context = set_context
        attach(self, hooks)

    def __repr__(self) -> str:
        return f"<{self.class_name}>"

    def set_params(self, params: dict[str, Any] | None) -> None:
        super().set_params(params)
        self._set_context(params, self._model)

    def set_model(self, model: keras.Model) -> None:
        super().set_model(model)
        self._set_context(self.params, model)

    def get_state(self) -> Any:
        return None if self._get_state is None else self._get_state()

    def set_state(self, state: Any) -> None:
        if self._set_state is not None:
            self._set_state(state)
