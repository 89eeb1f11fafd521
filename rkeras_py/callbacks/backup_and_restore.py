"""callback_backup_and_restore()."""

import os
import random
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Annotated, Any, Literal

import keras
import numpy as np
from annotated_types import Ge

from .. import keras_internals
from ..language import Described, Path, r_function
from ..language.errors import ArgumentError
from ..language.notices import warn
from ..saving.files import replacing
from ..training import learning_rate
from . import snapshot, state
from .places import check_directory

_OWNER = "callback_backup_and_restore"
_FORMAT = 1


class BackupAndRestore(Described, keras.callbacks.BackupAndRestore):
    """Keeps the promise that a training goes on as if nothing had happened: what the callbacks have seen is kept too.

    In `fit` of rkeras it stands behind all other callbacks, and is told of them by `accompany`.
    """

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._latest = os.path.join(self.backup_dir, "latest.npz")
        self._previous = os.path.join(self.backup_dir, "previous.npz")
        self._callbacks: Sequence[keras.callbacks.Callback] | None = None
        self._found: dict[str, Any] | None = None
        self._has_saved = self._has_failed = False
        self._epoch = self._batches_since_save = 0
        self._last_batch = -1
        if self.save_freq == "epoch":  # so that nothing is called per batch, and Keras knows it
            setattr(self, "on_train_batch_end", keras.callbacks.Callback.on_train_batch_end.__get__(self))  # noqa: B010

    def accompany(self, callbacks: Sequence[keras.callbacks.Callback], initial_epoch: int, epochs: int) -> int:
        """Is told by `fit` which callbacks there are, all in front of this one.

        Args:
            callbacks: The callbacks, that of the history among them.
            initial_epoch: The epoch to begin with where there is no snapshot.
            epochs: The last epoch to train, counted from 1.

        Returns:
            The epoch to begin with.

        Raises:
            ArgumentError: The snapshot cannot be read.
        """
        self._callbacks = callbacks
        self._epoch = initial_epoch
        self._found = self._read()
        if self._found is None:
            return initial_epoch
        state.announce(callbacks, self._found["callbacks"])
        return epochs if self._found["stopped"] else min(int(self._found["epoch"]), epochs)

    def release(self) -> None:
        """Lets go of what `fit` told, also after a training that did not end by itself."""
        self._callbacks = self._found = None
        self._has_saved = self._has_failed = False

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        model = self.model
        if not model.built:
            raise ValueError(f"{_OWNER}(): the model must be built before `fit`: give its first layer an input shape.")
        if model.optimizer is not None and not model.optimizer.built:
            model.optimizer.build(model.trainable_variables)
        within_fit = self._callbacks is not None
        self._batches_since_save = 0
        found = self._found if within_fit else self._read()
        if found is not None and self._fits(found):
            self._restore(found)
            if not within_fit:
                keras_internals.begin_at(model, self.params["epochs"] if found["stopped"] else found["epoch"])
        elif within_fit:
            self._save()

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        self._epoch = epoch
        self._last_batch = -1

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        self._epoch = epoch + 1
        if self.save_freq == "epoch":
            self._save()

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        # With several steps per execution, Keras calls this once for all of them.
        self._batches_since_save += batch - self._last_batch
        self._last_batch = batch
        if self._batches_since_save >= int(self.save_freq):
            self._batches_since_save = 0
            self._save()

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        keras_internals.begin_at(self.model, None)
        if self.delete_checkpoint:
            for path in (self._latest, self._previous):
                with suppress(FileNotFoundError):
                    os.remove(path)
            with suppress(OSError):  # where there is something else in it, it stays
                os.rmdir(self.backup_dir)
        self.release()

    def _save(self) -> None:
        try:
            if self.double_checkpoint and os.path.exists(self._latest):
                with replacing(self._previous, _OWNER) as beside:
                    shutil.copyfile(self._latest, beside)
            snapshot.write(self._latest, _OWNER, self._state())
        except (OSError, ArgumentError) as error:
            if not self._has_saved:
                raise
            if not self._has_failed:
                self._has_failed = True
                message = str(error).removeprefix(f"{_OWNER}(): ")
                warn(_OWNER, f"{message} The training goes on; the backup is of an earlier epoch.", stacklevel=3)
        self._has_saved = True

    def _state(self) -> dict[str, Any]:
        model = self.model
        learning_rate.take_over(model)
        return {
            "format": _FORMAT,
            "epoch": self._epoch,
            "stopped": bool(model.stop_training),
            "model": [_value(variable) for variable in model.variables],
            "optimizer": [_value(variable) for variable in _optimizer_variables(model)],
            "random": _random_state(),
            "callbacks": state.collect(self._callbacks or ()),
        }

    def _read(self) -> dict[str, Any] | None:
        try:
            return _checked(snapshot.read(self._latest))
        except snapshot.Damaged as damage:
            with suppress(snapshot.Damaged):
                before = _checked(snapshot.read(self._previous))
                if before is not None:
                    warn(_OWNER, f"{self._latest} is damaged; the backup before it is taken.", stacklevel=4)
                    return before
            raise ArgumentError(
                f"{_OWNER}(): {self._latest} cannot be read ({damage}). Delete it to begin the training anew."
            ) from damage

    def _fits(self, found: Mapping[str, Any]) -> bool:
        """Whether a snapshot is one of this model; of another one, only what has not begun to train is passed over."""
        model = self.model
        pairs = [(found["model"], model.variables), (found["optimizer"], _optimizer_variables(model))]
        for kept, variables in pairs:
            shapes = [np.shape(value) for value in kept]
            if shapes != [tuple(variable.shape) for variable in variables]:
                if found["epoch"] == 0:
                    return False
                raise ArgumentError(
                    f"{_OWNER}(): the backup in {self.backup_dir} is of another model or optimizer. Delete it to "
                    "begin the training anew, or give this training a directory of its own."
                )
        return True

    def _restore(self, found: Mapping[str, Any]) -> None:
        model = self.model
        for variable, value in zip(model.variables, found["model"], strict=True):
            variable.assign(value)
        for variable, value in zip(_optimizer_variables(model), found["optimizer"], strict=True):
            variable.assign(value)
        model.stop_training = found["stopped"]
        self._has_saved = True
        if self._callbacks is None:
            return
        _set_random_state(found["random"])
        missed = state.assign(self._callbacks, found["callbacks"])
        if missed:
            names = ", ".join(name.removesuffix(" 1") for name in missed)
            warn(_OWNER, f"the backup in {self.backup_dir} knows nothing of {names}: it begins anew.", stacklevel=3)


def _checked(found: Any) -> dict[str, Any] | None:
    if found is None:
        return None
    if not isinstance(found, dict) or found.get("format") != _FORMAT:
        raise snapshot.Damaged("it is of another version of rkeras")
    return found


def _value(variable: Any) -> Any:
    return keras.ops.convert_to_numpy(variable)


def _optimizer_variables(model: keras.Model) -> list[Any]:
    return [] if model.optimizer is None else list(model.optimizer.variables)


def _random_state() -> dict[str, Any]:
    """Where the random numbers stand that are drawn outside the model: on JAX, Keras shuffles by those of NumPy."""
    seed = keras_internals.global_seed()
    return {
        "python": random.getstate(),
        "numpy": np.random.get_state(legacy=False),
        "keras": None if seed is None else _value(seed),
    }


def _set_random_state(kept: Mapping[str, Any]) -> None:
    if kept["keras"] is not None:
        keras_internals.make_global_seed().assign(kept["keras"])
    random.setstate(kept["python"])
    np.random.set_state(kept["numpy"])


@r_function
def callback_backup_and_restore(
    backup_dir: Path,
    save_freq: Literal["epoch"] | Annotated[int, Ge(1)] = "epoch",
    double_checkpoint: bool = False,
    delete_checkpoint: bool = True,
) -> keras.callbacks.BackupAndRestore:
    """Keeps the state of a training, so that the same script, run again after it broke off, goes on from there.

    In `fit` of this package nothing is lost but the epoch in which the process died, whatever ended it: the script,
    run again, comes to the same weights, history and decisions as if it had run through. Kept are, in one file that is
    replaced as a whole, the weights and the seeds of the model, the optimizer, the history, the random numbers of Keras
    and Python, and what the callbacks have seen (best values and weights, epochs waited, rows written, seconds used).
    Rows that `callback_csv_logger` and `callback_json_logger` have written for an epoch that is trained again are
    dropped first. A `KerasCallback` of your own keeps what its `get_state()` returns and is given it by `set_state()`.

    What is the same each time only if you make it so: seeds (`use_session_with_seed`), the data, and a data set or
    generator of your own, which begins anew. The same is true of `steps_per_epoch`, where epochs do not begin with the
    first sample. What your hooks do, and posts of `callback_remote_monitor`, may happen twice in the epoch that is
    trained again; TensorBoard may have two points for it. In a plain `model.fit` the model, the optimizer and the epoch
    are kept, not what callbacks have seen.

    `initial_epoch` counts where there is no backup; else the training begins behind the epoch of the backup. With
    `save_freq` in batches the epoch that broke off is trained again from its first batch, with the weights of the last
    backup: that goes on, but not as if nothing had happened. When all `on_train_end` are done the backup is deleted,
    and the same script would train anew; with `delete_checkpoint = False` it would find the training complete, and
    return its history at once. One that was killed in `on_train_end` ends again, without another epoch.

    Args:
        backup_dir: A directory for this training alone. It is made.
        save_freq: `"epoch"` for the end of every epoch, or the number of batches from one backup to the next.
        double_checkpoint: Whether to keep the backup before the last one too, for a disk that damages files.
        delete_checkpoint: Whether to delete the backup when the training has come to its end.

    Returns:
        The callback. `fit` calls it after all others.

    Raises:
        ArgumentError: An argument is not what it must be; or, when the training begins, the backup is of another model,
            or damaged.
        FileError: When the training begins, if the backup cannot be written; later on that warns, and the training goes
            on.
        ValueError: When the training begins, if the model is not built yet and `x` is no array.

    Source:
        R keras 2.15.0, `callback_backup_and_restore`; Keras, `keras.callbacks.BackupAndRestore`.
    """
    check_directory(callback_backup_and_restore, "backup_dir", backup_dir)
    return BackupAndRestore(**locals())
