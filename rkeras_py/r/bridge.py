"""What `R/bridge.R` calls: the one way from R into rkeras_py. Python users have no need of it.

Nothing of Python's reaches the user of R: an error comes back as a value with its one sentence, a warning as text to
be signalled when the call has returned, and what Python prints goes to the R console. What goes over the bridge is
counted in microseconds: a call that has nothing to tell returns its value alone.
"""

import traceback
from collections.abc import Callable, Mapping, Sequence
from contextvars import Token
from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn

import rkeras_py

from ..installation.doctor import backend as backend
from ..installation.doctor import installed as installed
from ..installation.doctor import problems as problems
from ..language import contract_of
from ..language.errors import ArgumentError, FileError
from ..language.notices import listen
from ..language.wording import language
from ..training.interrupts import is_interrupt
from . import tensors as tensors
from .console import OutputToR
from .console import connect as connect
from .functions import HookError
from .functions import RFunction as RFunction
from .functions import own_function as own_function
from .graph import model_graph as model_graph
from .instances import dropped as dropped
from .instances import instance as instance
from .instances import number_of as number_of
from .interrupts import take_interrupts as take_interrupts
from .values import class_parts as class_parts
from .values import dataset_parts as dataset_parts
from .values import history_parts as history_parts
from .values import octets as octets
from .values import r_factor as r_factor
from .values import r_named as r_named
from .values import r_raw as r_raw
from .values import r_value as r_value
from .values import summary_text as summary_text


@dataclass
class Outcome:
    """How a call ended that has more to tell than a value, for R to act upon."""

    kind: Literal["value", "refused", "unwritten", "failed", "hook", "interrupted"] = "value"
    value: Any = None
    message: str = ""
    trace: str = ""
    warnings: list[str] = field(default_factory=list)


def call(name: str, arguments: Mapping[str, Any] | Sequence[Any] = (), more: Sequence[Any] = ()) -> Any:
    """Calls a function of the R API.

    Args:
        name: Its R name.
        arguments: Its arguments by name, as `to_python()` in R has prepared them; R has no dict for none.
        more: What was given without a name in the place of `...`.

    Returns:
        What the function returns, or an `Outcome`, where it failed or warned.
    """
    told: list[str] = []
    try:
        with _InR(told):
            function = _functions.get(name) or _looked_up(name)
            given = dict(arguments)
            value = function(*_by_place(function, given, more), **given) if more else function(**given)
        return Outcome(value=value, warnings=told) if told else value
    except (Exception, KeyboardInterrupt) as error:
        return _ended(error, told)


def call_object(function: Callable[..., Any], places: Sequence[Any] = (), named: Mapping[str, Any] | Any = ()) -> Any:
    """Calls anything, a class to make an object of it, in the way of `call`.

    Args:
        function: What is called.
        places: Arguments by place.
        named: Arguments by name.
    """
    told: list[str] = []
    try:
        with _InR(told):
            value = function(*places, **dict(named))
        return Outcome(value=value, warnings=told) if told else value
    except (Exception, KeyboardInterrupt) as error:
        return _ended(error, told)


def _ended(error: BaseException, told: list[str]) -> Outcome:
    """How a call ended that failed."""
    if isinstance(error, ArgumentError):
        return Outcome("refused", message=str(error), warnings=told)
    if isinstance(error, FileError):
        return Outcome("unwritten", message=str(error), warnings=told)
    if isinstance(error, HookError):
        return Outcome("hook", message=str(error), warnings=told)
    if is_interrupt(error):
        return Outcome("interrupted", warnings=told)
    message = str(error) or type(error).__name__
    return Outcome("failed", message=message, trace=traceback.format_exc(), warnings=told)


_functions: dict[str, Callable[..., Any]] = {}  # those that were called: looking for one takes longer


def _looked_up(name: str) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(rkeras_py, name)
    _functions[name] = function
    return function


class _InR:
    """While it lasts messages are in R's words, warnings are kept for R, and what is printed goes to its console.

    A class: a generator takes several times as long, in every call.
    """

    __slots__ = ("_before", "_output", "_token", "_warnings")
    _token: Token[Literal["Python", "R"]]
    _before: list[str] | None

    def __init__(self, warnings: list[str]) -> None:
        self._warnings = warnings
        self._output = OutputToR()

    def __enter__(self) -> None:
        self._token = language.set("R")
        self._before = listen(self._warnings)
        self._output.__enter__()

    def __exit__(self, *error: object) -> None:
        try:
            self._output.__exit__(*error)
        finally:
            listen(self._before)
            language.reset(self._token)


def fail() -> NoReturn:
    """Fails, for what reticulate does when something does.

    Raises:
        RuntimeError: Always.
    """
    raise RuntimeError


def _by_place(function: Callable[..., Any], arguments: dict[str, Any], more: Sequence[Any]) -> list[Any]:
    """What goes in front of `more`: in Python nothing can be given without a name behind what has one.

    Raises:
        ArgumentError: The function has no place for more.
    """
    contract = contract_of(function)
    if contract.more is None:
        raise ArgumentError(f"{contract.name}(): an argument is left over that has no name.")
    places = contract.signature.parameters.values()
    return [*(arguments.pop(one.name, one.default) for one in places if one.kind is one.POSITIONAL_OR_KEYWORD), *more]


def add_layer(model: Any, layer: Any) -> None:
    """Adds a layer to a sequential model."""
    from ..layers.adding import add  # what needs no Keras loads none

    add(model, layer)


def keras_callback(
    name: str,
    hooks: Mapping[str, RFunction],
    set_context: Callable[[Any, Any], None],
    get_state: RFunction | None = None,
    set_state: RFunction | None = None,
) -> "rkeras_py.KerasCallback":
    """Makes a Keras callback of an R6 object.

    Args:
        name: Its class.
        hooks: The hooks that it defines itself; no other crosses into R.
        set_context: Takes `params` and `model` when they are known.
        get_state: Tells what is to be kept of it, as a text that R can read.
        set_state: Takes it back.
    """
    from ..callbacks.stand_in import StandIn

    return StandIn(name, hooks, set_context, get_state, set_state)


def keras_constraint(name: str, call: RFunction, config: Mapping[str, Any]) -> Any:
    """Makes a Keras constraint of an R6 object.

    Args:
        name: Its class.
        call: What it does with weights.
        config: What it says of itself.
    """
    from ..language.functions_of_r import ConstraintOfR

    return ConstraintOfR(call, name, config)


def classes() -> Any:
    """The module that makes classes, with which Keras is loaded."""
    from . import classes

    return classes


def definition_of(instance: Any) -> int:
    """By which number R knows the class of an instance."""
    return int(classes().number_in_r(instance))


def add_weight(layer: Any, **options: Any) -> Any:
    """Makes a weight of a layer, of what R gives for it."""
    from ..layers.any_class import option

    return layer.add_weight(**{name: option("add_weight", name, value, True) for name, value in options.items()})
