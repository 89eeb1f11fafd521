"""What Python prints, on the R console."""

import re
import sys
import threading
from collections.abc import Callable
from typing import TextIO

from .interrupts import Uninterrupted

_ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x08")


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
            with Uninterrupted():
                self._write(text)
        finally:
            self._in_r = False

    def write(self, text: str) -> int:
        """Writes text: to R from R's own thread, where alone it runs, else to the stream that was there before.

        That one has the text too where R is a guest of Python (rpy2) and its console is Python's own.
        """
        if self._in_r or threading.current_thread() is not threading.main_thread():
            return self.before.write(text)
        if self.isatty():
            self._to_r(text)
        else:
            *lines, self._line = (self._line + _ESCAPES.sub("", text)).split("\n")
            complete = "".join(line.rsplit("\r", 1)[-1] + "\n" for line in lines)
            if complete:
                self._to_r(complete)
        return len(text)

    def flush(self) -> None:
        """Does nothing: a line that a progress bar still draws is not complete."""

    @property
    def has_begun(self) -> bool:
        """Whether there is a line without its end."""
        return bool(self._line)

    def finish(self) -> None:
        """Writes what has no end of line yet."""
        line, self._line = self._line.rsplit("\r", 1)[-1], ""
        if line:
            self._to_r(line)

    def isatty(self) -> bool:
        """Whether the console is a terminal."""
        with Uninterrupted():
            return self._is_terminal()


_console: RConsole | None = None


class OutputToR:
    """Sends what is printed meanwhile to the R console, once `connect()` was called."""

    __slots__ = ("_before", "_console")
    _before: TextIO

    def __enter__(self) -> None:
        self._console = _console
        if _console is None:
            return
        self._before = sys.stdout
        if self._before is not _console:
            _console.before = self._before
            sys.stdout = _console

    def __exit__(self, *error: object) -> None:
        if self._console is None:
            return
        try:
            if self._console.has_begun:
                self._console.finish()
        finally:
            sys.stdout = self._before
