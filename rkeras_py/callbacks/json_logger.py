"""callback_json_logger()."""

from collections.abc import Mapping
from typing import Any, TextIO

import keras

from .. import json_logs
from ..files import ends_its_last_line, make_parent
from ..semantics import Described, Path, r_function


class JSONLogger(Described, keras.callbacks.Callback):
    """Writes a line of JSON an epoch, complete at any moment."""

    def __init__(self, filename: str, append: bool) -> None:
        super().__init__()
        self.filename = filename
        self.append = append
        self._file: TextIO | None = None

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        make_parent(self.filename)
        unfinished = self.append and not ends_its_last_line(self.filename)
        self._file = open(self.filename, "a" if self.append else "w", encoding="utf-8")  # noqa: SIM115 (open as long as the training)
        if unfinished:
            self._file.write("\n")

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        assert self._file is not None  # it is open from the beginning of a training to its end
        self._file.write(
            json_logs.dumps({"epoch": epoch} | {name: value for name, value in (logs or {}).items() if name != "epoch"})
            + "\n"
        )
        self._file.flush()

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        self.release()

    def release(self) -> None:
        """Closes the file, also after a training that did not end by itself."""
        if self._file is not None:
            self._file.close()


@r_function
def callback_json_logger(filename: Path, append: bool = False) -> JSONLogger:
    """Writes the logs of every epoch to a file, as JSON: an object on a line of its own for each epoch.

    `epoch` counts from 0. Arrays become lists; NaN and infinite numbers, which JSON has not, become null. R reads the
    file by `jsonlite::stream_in()`, pandas by `read_json(…, lines=True)`. It is UTF-8, and complete up to the last
    epoch at any moment.

    Args:
        filename: The file. Its directory is made.
        append: Whether to go on in a file that is there, or to begin it anew.

    Returns:
        The callback.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        Keras, the JSON example of `keras.callbacks.LambdaCallback`; https://jsonlines.org.
    """
    return JSONLogger(**locals())
