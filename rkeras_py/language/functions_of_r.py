"""Functions of R that Keras is to call: in files they are no more than a name, and whoever saves one is told so."""

import inspect
import itertools
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import keras

from .errors import ArgumentError
from .notices import warn
from .wording import RCallable, RValue, show

_SESSION = uuid.uuid4().hex
_keys = itertools.count(1)
_unnamed: defaultdict[str, Iterator[int]] = defaultdict(lambda: itertools.count(1))
_saved: dict[str, "FunctionOfR"] = {}


@keras.saving.register_keras_serializable(package="rkeras")
class FunctionOfR:
    """A function of R, as Keras knows objects: one that has a configuration.

    A copy made from the configuration, or a file that is loaded in the session that saved it, has the same function.
    Elsewhere it has to be given by its name in `custom_objects`.

    Args:
        function: The function.
        name: The name that a file has of it.
        options: What R says of it, for the configuration.

    Attributes:
        name: The name.
    """

    def __init__(self, function: Callable[..., Any], name: str, options: Mapping[str, Any] | None = None) -> None:
        self.name = name
        self._function = function
        self._options = dict(options or {})
        self._key = f"{_SESSION}-{next(_keys)}"

    def __call__(self, *tensors: Any) -> Any:
        result = self._function(*[_value(tensor) for tensor in tensors])
        if result is None or isinstance(result, str | Mapping | RValue):
            raise ArgumentError(
                f"{self.name}(): what a function returns must be a tensor or numbers, not {show(result)}."
            )
        return result

    def get_config(self) -> dict[str, Any]:
        """The name, and what R says.

        Warns:
            RKerasWarning: The function itself is in no file.
        """
        if self._key not in _saved:
            _saved[self._key] = self
            warn(
                self.name,
                "a function of R is saved by its name alone. To load the model in another session, give it in "
                f"`custom_objects = list({self.name} = …)`.",
            )
        return {"name": self.name, "key": self._key, "options": self._options}

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Any:
        """The function of a configuration.

        Raises:
            ValueError: It is another session's, and `custom_objects` does not have it.
        """
        name = config["name"]
        function = _saved.get(config["key"]) or keras.saving.get_registered_object(name)
        if function is None:
            raise ValueError(f"Unknown function of R {name!r}. Give it in `custom_objects = list({name} = …)`.")
        return cls(function, name) if isinstance(function, RCallable) else function


@keras.saving.register_keras_serializable(package="rkeras")
class ConstraintOfR(FunctionOfR, keras.constraints.Constraint):
    """A function of R, or the `call` of an R6 object, as a constraint."""


@keras.saving.register_keras_serializable(package="rkeras")
class RegularizerOfR(FunctionOfR, keras.regularizers.Regularizer):
    """A function of R as a regularizer."""


@keras.saving.register_keras_serializable(package="rkeras")
class InitializerOfR(FunctionOfR, keras.initializers.Initializer):
    """A function of R that is given a shape, and a type if it takes one."""

    def __call__(self, shape: Any, dtype: Any = None) -> Any:
        given: tuple[Any, ...] = (list(shape), keras.backend.standardize_dtype(dtype))
        try:
            inspect.signature(self._function).bind(*given)
        except TypeError:
            given = given[:1]
        return keras.ops.convert_to_tensor(self._function(*given), dtype)

    def clone(self) -> "InitializerOfR":
        """Itself: what it draws is R's affair."""
        return self


_CLASSES = {
    "activations": FunctionOfR,
    "constraints": ConstraintOfR,
    "initializers": InitializerOfR,
    "losses": FunctionOfR,
    "metrics": FunctionOfR,
    "regularizers": RegularizerOfR,
}
# As R keras had metrics logged, with a number if there are several.
PYTHON_FUNCTION = "python_function"
_NAMES = {"metrics": PYTHON_FUNCTION, "losses": "loss"}


def for_keras(function: Callable[..., Any], module: str) -> Callable[..., Any]:
    """A function of R, as what a module of Keras takes.

    Args:
        function: The function, with a `__name__` if it has one.
        module: Where Keras keeps what it is to be, below `keras.`.
    """
    if module not in _CLASSES:
        return function
    name = (
        getattr(function, "__name__", "")
        or _NAMES.get(module)
        or f"{module.removesuffix('s')}_{next(_unnamed[module])}"
    )
    return _CLASSES[module](function, name)


def _value(tensor: Any) -> Any:
    """What a variable holds: R knows the operators of tensors."""
    return keras.ops.convert_to_tensor(tensor) if isinstance(tensor, keras.Variable) else tensor
