"""The file of a log: it grows by whole lines, and a disk that is full for a while ends no training."""

import os
from collections.abc import Mapping
from typing import Any

import keras

from ..language.notices import warn
from ..language.wording import counted
from ..saving.files import ends_its_last_line, make_parent, unwritten


class LogFile:
    """A text file in UTF-8 that is open only while it grows, so that it is whole at any moment.

    What cannot be added waits in memory until it can; it is said once, and again at the end if it still waits.

    Args:
        path: The file; its directory is made.
        owner: The R function, in whose name warnings are given.
        append: Whether to go on in a file that is there, or to begin it anew.
        newline: How a line ends; what stands there unfinished is ended first.
        kept: What `state()` said at the end of the epoch behind which the training goes on: what was added since is
            dropped, whatever `append` says.

    Attributes:
        lines: How many lines there are, without those that wait.

    Raises:
        FileError: The file cannot be written at all.
    """

    def __init__(
        self, path: str, owner: str, append: bool, newline: str, kept: Mapping[str, Any] | None = None
    ) -> None:
        self.path = path
        self.owner = owner
        self._waiting = ""
        self._said = False
        try:
            make_parent(path)
            with open(path, "ab" if append or kept else "wb"):
                pass
        except OSError as error:
            raise unwritten(owner, path, error) from error
        self.lines = _count_lines(path)
        if kept:
            self.lines = _keep_lines(path, kept["lines"])
            self._waiting = kept["waiting"]
        elif not ends_its_last_line(path):
            self.add(newline)

    def add(self, text: str) -> None:
        """Adds text, whole lines, behind what is waiting."""
        self._waiting += text
        try:
            _append(self.path, self._waiting.encode("utf-8"))
        except OSError as error:
            self.say_once(error)
        else:
            self.lines += self._waiting.count("\n")
            self._waiting = ""

    def state(self) -> dict[str, Any]:
        """What is to be known for the log to go on from here."""
        return {"lines": self.lines, "waiting": self._waiting}

    def close(self) -> None:
        """Adds what is waiting, or says that it is lost."""
        if self._waiting:
            self.add("")
        if self._waiting:
            lost = counted(self._waiting.count("\n"), "line")
            warn(self.owner, f"{self.path} is not complete: {lost} could not be added.", stacklevel=3)
            self._waiting = ""

    def content(self) -> str:
        """All of it, with what is waiting."""
        with open(self.path, encoding="utf-8", newline="") as file:
            return file.read() + self._waiting

    def was_replaced(self) -> None:
        """Takes note that the file was written anew, with what was waiting."""
        self._waiting = ""
        self.lines = _count_lines(self.path)

    def say_once(self, error: OSError) -> None:
        """Says that the disk does not take what is added."""
        if not self._said:
            self._said = True
            reason = error.strerror or error
            warn(self.owner, f"{self.path} cannot be written ({reason}); what is to be added waits.", stacklevel=4)


def _append(path: str, data: bytes) -> None:
    with open(path, "ab", buffering=0) as file:
        length = file.seek(0, os.SEEK_END)
        try:
            while data:
                data = data[file.write(data) :]
        except OSError:
            file.truncate(length)
            raise


def _count_lines(path: str) -> int:
    with open(path, "rb") as file:
        return sum(line.endswith(b"\n") for line in file)


def _keep_lines(path: str, lines: int) -> int:
    """Drops what stands behind the first lines, or behind the last end of a line; tells how many are left."""
    kept = end = 0
    with open(path, "r+b") as file:
        for line in file:
            if kept == lines or not line.endswith(b"\n"):
                break
            kept, end = kept + 1, end + len(line)
        file.truncate(end)
    return kept


class FileLogger(keras.callbacks.Callback):
    """What callbacks have in common that write a line for every epoch.

    Attributes:
        log: The file, from the beginning of a training on.
    """

    log: LogFile
    _kept: Mapping[str, Any] | None = None

    @property
    def goes_on(self) -> bool:
        """Whether the training that is about to begin goes on with one that broke off."""
        return self._kept is not None

    def expect_state(self, state: Mapping[str, Any]) -> None:
        """Is told, before such a training begins, what the log was like."""
        self._kept = state

    def begin(self, path: str, owner: str, append: bool, newline: str) -> None:
        """Opens the log; the arguments are those of `LogFile`."""
        kept, self._kept = self._kept, None
        self.log = LogFile(path, owner, append, newline, kept)

    def get_state(self) -> dict[str, Any]:
        """What the log is like at the end of an epoch."""
        return self.log.state()

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Does nothing: the log was told before it was opened."""

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        self.release()

    def release(self) -> None:
        """Ends the log, also after a training that did not end by itself."""
        self._kept = None
        if hasattr(self, "log"):
            self.log.close()
