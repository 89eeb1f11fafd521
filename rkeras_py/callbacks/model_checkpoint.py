"""callback_model_checkpoint()."""

import functools
import os
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import keras
from annotated_types import Ge

from ..language import Count, Described, Name, Path, r_function, refuse
from ..language.notices import tell, warn
from ..saving import hdf5
from ..saving.files import replacing, unwritten
from ..training import learning_rate, log_keys
from . import file_template
from .background import BackgroundWriter, in_turn
from .monitored import Monitored
from .places import check_file
from .state import Stateful

_OWNER = "callback_model_checkpoint"


class ModelCheckpoint(Described, Stateful, keras.callbacks.ModelCheckpoint):
    """Keeps the promises that a file has the name asked for, that `period` counts epochs, and that "best" is Keras
    2.2.4's: NaN is never best, and without the monitored quantity nothing is written.
    """

    remembered = frozenset({"best", "_has_saved", "_epochs_since_save", "_batches_since_save"})
    best: float | None

    def __init__(
        self, *, filepath: str, period: int | None, save_weights_only: bool, background: bool, **arguments: Any
    ) -> None:
        # Keras takes few endings only; which format a name stands for is decided in `_write`.
        stand_in = "checkpoint.weights.h5" if save_weights_only else "checkpoint.keras"
        super().__init__(stand_in, save_weights_only=save_weights_only, **arguments)
        self.filepath = filepath
        self.period = period or 1
        self.background = background
        self._writer: BackgroundWriter | None = None
        self._best_before: float | None = None
        self.watched = Monitored(_OWNER, self.monitor, self.mode, 0.0, "nothing is saved")
        self._said: set[str] = set()
        self._epoch = 0
        self._has_saved = False
        self._epochs_since_save = 0
        self._batches_since_save = 0
        self._last_batch = -1

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        self.release()
        self._writer = BackgroundWriter() if self.background else None
        self.watched.begin()
        self._has_saved = False
        self._epochs_since_save = 0
        self._batches_since_save = 0

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        self._epoch = epoch
        self._last_batch = -1

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        if self.save_freq == "epoch":
            return
        # With several steps per execution, Keras calls this once for all of them.
        self._batches_since_save += batch - self._last_batch
        self._last_batch = batch
        if self._batches_since_save >= self.save_freq:
            self._batches_since_save = 0
            self._consider(self._epoch, {"batch": batch + 1, **(logs or {})})

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        if self.save_freq != "epoch":
            return
        self._epochs_since_save += 1
        if self.save_best_only or self._epochs_since_save >= self.period:
            self._epochs_since_save = 0
            self._consider(epoch, logs or {})

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        try:
            self._settle()
        finally:
            self.release()

    def release(self) -> None:
        """Waits for what is being written, also after a training that did not end by itself."""
        writer, self._writer = self._writer, None
        if writer is not None:
            try:
                writer.wait()
            except Exception as error:  # there is another one on its way already
                warn(_OWNER, str(error).removeprefix(f"{_OWNER}(): "), stacklevel=3)
            finally:
                writer.close()

    def get_state(self) -> dict[str, Any]:
        """What a training that broke off has to know: a file that is not there yet is waited for."""
        self._settle()
        return super().get_state()

    def _consider(self, epoch: int, logs: Mapping[str, Any]) -> None:
        if not self.save_best_only:
            self._save(epoch, logs)
            return
        value = self.watched.read(logs, self.model)
        if value is None:
            return
        best = self.watched.worst if self.best is None else self.best
        if self.watched.better(value, best):
            if self._save(epoch, logs, f"{self.monitor} improved from {best:.5f} to {value:.5f}, "):
                self._best_before, self.best = self.best, value
        elif self.verbose > 0:
            tell(f"\nEpoch {epoch + 1:05d}: {self.monitor} did not improve from {best:.5f}")

    def _save(self, epoch: int, logs: Mapping[str, Any], reason: str = "") -> bool:
        """Saves; whether it is done. A path that never worked is an error, a disk that is full later on is not."""
        values = self._values(epoch, logs)
        path = file_template.fill(_OWNER, self.filepath, values)
        self._say_aliases(values)
        if self.verbose > 0:
            tell(f"\nEpoch {epoch + 1:05d}: {reason}saving model to {path}")
        write = functools.partial(_write, path=path, weights_only=self.save_weights_only)
        if self._writer is not None:
            self._settle()
            self._writer.begin(self.model, write)
            return True
        try:
            in_turn(write, self.model)
        except OSError as error:
            self._failed(error)
            return False
        self._has_saved = True
        return True

    def _settle(self) -> None:
        """Waits for the save that is under way in the background, and answers for it."""
        try:
            if self._writer is not None and self._writer.wait():
                self._has_saved = True
        except OSError as error:
            self.best = self._best_before if self.save_best_only else self.best
            self._failed(error)

    def _failed(self, error: OSError) -> None:
        if not self._has_saved:
            raise error
        warn(_OWNER, f"{str(error).removeprefix(f'{_OWNER}(): ')} The training goes on.", stacklevel=5)

    def _values(self, epoch: int, logs: Mapping[str, Any]) -> dict[str, Any]:
        values = {"epoch": epoch + 1, **logs}
        if {"lr", "learning_rate"} & set(file_template.fields(self.filepath)) and log_keys.find("lr", values) is None:
            learning_rate.log(self.model, values)
        return values

    def _say_aliases(self, values: Mapping[str, Any]) -> None:
        for name in file_template.fields(self.filepath):
            key = log_keys.find(name, values)
            if key != name and name not in self._said:
                self._said.add(name)
                warn(_OWNER, f"`{{{name}}}` in `filepath` is logged as `{key}`, which is filled in.", stacklevel=5)


def _write(model: keras.Model, path: str, weights_only: bool) -> None:
    if os.path.isdir(path):
        raise unwritten(_OWNER, path, IsADirectoryError("it is a directory"))
    if path.endswith(".keras"):
        with replacing(path, _OWNER, suffix=".keras") as beside:
            model.save(beside)
    elif weights_only and path.endswith(".weights.h5"):
        hdf5.write_keras_weights(model, path, _OWNER)
    elif weights_only:
        hdf5.write_weights(model, path, _OWNER)
    else:
        hdf5.write_model(model, path, _OWNER)


@r_function
def callback_model_checkpoint(
    filepath: Path,
    monitor: Name = "val_loss",
    verbose: Count = 0,
    save_best_only: bool = False,
    save_weights_only: bool = False,
    mode: Literal["auto", "min", "max"] = "auto",
    period: Annotated[int, Ge(1)] | None = 1,
    save_freq: Literal["epoch"] | Annotated[int, Ge(1)] = "epoch",
    initial_value_threshold: float | None = None,
    background: bool = False,
) -> keras.callbacks.ModelCheckpoint:
    """Saves the model, or its weights, after every epoch or every few.

    Args:
        filepath: The file, with fields such as `{epoch:02d}` (from 1), `{val_loss:.2f}` or any other name in the logs,
            and `{batch}` where `save_freq` counts batches. The ending chooses the format: `.keras` is Keras's own;
            `.weights.h5` is Keras's own for weights alone; every other name, `.h5` and `.hdf5` among them, is HDF5 in
            the layout of Keras 2, which Keras 3 loads if the name ends in `.h5` or `.hdf5`, and `load_model_hdf5` and
            `load_model_weights_hdf5` under any name. Directories are made.
        monitor: The quantity that says which model is best. `acc` and `accuracy` stand for each other.
        verbose: 1 says what is saved, 0 nothing.
        save_best_only: Whether to save only when the quantity is better than ever before. Every epoch is compared then,
            whatever `period` says. While the quantity is not in the logs nothing is saved.
        save_weights_only: Whether to save the weights alone, without architecture and optimizer.
        mode: `"min"`: less is better; `"max"`: more is better; `"auto"`: the metric of that name knows, or else its
            name decides.
        period: Epochs from one save to the next.
        save_freq: `"epoch"`, or the number of batches from one save to the next; `period` is then without meaning.
        initial_value_threshold: A value of the quantity that the first model to be saved as best must beat.
        background: Whether to write in the background while the training goes on: the hook copies the weights and the
            state of the optimizer, which takes as much memory once more, and does not wait for the disk. The file is
            there at the next save or at the end of the training at the latest, which wait for it; until then the name
            is that of the file before, whole. What goes wrong is said then, too. With `callback_backup_and_restore`,
            the end of each epoch waits for it.

    Returns:
        The callback.

    Raises:
        ArgumentError: An argument is not what it must be; or, when a file is saved, `filepath` has a field that is not
            in the logs.
        FileError: The first file of a training cannot be written; a later one that cannot, as the disk is full, warns,
            and the training goes on. What stood there before stands there still.

    Source:
        R keras 2.2.4.1 (`period`) and 2.2.5.0 (`save_freq`), `callback_model_checkpoint`; Keras 2.2.4 and
        `keras.callbacks.ModelCheckpoint`.
    """
    arguments = locals()
    _check_template(str(filepath))
    if save_freq != "epoch" and period not in (None, 1):
        warn(_OWNER, "`period` counts epochs and is without meaning where `save_freq` counts batches.", stacklevel=3)
    return ModelCheckpoint(**arguments)


def _check_template(filepath: str) -> None:
    try:
        names = file_template.fields(filepath)
    except ValueError as error:
        refuse(callback_model_checkpoint, "filepath", filepath, f"a path with fields such as {{epoch:02d}} ({error})")
    if not names:
        check_file(callback_model_checkpoint, "filepath", filepath)
