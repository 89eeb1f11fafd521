"""The file of a log: it grows by whole lines, and a disk that is full for a while ends no training."""

import os

from ..files import ends_its_last_line, make_parent
from ..notices import warn
from ..wording import counted


class LogFile:
    """A text file in UTF-8 that is open only while it grows, so that it is whole at any moment.

    What cannot be added waits in memory until it can; it is said once, and again at the end if it still waits.

    Args:
        path: The file; its directory is made.
        owner: The R function, in whose name warnings are given.
        append: Whether to go on in a file that is there, or to begin it anew.
        newline: How a line ends; what stands there unfinished is ended first.

    Raises:
        OSError: The file cannot be written at all.
    """

    def __init__(self, path: str, owner: str, append: bool, newline: str) -> None:
        self.path = path
        self.owner = owner
        self._waiting = ""
        self._said = False
        make_parent(path)
        with open(path, "ab" if append else "wb"):
            pass
        if append and not ends_its_last_line(path):
            self.add(newline)

    def add(self, text: str) -> None:
        """Adds text, whole lines, behind what is waiting."""
        self._waiting += text
        try:
            _append(self.path, self._waiting.encode("utf-8"))
        except OSError as error:
            self.say_once(error)
        else:
            self._waiting = ""

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
