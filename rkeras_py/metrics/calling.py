"""What the metric functions have in common."""

from collections.abc import Callable
from typing import Any, TypeVar

import keras

from ..language import r_function
from ..losses.calling import RAISES, targets_and_predictions
from .classes import metric_of_keras

F = TypeVar("F", bound=Callable[..., Any])
Make = Callable[..., keras.metrics.Metric]

_VALUES = "A value for each sample, or the metric as an object, if `y_true` and `y_pred` are missing."
_OBJECT = """The metric, an object of Keras: `m(y_true, y_pred)` counts a batch and returns the result so far, as do
`update_state` and `result`; `reset_states` begins anew."""


def metric(
    sort: type[keras.metrics.Metric],
    function: Callable[..., Any],
    keras_name: str | None = None,
    made_by: Make | None = None,
) -> Callable[[F], F]:
    """Makes an R function of a signature that stands for a metric of Keras and for its function; it needs no body.

    Args:
        sort: The class of the object.
        function: What computes a value for each sample, with the same arguments.
        keras_name: The name by which `compile` knows the metric, if it is not the one in the signature.
        made_by: What makes the object, if it takes more than the class.
    """

    def decorate(declared: F) -> F:
        own_name = declared.__name__.removeprefix("metric_")

        def make(arguments: dict[str, Any]) -> Any:
            given = targets_and_predictions(made, arguments, ("name", "dtype"))
            if given is not None:
                return function(*given, **arguments)
            return _object(made_by or metric_of_keras(sort), arguments)

        made: F = r_function(  # type: ignore[assignment]
            make=make,
            keras_name=keras_name or own_name,
            Returns=_VALUES,
            Raises=RAISES,
            Source=_source("2.2.5.0", own_name, sort),
        )(declared)
        return made

    return decorate


def metric_object(
    sort: type[keras.metrics.Metric],
    keras_name: str | None = None,
    replaces: str = "",
    made_by: Make | None = None,
) -> Callable[[F], F]:
    """Makes an R function of a signature that stands for a metric of Keras, an object; it needs no body.

    Args:
        sort: The class of the object.
        keras_name: The name by which `compile` knows the metric, where it can be made without arguments.
        replaces: The class of Keras 2 that Keras 3 has no more.
        made_by: What makes the object, if it takes more than the class.
    """

    def decorate(declared: F) -> F:
        own_name = declared.__name__.removeprefix("metric_")
        whole = made_by or (sort if replaces else metric_of_keras(sort))
        source = f"R keras 2.15.0, `metric_{own_name}`; Keras 2, `{replaces}`." if replaces else ""
        made: F = r_function(  # type: ignore[assignment]
            make=lambda arguments: _object(whole, arguments),
            keras_name=keras_name,
            Returns=_OBJECT,
            Raises="ArgumentError: An argument is not what it must be.",
            Source=source or _source("2.15.0", own_name, sort),
        )(declared)
        return made

    return decorate


def _object(make: Make, arguments: dict[str, Any]) -> keras.metrics.Metric:
    unsaid = [name for name in ("name", "dtype") if arguments[name] is None]  # Keras's own defaults are not None
    return make(**{name: value for name, value in arguments.items() if name not in unsaid})


def _source(version: str, own_name: str, sort: type[keras.metrics.Metric]) -> str:
    return f"R keras {version}, `metric_{own_name}`; Keras, `keras.metrics.{sort.__name__}`."
