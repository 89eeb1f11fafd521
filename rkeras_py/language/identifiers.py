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
from .wording import RFactor, RValue, did_you_mean


class Identifier(Kind):
    """A name that a module of Keras knows, a function, or an object of the module's classes.

    Args:
        noun: What it is, with its article.
        module: Where Keras keeps these, below `keras.`.
        aliases: Names of R keras 2.2 that Keras 3 has given up, and what they are called now.
        also: Names that Keras understands although the module does not list them.
    """

    def __init__(
        self, noun: str, module: str, aliases: Mapping[str, str] | None = None, also: Collection[str] = ()
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
        if callable(value) or hasattr(value, "get_config"):
            return value
        value = single(value)
        if not isinstance(value, str):
            raise Unfit
        name = self.aliases.get(value, value)
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
            if all(
                argument.default is not MISSING and not argument.required for argument in contract.arguments.values()
            ):
                raise Unfit(" Perhaps you forgot the parentheses?")
            return function
        name = self.aliases.get(name, name)
        if name not in self.also and not self._is_known(name):
            raise Unfit
        return name

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


Activation = Annotated[Any, Identifier("an activation", "activations")]
Initializer = Annotated[Any, Identifier("an initializer", "initializers")]
Regularizer = Annotated[Any, Identifier("a regularizer", "regularizers")]
Constraint = Annotated[Any, Identifier("a constraint", "constraints")]
Optimizer = Annotated[Any, Identifier("an optimizer", "optimizers")]
Loss = Annotated[Any, Nested(Identifier("a loss", "losses", {"cosine_proximity": "cosine_similarity"}))]
Metrics = Annotated[Any, Nested(Identifier("a metric", "metrics", also=("acc", "accuracy", "ce", "crossentropy")))]
