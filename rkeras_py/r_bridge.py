"""What `R/bridge.R` calls: the one way from R into rkeras_py. Python users have no need of it.

Nothing of Python's reaches the user of R: an error comes back as a value with its one sentence, a warning as text to
be signalled when the call has returned, and what Python prints goes to the R console.
"""

import inspect
import re
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TextIO

import numpy as np

import rkeras_py

from .doctor import backend as backend
from .doctor import installed as installed
from .doctor import problems as problems
from .errors import ArgumentError, FileError
from .hooks import Joining, Logs
from .interrupts import is_interrupt
from .log_keys import aliases
from .notices import RKerasWarning
from .wording import RFactor, RNamed, RValue, language

if TYPE_CHECKING:
    from .datasets import Dataset
    from .models.history import TrainingHistory

_FAILURE = ".rkeras_failure"
_ALIASES = ".rkeras_aliases"
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x08")


class HookError(Exception):
    """An R function failed; R has kept its condition and signals it again when the call has returned."""


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


def call(name: str, arguments: dict[str, Any]) -> Outcome:
    """Calls a function of the R API.

    Args:
        name: Its R name.
        arguments: Its arguments, as `to_python()` in R has prepared them.
    """
    token = language.set("R")
    outcome = Outcome()
    try:
        with _output_to_r(), _warnings_for_r(outcome.warnings):
            outcome.value = getattr(rkeras_py, name)(**arguments)
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


def history_parts(history: "TrainingHistory") -> dict[str, Any]:
    """A history as R keeps it."""
    return {
        "params": dict(history.params),
        "metrics": dict(history.metrics),
        "aliases": aliases(history.metrics),
        "epochs": [epoch + 1 for epoch in history.epoch],
        "stopped_epoch": history.stopped_epoch,
        "stop_reason": history.stop_reason,
        "monitor": history.monitor,
        "best_epoch": history.best_epoch,
    }


def dataset_parts(dataset: "Dataset") -> dict[str, dict[str, Any]]:
    """A data set as R has it; sequences of different lengths as a list of vectors."""
    return {
        name: {"x": _sequences(split.x) if split.x.dtype == object else split.x, "y": split.y}
        for name, split in dataset._asdict().items()
    }


def _sequences(x: Any) -> list[Any]:
    return [np.asarray(sequence, dtype="int32") for sequence in x]


class RFunction:
    """An R function, as the rest of rkeras_py sees it: with the signature that it has in R.

    Args:
        function: The function, guarded by R: it returns its failure instead of raising it.
        names: Its formals.
        optional: Which of them have a default.
    """

    def __init__(self, function: Callable[..., Any], names: Sequence[str], optional: Sequence[bool]) -> None:
        self._function = function
        dots = names.index("...") if "..." in names else len(names)
        formals = zip(names, optional, range(len(names)), strict=True)
        self.__signature__ = inspect.Signature([_parameter(name, has, at > dots) for name, has, at in formals])

    def __call__(self, *arguments: Any) -> Any:
        result = self._function(*[_for_r(argument) for argument in arguments])
        if isinstance(result, dict):
            if _FAILURE in result:
                raise KeyboardInterrupt if result[_FAILURE] is None else HookError(result[_FAILURE])
            return Joining(result)
        return result


def r_value(text: str, hint: str = "") -> RValue:
    """Stands for an R value that has no counterpart in Python, NA among them, so that it is refused by name."""
    return RValue(text, hint)


def r_factor(codes: Sequence[int] | int, levels: Sequence[str] | str) -> RFactor:
    """Stands for an R factor, whose codes count from 1."""
    return RFactor(np.atleast_1d(codes).tolist(), [levels] if isinstance(levels, str) else list(levels))


def r_named(names: list[str], elements: Any) -> RNamed:
    """Stands for an R vector with names."""
    return RNamed(names, elements)


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
    from .callbacks.stand_in import StandIn

    return StandIn(name, hooks, set_context, get_state, set_state)


def connect(write: Callable[[str], None], is_terminal: Callable[[], bool]) -> None:
    """Sends what Python prints to the R console.

    During a call from R in any case; at other times unless somebody else, reticulate in a knitted document for one,
    sees to that already.

    Args:
        write: Writes text, as `cat()` does.
        is_terminal: Whether the console can move back on a line and show colours.
    """
    global _console
    _console = RConsole(write, is_terminal, sys.stdout)
    if type(sys.stdout).__module__ in ("sys", "io", "_io"):
        sys.stdout = _console


class RConsole:
    """A stream that writes to the R console, in whole lines where that is no terminal."""

    encoding = "utf-8"

    def __init__(self, write: Callable[[str], None], is_terminal: Callable[[], bool], before: TextIO) -> None:
        self._write = write
        self._is_terminal = is_terminal
        self._line = ""
        self._in_r = False
        self.before = before

    def _to_r(self, text: str) -> None:
        self._in_r = True
        try:
            self._write(text)
        finally:
            self._in_r = False

    def write(self, text: str) -> int:
        """Writes text: to R from R's own thread, where alone it runs, else to the stream that was there before.

        That one has the text too where R is a guest of Python (rpy2) and its console is Python's own.
        """
        if self._in_r or threading.current_thread() is not threading.main_thread():
            return self.before.write(text)
        if self._is_terminal():
            self._to_r(text)
        else:
            *lines, self._line = (self._line + _ESCAPES.sub("", text)).split("\n")
            complete = "".join(line.rsplit("\r", 1)[-1] + "\n" for line in lines)
            if complete:
                self._to_r(complete)
        return len(text)

    def flush(self) -> None:
        """Does nothing: a line that a progress bar still draws is not complete."""

    def finish(self) -> None:
        """Writes what has no end of line yet."""
        line, self._line = self._line.rsplit("\r", 1)[-1], ""
        if line:
            self._to_r(line)

    def isatty(self) -> bool:
        """Whether the console is a terminal."""
        return self._is_terminal()


def _for_r(argument: Any) -> Any:
    """Logs as a named list; other names of what is in them come along, for R to know them by."""
    if not isinstance(argument, Logs):
        return argument
    others = aliases(argument)
    return {**argument, _ALIASES: others} if others else dict(argument)


def _parameter(name: str, optional: bool, behind_dots: bool) -> inspect.Parameter:
    if name == "...":
        return inspect.Parameter("dots", inspect.Parameter.VAR_POSITIONAL)
    # R's names need not be Python's; they are shown to nobody, apart from `lr`, which means something.
    python_name = name if name.isidentifier() else re.sub(r"\W", "_", "r_" + name)
    default = None if optional else inspect.Parameter.empty
    kind = inspect.Parameter.KEYWORD_ONLY if behind_dots else inspect.Parameter.POSITIONAL_ONLY
    return inspect.Parameter(python_name, kind, default=default)


_console: RConsole | None = None


@contextmanager
def _output_to_r() -> Iterator[None]:
    if _console is None:
        yield
        return
    if sys.stdout is not _console:
        _console.before = sys.stdout
    with redirect_stdout(_console):
        try:
            yield
        finally:
            _console.finish()


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
