"""What the initializer functions have in common: Keras's own initializers, called on a shape of any sort."""

import functools
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import keras
from typing_extensions import Doc

from ..language import r_function
from ..language.errors import ArgumentError
from ..language.kinds import Unfit
from ..language.vectors import Integers
from ..language.wording import show

F = TypeVar("F", bound=Callable[..., Any])
_Class = type[keras.initializers.Initializer]

Seed = Annotated[
    int | None,
    Doc(
        "A whole number that fixes what is drawn: one object draws the same numbers whenever it is called on the same "
        "shape. With `None` every object draws its own."
    ),
]

RETURNS = "The initializer, for a layer; it can also be called on a shape itself."
RAISES = "ArgumentError: An argument is not what it must be."

_classes: dict[_Class, _Class] = {}


def initializer(sort: _Class) -> Callable[[F], F]:
    """Makes an R function of a signature that stands for an initializer of Keras; it needs no body."""

    def decorate(declared: F) -> F:
        source = source_of(declared, sort)
        function: F = r_function(  # type: ignore[assignment]
            make=lambda arguments: made(sort, **arguments), Returns=RETURNS, Raises=RAISES, Source=source
        )(declared)
        return function

    return decorate


def source_of(declared: Callable[..., Any], sort: _Class) -> str:
    """Where an initializer comes from, for the help."""
    return f"R keras 2.2.5.0, `{declared.__name__}`; Keras, `keras.initializers.{sort.__name__}`."


def made(sort: _Class, **options: Any) -> keras.initializers.Initializer:
    """An initializer of the Keras class."""
    return on_any_shape(sort)(**options)


def on_any_shape(sort: _Class) -> _Class:
    """The class of an initializer that takes a shape as R writes it: `c(2, 2)` are no whole numbers in Python.

    It goes under Keras's name and module, by which a saved model finds it: plain Keras loads it too.
    """
    if sort not in _classes:

        @functools.wraps(sort.__call__)
        def call(self: Any, shape: Any, *args: Any, **kwargs: Any) -> Any:
            return sort.__call__(self, _shape(shape), *args, **kwargs)

        own = {"__call__": call, "__module__": "keras.initializers", "__doc__": sort.__doc__}
        _classes[sort] = type(sort.__name__, (sort,), own)
    return _classes[sort]


def _shape(shape: Any) -> tuple[int, ...]:
    if isinstance(shape, list | tuple) and not shape:
        return ()
    try:
        sizes = Integers().convert(shape)
    except Unfit:
        raise ArgumentError(f"An initializer takes a shape (whole numbers), not {show(shape)}.") from None
    return sizes if isinstance(sizes, tuple) else (sizes,)
