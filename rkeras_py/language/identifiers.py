"""What Keras takes by name, as a function or as an object of its own: activations, initializers, losses, …"""

import importlib
import random
import re
from collections.abc import Collection, Mapping
from typing import Annotated, Any

import numpy as np

from .contract import Contract
from .kinds import Kind, Unfit, single
from .marks import MISSING
from .wording import RCallable, RFactor, RValue, did_you_mean

_SORTS = (
    *(("initializers", "Initializer"), ("regularizers", "Regularizer"), ("constraints", "Constraint")),
    *(("losses", "Loss"), ("metrics", "Metric"), ("optimizers", "Optimizer")),
)


class NameOfFunction(str):
    """What Keras calls a metric that was given as a function, which a list with names logs by its name there."""

    __slots__ = ()


class Identifier(Kind):
    """A name that a module of Keras knows, a function, or an object of the module's classes.

    Args:
        noun: What it is, with its article.
        module: Where Keras keeps these, below `keras.`.
        aliases: Names of R keras 2.2 that Keras 3 has given up, and what they are called now, or how they are made.
        also: Names that Keras understands although the module does not list them.
    """

    def __init__(
        self,
        noun: str,
        module: str,
        aliases: Mapping[str, str | Mapping[str, Any]] | None = None,
        also: Collection[str] = (),
    ) -> None:
        self.noun = noun
        self.module = module
        self.aliases = aliases or {}
        self.also = also
        self._known: set[str] = set()

    def wants(self) -> str:
        return f"{self.noun} (or its name)"

    def convert(self, value: Any) -> Any:
        if isinstance(value, RValue):
            raise Unfit(value.hint)
        if isinstance(value, type):
            raise Unfit(" Perhaps you forgot the parentheses?")
        contract = getattr(value, "__contract__", None)
        if contract is not None:
            return self._named(contract, value)
        if isinstance(value, RCallable):
            from .functions_of_r import for_keras  # what needs no Keras loads none

            return for_keras(value, self.module)
        if callable(value) or hasattr(value, "get_config"):
            if self._is_anothers(value):
                raise Unfit
            return self._as_object(value)
        value = single(value)
        if not isinstance(value, str):
            raise Unfit
        name = self.aliases.get(value, value)
        if isinstance(name, Mapping):
            return dict(name)
        if name not in self.also and not self._is_known(name):
            raise Unfit(did_you_mean(value, self.names()))
        return name

    def names(self) -> list[str]:
        """The names that can be given."""
        keras_has = vars(self._keras())
        public = [name for name, one in keras_has.items() if callable(one) and not name.startswith("_")]
        named = {re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower() for name in public}
        return sorted({*named, *self.aliases, *self.also} - {"get", "serialize", "deserialize"})

    def _named(self, contract: Contract, function: Any) -> Any:
        """What Keras calls a function of the R API, so that a file has the name, and plain Keras loads it."""
        name = contract.keras_name
        if name is None:
            by_place = [argument for argument in contract.arguments.values() if not argument.named]
            if not any(argument.default is MISSING or argument.required for argument in by_place):
                raise Unfit(" Perhaps you forgot the parentheses?")
            return function
        converted = self.convert(name)
        return NameOfFunction(converted) if self.module == "metrics" else converted

    def _as_object(self, value: Any) -> Any:
        if self.module not in ("regularizers", "constraints"):
            return value
        from . import named_functions  # what needs no Keras loads none

        return named_functions.for_keras(value, self.module)

    def _is_anothers(self, value: Any) -> bool:
        """Whether a value is an object of another module, which could be called here and would do harm."""
        keras = importlib.import_module("keras")
        return any(
            isinstance(value, getattr(getattr(keras, module), sort))
            for module, sort in _SORTS
            if module != self.module and (module, self.module) != ("losses", "metrics")  # a loss can be logged
        )

    def _is_known(self, name: str) -> bool:
        if name not in self._known:
            state = random.getstate()  # Keras draws a seed for an initializer, even for one that is thrown away
            try:
                self._keras().get(name)
            except ValueError:
                return False
            finally:
                random.setstate(state)
            self._known.add(name)
        return True

    def _keras(self) -> Any:
        return importlib.import_module(f"keras.{self.module}")


class Nested(Kind):
    """One of a kind, or several in a list or a named list, one for each output."""

    has_names = True
    takes_several = True

    def __init__(self, element: Kind) -> None:
        self.element = element

    def wants(self) -> str:
        return f"{self.element.wants()} or a list of them"

    def convert(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {name: self._inner(one) for name, one in value.items()}
        if isinstance(value, RFactor):
            value = value.labels()
        if isinstance(value, np.ndarray) and value.ndim == 1:
            value = value.tolist()
        if isinstance(value, list | tuple):
            if not value:
                raise Unfit
            return [self._inner(one) for one in value]
        return self.element.convert(value)

    def _inner(self, value: Any) -> Any:
        return None if value is None else self.convert(value)


_CONSTRAINTS = {"maxnorm": "max_norm", "nonneg": "non_neg", "unitnorm": "unit_norm"}
# Keras 3 has no defaults for what these are made of, or 0.
_CONSTANT = {"class_name": "Constant", "config": {"value": 0.0}}
_L1_L2 = {"class_name": "L1L2", "config": {"l1": 0.01, "l2": 0.01}}

Activation = Annotated[Any, Identifier("an activation", "activations")]
Initializer = Annotated[Any, Identifier("an initializer", "initializers", {"constant": _CONSTANT})]
Regularizer = Annotated[Any, Identifier("a regularizer", "regularizers", {"l1_l2": _L1_L2})]
Constraint = Annotated[Any, Identifier("a constraint", "constraints", _CONSTRAINTS)]
Optimizer = Annotated[Any, Identifier("an optimizer", "optimizers")]
# Names of Keras 2 that Keras 3 has given up.
LOSSES_OF_KERAS2 = {
    "cosine_proximity": "cosine_similarity",
    "huber_loss": "huber",
    "kullback_leibler_divergence": "kl_divergence",
    "logcosh": "log_cosh",
}
# They are logged under the names that are given: what they are is for compile() to know (metrics/by_name.py).
_METRICS = ("cosine_proximity", "huber", "kld", "KLD", "kullback_leibler_divergence", "log_cosh", "logcosh")
_OF_COMPILE = ("acc", "accuracy", "ce", "crossentropy")

Loss = Annotated[Any, Nested(Identifier("a loss", "losses", LOSSES_OF_KERAS2))]
Metrics = Annotated[Any, Nested(Identifier("a metric", "metrics", also=(*_OF_COMPILE, *_METRICS)))]
