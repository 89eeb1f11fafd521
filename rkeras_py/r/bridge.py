"""What `R/bridge.R` calls: the one way from R into rkeras_py. Python users have no need of it.

Nothing of Python's reaches the user of R: an error comes back as a value with its one sentence, a warning as text to
be signalled when the call has returned, and what Python prints goes to the R console.
"""

import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import rkeras_py

from ..installation.doctor import backend as backend
from ..installation.doctor import installed as installed
from ..installation.doctor import problems as problems
from ..language import contract_of
from ..language.errors import ArgumentError, FileError
from ..language.notices import RKerasWarning
from ..language.wording import language
from ..training.interrupts import is_interrupt
from . import tensors as tensors
from .console import connect as connect
from .console import output_to_r
from .functions import HookError
from .functions import RFunction as RFunction
from .functions import own_function as own_function
from .values import dataset_parts as dataset_parts
from .values import history_parts as history_parts
from .values import r_factor as r_factor
from .values import r_named as r_named
from .values import r_value as r_value


@dataclass
class Outcome:
    """How a call ended, for R to act upon."""

    kind: Literal["value", "refused", "unwritten", "failed", "hook", "interrupted"] = "value"
    value: Any = None
    message: str = ""
    trace: str = ""
    warnings: list[str] = field(default_factory=list)

    def fail(self, error: Exception) -> None:
        """Takes note of an error that is not rkeras's own, inside an `except` clause."""
        self.kind, self.message, self.trace = "failed", str(error) or type(error).__name__, traceback.format_exc()


def call(name: str, arguments: dict[str, Any], more: Sequence[Any] = ()) -> Outcome:
    """Calls a function of the R API.

    Args:
        name: Its R name.
        arguments: Its arguments, as `to_python()` in R has prepared them.
        more: What was given without a name in the place of `...`.
    """
    token = language.set("R")
    outcome = Outcome()
    try:
        with output_to_r(), _warnings_for_r(outcome.warnings):
            function = getattr(rkeras_py, name)
            outcome.value = function(*_by_place(function, arguments, more), **arguments)
    except ArgumentError as error:
        outcome.kind, outcome.message = "refused", str(error)
    except FileError as error:
        outcome.kind, outcome.message = "unwritten", str(error)
    except HookError as error:
        outcome.kind, outcome.message = "hook", str(error)
    except KeyboardInterrupt:
        outcome.kind = "interrupted"
    except Exception as error:
        if is_interrupt(error):
            outcome.kind = "interrupted"
        else:
            outcome.fail(error)
    finally:
        language.reset(token)
    return outcome


def _by_place(function: Callable[..., Any], arguments: dict[str, Any], more: Sequence[Any]) -> list[Any]:
    """What goes in front of `more`: in Python nothing can be given without a name behind what has one.

    Raises:
        ArgumentError: The function has no place for more.
    """
    if not more:
        return []
    contract = contract_of(function)
    if contract.more is None:
        raise ArgumentError(f"{contract.name}(): an argument is left over that has no name.")
    places = contract.signature.parameters.values()
    return [*(arguments.pop(one.name, one.default) for one in places if one.kind is one.POSITIONAL_OR_KEYWORD), *more]


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


@contextmanager
def _warnings_for_r(collected: list[str]) -> Iterator[None]:
    show = warnings.showwarning

    def collect(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
        if issubclass(category, RKerasWarning):
            collected.append(str(message))
        else:
            show(message, category, *where, **more)

    with warnings.catch_warnings():
        warnings.simplefilter("always", RKerasWarning)
        warnings.showwarning = collect
        yield
