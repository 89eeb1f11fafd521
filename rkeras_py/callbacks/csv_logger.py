"""callback_csv_logger()."""

from collections.abc import Mapping
from typing import Annotated, Any

import keras
from annotated_types import Len

from ..files import make_parent
from ..semantics import Described, Path, r_function


class CSVLogger(Described, keras.callbacks.CSVLogger):
    """Keeps the promise that the file can lie in a directory that is not there yet."""

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        make_parent(self.filename)
        super().on_train_begin(logs)

    def release(self) -> None:
        """Closes the file after a training that did not end by itself."""
        if self.csv_file is not None:
            self.csv_file.close()


@r_function
def callback_csv_logger(
    filename: Path, separator: Annotated[str, Len(1, 1)] = ",", append: bool = False
) -> keras.callbacks.CSVLogger:
    """Writes the logs of every epoch to a CSV file, a row an epoch.

    Args:
        filename: The file. Its directory is made.
        separator: The character between two values.
        append: Whether to go on in a file that is there, or to begin it anew.

    Returns:
        The callback. The column `epoch` counts from 0.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `callback_csv_logger`; Keras, `keras.callbacks.CSVLogger`.
    """
    return CSVLogger(**locals())
