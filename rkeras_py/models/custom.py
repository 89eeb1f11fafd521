"""keras_model_custom(): a model that is a function; with_custom_object_scope()."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import keras

from ..language import MISSING, r_function, refuse
from ..language.errors import ArgumentError
from ..language.wording import show
from .hdf5 import under_their_names


class CustomModel(keras.Model):
    """A model whose layers and computation a function gives.

    Args:
        model_fn: A function of the model, which gives it layers and returns the function that computes.
        name: The name of the model.
    """

    def __init__(self, model_fn: Callable[..., Any], name: str | None = None) -> None:
        super().__init__(name=name)
        self._compute = model_fn(self)
        if not callable(self._compute):
            raise ArgumentError(
                f"keras_model_custom(): `model_fn` must return a function of the inputs, not {show(self._compute)}."
            )
        self._asks_for = list(inspect.signature(self._compute).parameters)[1:]

    def call(self, inputs: Any, mask: Any = None, training: bool | None = None) -> Any:
        """Computes the outputs; the function gets `mask` and `training`, where it has arguments of these names."""
        known = {"mask": mask, "training": bool(training)}
        more = []
        for name in self._asks_for:
            if name not in known:
                break
            more.append(known[name])
        return self._compute(inputs, *more)

    def get_config(self) -> dict[str, Any]:
        """There is none.

        Raises:
            NotImplementedError: Always: a function is not written to files.
        """
        raise NotImplementedError(
            "A model of keras_model_custom() has no configuration, as it is a function: save its weights with "
            "save_model_weights_hdf5(), and load them into a model that is made anew."
        )


@r_function
def keras_model_custom(model_fn: Callable[..., Any], name: str | None = None) -> keras.Model:
    """A model that is a function of one's own.

    Args:
        model_fn: A function of the model: it makes the layers and keeps each of them in the model, by
            `self$dense <- layer_dense(units = 2)` in R; and it returns a function of `inputs`, and of `mask` and
            `training` behind it if need be, that computes the outputs.
        name: The name of the model, made up if `None`.

    Returns:
        The model. Its weights can be saved; the model as a whole cannot.

    Raises:
        ArgumentError: An argument is not what it must be, or `model_fn` returns no function.

    Source:
        R keras 2.2.5.0, `keras_model_custom`; Keras, `keras.Model`.
    """
    if not inspect.signature(model_fn).parameters:
        refuse(keras_model_custom, "model_fn", model_fn, "a function of the model")
    return CustomModel(model_fn, name)


@r_function
def with_custom_object_scope(objects: Mapping[str, object], expr: Callable[..., Any] = MISSING) -> Any:
    """Has Keras know classes and functions by names, as long as something lasts.

    In R `expr` is code, which is run within; in Python it is a function without arguments, or missing: then what comes
    back stands behind `with`.

    Args:
        objects: The classes and functions, by name.
        expr: What is to be run.

    Returns:
        What `expr` comes to.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `with_custom_object_scope`; Keras, `keras.saving.custom_object_scope`.
    """
    scope = keras.saving.custom_object_scope(under_their_names(objects))
    if expr is MISSING:
        return scope
    with scope:
        return expr()
