"""callback_json_logger()."""

from collections.abc import Mapping
from typing import Any

from ..language import Described, Path, r_function
from ..training import json_logs
from .log_file import FileLogger
from .places import check_file


class JSONLogger(Described, FileLogger):
    """Writes a line of JSON an epoch, complete at any moment."""

    def __init__(self, filename: str, append: bool) -> None:
        super().__init__()
        self.filename = filename
        self.append = append

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        self.begin(self.filename, "callback_json_logger", self.append, "\n")

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        others = {name: value for name, value in (logs or {}).items() if name != "epoch"}
        self.log.add(json_logs.dumps({"epoch": epoch, **others}) + "\n")


@r_function
def callback_json_logger(filename: Path, append: bool = False) -> JSONLogger:
    """Writes the logs of every epoch to a file, as JSON: an object on a line of its own for each epoch.

    `epoch` counts from 0. Arrays become lists; NaN and infinite numbers, which JSON has not, become null. R reads the
    file by `jsonlite::stream_in()`, pandas by `read_json(…, lines=True)`. It is UTF-8, and complete up to the last
    epoch at any moment. Lines that cannot be written, as the disk is full, wait until there is room; it is said once.

    Args:
        filename: The file. Its directory is made.
        append: Whether to go on in a file that is there, or to begin it anew.

    Returns:
        The callback.

    Raises:
        ArgumentError: An argument is not what it must be.
        FileError: When the training begins, if the file cannot be written at all.

    Source:
        Keras, the JSON example of `keras.callbacks.LambdaCallback`; https://jsonlines.org.
    """
    check_file(callback_json_logger, "filename", filename)
    return JSONLogger(**locals())
