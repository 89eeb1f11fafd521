"""callback_csv_logger()."""

import csv
import io
import os
from collections.abc import Mapping
from typing import Annotated, Any

import keras
import numpy as np
from annotated_types import Len

from ..language import Described, Path, r_function, refuse
from ..saving.files import replacing
from ..training import log_keys
from .log_file import FileLogger
from .places import check_file

_OWNER = "callback_csv_logger"
_MISSING = "NA"


class CSVLogger(Described, FileLogger, keras.callbacks.CSVLogger):
    """Keeps the promises that there are the columns of what is logged and no others, that a value never stands in the
    column of another, whatever the file has been written by, and that what is logged later is not lost.
    """

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        if self.append or self.goes_on:
            _columns(callback_csv_logger, self.filename, self.sep)
        self.begin(self.filename, _OWNER, self.append, "\r\n")
        self._columns = next(iter(_rows(self.log.content(), self.sep)), [])

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        logs = {name: value for name, value in (logs or {}).items() if name != "epoch"}
        added = [name for name in sorted(logs) if log_keys.find(name, self._columns) is None]
        if not self._columns:
            self._columns = ["epoch", *added]
            self._write([self._columns])
        elif added:
            self._add_columns(added)
        keys = {column: log_keys.find(column, logs) for column in self._columns[1:]}
        self._write([[str(epoch), *(_text(logs[key]) if key else _MISSING for key in keys.values())]])

    def _write(self, rows: list[list[str]]) -> None:
        self.log.add(_lines(rows, self.sep))

    def _add_columns(self, added: list[str]) -> None:
        """Writes the file anew with more columns: beside it, so that it is there whole at any moment."""
        rows = _rows(self.log.content(), self.sep)
        columns = self._columns + added
        rows = [columns, *(row + [_MISSING] * (len(columns) - len(row)) for row in rows[1:])]
        try:
            with replacing(self.filename, _OWNER) as beside, open(beside, "w", encoding="utf-8", newline="") as file:
                file.write(_lines(rows, self.sep))
        except OSError as error:
            self.log.say_once(error)  # the columns are added when there is room
        else:
            self._columns = columns
            self.log.was_replaced()


def _lines(rows: list[list[str]], separator: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue()


def _rows(text: str, separator: str) -> list[list[str]]:
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row]


def _columns(owner: Any, filename: str, separator: str) -> list[str]:
    """The header of a file that is there; nothing if there is none, or nothing in it."""
    if not os.path.isfile(filename):
        return []
    try:
        with open(filename, encoding="utf-8", newline="") as file:
            header = next(iter(_rows(file.read(), separator)), [])
    except (UnicodeDecodeError, csv.Error):
        header = ["?"]
    if header and header[0] != "epoch":
        wants = f'the name of a log with the separator "{separator}" to append to, whose first column is epoch'
        refuse(owner, "filename", filename, wants)
    return header


def _text(value: Any) -> str:
    """A number in as few digits as tell it from every other one of its type, an array as a list."""
    if hasattr(value, "__array__"):
        value = np.asarray(value).tolist()
    if isinstance(value, float):
        single = np.float32(value)
        return str(single) if float(single) == value else repr(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_text(one) for one in value) + "]"
    return str(value)


@r_function
def callback_csv_logger(
    filename: Path, separator: Annotated[str, Len(1, 1)] = ",", append: bool = False
) -> keras.callbacks.CSVLogger:
    """Writes the logs of every epoch to a CSV file, a row an epoch.

    The first column is `epoch`, counted from 0, the others are what is logged, by the alphabet; what an epoch does not
    log is `NA`. Where something is logged later for the first time, the file is written anew with that column. The
    file is UTF-8, and complete up to the last epoch at any moment. Rows that cannot be written, as the disk is full,
    wait until there is room, which is said once.

    Args:
        filename: The file. Its directory is made.
        separator: The character between two values.
        append: Whether to go on in a file that is there, whatever the order of its columns, or to begin it anew. With
            `False`, a second training with the same callback begins it anew as well.

    Returns:
        The callback.

    Raises:
        ArgumentError: An argument is not what it must be, or the file to append to is no log with this separator.
        FileError: When the training begins, if the file cannot be written at all.

    Source:
        R keras 2.2.5.0, `callback_csv_logger`; Keras, `keras.callbacks.CSVLogger`.
    """
    arguments = locals()
    check_file(callback_csv_logger, "filename", filename)
    if append:
        _columns(callback_csv_logger, os.fspath(filename), separator)
    return CSVLogger(**arguments)
