"""Keras's own configuration, and what Keras 2 kept in a session."""

from typing import Annotated, Any

import keras
from typing_extensions import Doc

from .. import keras_internals
from ..language import refuse
from ..language.notices import warn
from .arguments import Format
from .declaring import backend
from .phase import phase

Nothing = "Nothing."
_FLOAT_TYPES = ("float16", "bfloat16", "float32", "float64")


@backend("config.backend", returns='`"tensorflow"` or `"jax"`.')
def k_backend() -> Any:
    """The name of the backend."""
    return keras.config.backend()


@backend("config.floatx", returns="The name of a type.")
def k_floatx() -> Any:
    """The float type of Keras, `"float32"` if it was not set."""
    return keras.config.floatx()


@backend("config.set_floatx", returns=Nothing)
def k_set_floatx(floatx: Annotated[str, Doc('`"float16"`, `"bfloat16"`, `"float32"` or `"float64"`.')]) -> None:
    """Sets the float type of Keras, also for layers that are made from now on.

    `keras.config.set_floatx` alone leaves these at the type that was set when the first one was made.
    """
    if floatx not in _FLOAT_TYPES:
        refuse(k_set_floatx, "floatx", floatx, 'one of "float16", "bfloat16", "float32" or "float64"')
    follows = keras.config.dtype_policy().name == keras.config.floatx()
    keras.config.set_floatx(floatx)
    if follows:
        keras.config.set_dtype_policy(floatx)
    if floatx == "float64" and keras.backend.standardize_dtype(keras.ops.ones((), "float64").dtype) != "float64":
        warn("k_set_floatx", "JAX computes in float32 all the same, unless it was started with JAX_ENABLE_X64=1.")


@backend("config.epsilon", returns="A number.")
def k_epsilon() -> Any:
    """The small number of Keras that keeps from dividing by 0, 1e-7 if it was not set."""
    return keras.config.epsilon()


@backend("config.set_epsilon", returns=Nothing)
def k_set_epsilon(e: Annotated[float, Doc("A small number.")]) -> None:
    """Sets the small number of Keras that keeps from dividing by 0."""
    keras.config.set_epsilon(e)


@backend("config.image_data_format", returns='`"channels_last"` or `"channels_first"`.')
def k_image_data_format() -> Any:
    """Where images have their channels."""
    return keras.config.image_data_format()


@backend("config.set_image_data_format", returns=Nothing)
def k_set_image_data_format(data_format: Annotated[Format, Doc('`"channels_last"` or `"channels_first"`.')]) -> None:
    """Sets where images have their channels."""
    keras.config.set_image_data_format(data_format)


@backend("backend.get_uid", returns="A whole number, one more at each call.")
def k_get_uid(prefix: Annotated[str, Doc("What is numbered.")] = "") -> Any:
    """The next number for a name that begins so."""
    return keras.backend.get_uid(prefix)


@backend("utils.clear_session", returns=Nothing)
def k_reset_uids() -> None:
    """Has the numbers of names begin anew."""
    keras_internals.reset_uids()


@backend("utils.clear_session", returns=Nothing)
def k_clear_session() -> None:
    """Forgets what Keras keeps of models that were made: the numbers of names, the phase, memory."""
    phase.set = None
    keras.utils.clear_session()


@backend("", returns="`None`.")
def k_get_session() -> Any:
    """There are no sessions in Keras 3: this warns and returns nothing."""
    warn("k_get_session", "there are no sessions in Keras 3. Tensors have values at once, which k_eval() returns.")


@backend("", returns=Nothing)
def k_set_session(session: Annotated[object, Doc("Not used.")]) -> None:
    """There are no sessions in Keras 3: this warns and does nothing."""
    warn("k_set_session", "there are no sessions in Keras 3. Devices are set with TensorFlow or JAX themselves.")


@backend("", returns=Nothing)
def k_manual_variable_initialization(
    value: Annotated[bool, Doc("Whether variables were to wait for their values.")],
) -> None:
    """Does nothing: in Keras 3 a variable has its value when it is made."""
    if value:
        warn("k_manual_variable_initialization", "in Keras 3 a variable has its value when it is made.")
