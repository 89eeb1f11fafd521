"""What the loss functions have in common: with targets and predictions a value for each sample, else an object."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import keras

from ..language import MISSING, contract_of, r_function, refuse
from ..language.errors import ArgumentError
from ..language.notices import warn
from .classes import of_keras

F = TypeVar("F", bound=Callable[..., Any])

_RETURNS = "A value for each sample, or the loss as an object, if `y_true` and `y_pred` are missing."
RAISES = "ArgumentError: An argument is not what it must be, or of `y_true` and `y_pred` one is missing."


def loss(
    sort: type[keras.losses.Loss],
    function: Callable[..., Any],
    keras_name: str | None = None,
    older: str = "",
    since: str = "2.2.5.0",
) -> Callable[[F], F]:
    """Makes an R function of a signature that stands for a loss of Keras; it needs no body.

    Args:
        sort: The class of the object.
        function: What computes a value for each sample, with the same arguments.
        keras_name: The name by which Keras knows the function, if it is not the one in the signature.
        older: For a name that R keras had given up: what to call the function, said in a warning.
        since: The first version of R keras that has the function.
    """
    own_class = of_keras(sort, None if _is_of_keras(function) else function)

    def decorate(declared: F) -> F:
        own_name = declared.__name__.removeprefix("loss_")

        def make(arguments: dict[str, Any]) -> Any:
            if older:
                warn(declared.__name__, f"{older}() is what this is called now.", stacklevel=4)
            given = targets_and_predictions(made, arguments, ("reduction", "name"))
            if given is not None:
                return function(*given, **arguments)
            if arguments["reduction"] == "auto":
                arguments["reduction"] = "sum_over_batch_size"
            return own_class(**arguments)

        made: F = r_function(  # type: ignore[assignment]
            make=make,
            keras_name=keras_name or own_name,
            Returns=_RETURNS,
            Raises=RAISES,
            Source=f"R keras {since}, `loss_{own_name}`; Keras, `keras.losses.{sort.__name__}`.",
        )(declared)
        return made

    return decorate


def _is_of_keras(function: Callable[..., Any]) -> bool:
    return function is getattr(keras.losses, function.__name__, None)


def targets_and_predictions(
    function: Callable[..., Any], arguments: dict[str, Any], of_objects: tuple[str, ...]
) -> tuple[Any, Any] | None:
    """Takes the targets and the predictions out of the arguments; None where there are neither.

    Args:
        function: The R function.
        arguments: Its arguments, which lose those two, and where they are given also `of_objects`.
        of_objects: The arguments that mean nothing where a value is computed at once.

    Raises:
        ArgumentError: One of the two is missing, or an argument is given that means nothing.
    """
    pair = {name: arguments.pop(name) for name in ("y_true", "y_pred")}
    missing = [name for name, value in pair.items() if value is MISSING]
    if len(missing) == 1:
        name = contract_of(function).name
        raise ArgumentError(f"{name}(): `{missing[0]}` is missing; without `y_true` and `y_pred` an object is made.")
    if missing:
        return None
    defaults: Mapping[str, Any] = contract_of(function).defaults
    for name in of_objects:
        value = arguments.pop(name)
        if value != defaults[name]:
            refuse(function, name, value, "left out where `y_true` and `y_pred` are given")
    return pair["y_true"], pair["y_pred"]
