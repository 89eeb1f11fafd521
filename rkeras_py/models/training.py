"""fit(), evaluate() and predict() of a model, and last_history()."""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Literal

import keras
import numpy as np
from annotated_types import Ge, Lt

from ..callbacks.as_list import Callbacks
from ..callbacks.backup_and_restore import BackupAndRestore
from ..callbacks.leader import Leader
from ..callbacks.learning_rate_scheduler import LearningRateScheduler
from ..callbacks.monitored import Monitored, direction_by_name
from ..callbacks.reduce_lr_on_plateau import ReduceLROnPlateau
from ..callbacks.stopping import why_stopped
from ..callbacks.tensorboard import TensorBoard
from ..callbacks.tensorboard_histograms import first_batch
from ..language import MISSING, Count, RDefault, Retired, Size, r_function, refuse
from ..language.notices import warn
from ..training import log_keys
from ..training.batch_logs import ledger_of
from ..training.hooks import takes_rate
from ..training.interrupts import is_interrupt
from .data import Fed, Samples, Targets, Validation, class_weights, loss_first
from .feed import Feed
from .feeding import Feeder, fed, feeding, has_own_targets, ready
from .history import Metrics, TrainingHistory
from .trainable import as_compiled

_NOT_KERAS_OWN = ("object", "view_metrics", "on_interrupt")
_last_history: TrainingHistory | None = None


@r_function
def fit(
    object: keras.Model,
    x: Fed | None = None,
    y: Targets | None = None,
    batch_size: Size | None = None,
    epochs: Size = 10,
    verbose: Annotated[int, Ge(0), RDefault('getOption("keras.fit_verbose", default = 1)')] = 1,
    callbacks: Callbacks | None = None,
    view_metrics: Annotated[
        bool | Literal["auto"],
        RDefault('getOption("keras.view_metrics", default = "auto")'),
        Retired("there is no live view of the metrics.", also_kept=(False,)),
    ] = "auto",
    validation_split: Annotated[float, Ge(0), Lt(1)] = 0,
    validation_data: Validation | None = None,
    shuffle: Annotated[bool | Literal["batch"], RDefault("TRUE")] = MISSING,
    class_weight: Mapping[str, float] | None = None,
    sample_weight: Samples | None = None,
    initial_epoch: Count = 0,
    steps_per_epoch: Size | None = None,
    validation_steps: Size | None = None,
    *,
    on_interrupt: Literal["raise", "return"] = "raise",
) -> TrainingHistory:
    """Trains a compiled model.

    Where the training ends with an error or an interrupt, the callbacks close their files first, and `last_history`
    has the epochs that were complete.

    Matrices of doubles are converted once, to Keras's float type. Targets are numbers: classes are counted from 0.

    A generator of batches is a function without arguments, which returns samples, targets, and weights if need be, in a
    list, and `None` where the epoch ends; or an iterator, a data set of TensorFlow, Keras or torch. With
    `steps_per_epoch` an epoch has so many batches, and goes on where the one before has ended. A function and an
    iterator are asked for as many batches as there are steps. If there are none for the next epoch, the training ends
    with a warning.

    Args:
        object: The model.
        x: The samples, the first dimension counts them; a list or a named list for several inputs. Or a generator of
            batches.
        y: The targets; `None` where a generator gives them.
        batch_size: Samples in a batch, 32 if `None`; a generator has batches of its own.
        epochs: The last epoch to train, counted from 1.
        verbose: 0 shows nothing, 1 a progress bar, 2 a line an epoch.
        callbacks: A callback or a list of callbacks.
        view_metrics: Not used any more.
        validation_split: The share of the samples, from 0 to 1, that is kept from the end for validation.
        validation_data: Samples and targets, and weights if need be, to validate on after each epoch; or a generator.
        shuffle: Whether to shuffle the samples before each epoch, which it is for arrays if missing; a data set or a
            generator comes in its own order.
        class_weight: A weight for each class, by its number.
        sample_weight: A weight for each sample.
        initial_epoch: The epoch to begin with, counted from 0.
        steps_per_epoch: Batches in an epoch, where `x` does not end by itself.
        validation_steps: Batches to validate on.
        on_interrupt: What to do when the user interrupts the training: `"raise"` the interrupt, or `"return"` the
            history of the epochs that were complete.

    Returns:
        The history of the training: `params`, and the `metrics` of every epoch; where it did not go on to its last
        epoch, `stopped_epoch` (from 0) and `stop_reason`.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `fit`; Keras, `Model.fit`.
    """
    global _last_history
    arguments = {name: value for name, value in locals().items() if name not in _NOT_KERAS_OWN}
    arguments["class_weight"] = class_weights(fit, class_weight)
    callbacks = list(callbacks or [])
    _warn_of_undoing(callbacks)
    for callback in callbacks:
        if isinstance(callback, keras.callbacks.History):
            callback.history = {}  # Keras would let a second training add to the first
    history, leader = TrainingHistory(), Leader(callbacks)
    reason = None
    ledger = ledger_of(object)
    ledger.samples = None if steps_per_epoch else _trained_samples(x, validation_split)
    ledger.size_of = _size_of_batches(ledger.samples, batch_size or 32)
    backup, callbacks = _backup_apart(callbacks)
    boards = [callback for callback in callbacks if isinstance(callback, TensorBoard)]
    for board in boards:
        board.take_data(x, y, sample_weight, batch_size or 32)
    was_given = shuffle is not MISSING
    if not was_given:
        shuffle = _can_be_shuffled(x)
    feed = fed(
        *(fit, "x", x, object, steps_per_epoch),
        goes_on=True,
        shuffle=bool(shuffle),
        class_weight=arguments["class_weight"],
    )
    validated = fed(fit, "validation_data", validation_data, object, validation_steps)
    arguments |= {"x": feed, "validation_data": validated, "shuffle": shuffle and not isinstance(feed, Feed)}
    feeder = Feeder(feed, validated)
    if isinstance(feed, Feed):
        if shuffle and was_given and not feed.can_shuffle:
            warn("fit", "`shuffle` is not used: the batches of a generator come as they are given.", stacklevel=4)
        has_own_targets(fit, y=y, sample_weight=sample_weight)
        arguments["class_weight"] = None
    try:
        followed = [leader, *callbacks, history]
        if backup is not None:
            samples = feed.first()[0] if isinstance(feed, Feed) else x
            if not object.built and (sample := first_batch(samples, 1)) is not None:
                object(sample)
            arguments["initial_epoch"] = backup.accompany(followed, initial_epoch, epochs)
            followed.append(backup)
        if feeder.feeds:
            followed.append(feeder)
        with as_compiled(object, "fit"), feeding(feeder):
            object.fit(**{**arguments, "callbacks": followed})
        reason = feeder.reason or why_stopped(object, callbacks)
    except BaseException as error:
        reason = "it was interrupted" if is_interrupt(error) else f"there was an error: {error}"
        _release([*callbacks, backup])
        if not (is_interrupt(error) and on_interrupt == "return"):
            raise
    finally:
        ledger.size_of = ledger.samples = None
        for board in boards:
            board.forget_data()
        _complete(history, leader.metrics, x, batch_size, validation_split, validation_data)
        history.note_best(*_watched(history, callbacks))
        if reason and leader.epoch is not None:
            history.stopped_epoch, history.stop_reason = leader.epoch, reason
        if getattr(object, "history", None) is history:  # else it broke off before the training began
            _last_history = history
    return history


@r_function
def evaluate(
    object: keras.Model,
    x: Fed | None = None,
    y: Targets | None = None,
    batch_size: Size | None = None,
    verbose: Count = 1,
    sample_weight: Samples | None = None,
    steps: Size | None = None,
    callbacks: Callbacks | None = None,
) -> dict[str, float]:
    """Evaluates a model on samples and targets.

    Args:
        object: The model.
        x: The samples, the first dimension counts them; a list or a named list for several inputs. Or a generator of
            batches, as `fit` takes it.
        y: The targets.
        batch_size: Samples in a batch, 32 if `None`.
        verbose: 0 shows nothing, 1 a progress bar.
        sample_weight: A weight for each sample.
        steps: Batches to evaluate, where `x` does not end by itself.
        callbacks: A callback or a list of callbacks, for their test hooks.

    Returns:
        The loss and the metrics, by name.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `evaluate`; Keras, `Model.evaluate`.
    """
    arguments = {name: value for name, value in locals().items() if name != "object"}
    with ready(evaluate, object, arguments):
        values = dict(object.evaluate(**arguments, return_dict=True))
    return {name: values[name] for name in sorted(values, key=loss_first)}


@r_function
def predict(
    object: keras.Model,
    x: Fed,
    batch_size: Size | None = None,
    verbose: Count = 0,
    steps: Size | None = None,
    callbacks: Callbacks | None = None,
) -> Any:
    """Predicts the outputs for samples.

    Args:
        object: The model.
        x: The samples, the first dimension counts them; a list or a named list for several inputs. Or a generator of
            batches, as `fit` takes it.
        batch_size: Samples in a batch, 32 if `None`.
        verbose: 0 shows nothing, 1 a progress bar.
        steps: Batches to predict, where `x` does not end by itself.
        callbacks: A callback or a list of callbacks, for their predict hooks.

    Returns:
        An array, the first dimension counts the samples, or a list of arrays for several outputs.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `predict`; Keras, `Model.predict`.
    """
    arguments = {name: value for name, value in locals().items() if name != "object"}
    with ready(predict, object, arguments):
        return object.predict(**arguments)


@r_function
def last_history() -> TrainingHistory | None:
    """The history of the last training by `fit`, also of one that ended with an error or an interrupt.

    Returns:
        The history, with the epochs that were complete, or `None` before the first training.

    Source:
        R keras 2.2.5.0, `keras_training_history`; Keras, `keras.callbacks.History`.
    """
    return _last_history


def _warn_of_undoing(callbacks: list[keras.callbacks.Callback]) -> None:
    sets_anew = any(isinstance(c, LearningRateScheduler) and not takes_rate(c.schedule) for c in callbacks)
    if sets_anew and any(isinstance(c, ReduceLROnPlateau) for c in callbacks):
        warn(
            "fit",
            "callback_learning_rate_scheduler() undoes each epoch what callback_reduce_lr_on_plateau() does, unless "
            "its schedule is a function of (epoch, lr).",
            stacklevel=4,
        )


def _backup_apart(
    callbacks: list[keras.callbacks.Callback],
) -> tuple[BackupAndRestore | None, list[keras.callbacks.Callback]]:
    """The callback that keeps the training, and the others: it stands behind them, as it keeps what they have seen."""
    backups = [callback for callback in callbacks if isinstance(callback, BackupAndRestore)]
    if len(backups) > 1:
        refuse(fit, "callbacks", backups, "a list with at most one callback_backup_and_restore()")
    return next(iter(backups), None), [callback for callback in callbacks if callback not in backups]


def _complete(
    history: TrainingHistory,
    metrics: list[str],
    x: Any,
    batch_size: int | None,
    validation_split: float,
    validation_data: Any,
) -> None:
    """Adds to the `params` what Keras 2 had there and Keras 3 does not tell, and puts the loss first, as there."""
    metrics = sorted((name for name in metrics if name in history.history), key=loss_first)
    history.history = Metrics({name: history.history[name] for name in dict.fromkeys([*metrics, *history.history])})
    samples = _count(x)
    validated = _count(validation_data)
    if validation_split > 0 and samples is not None:
        samples, validated = _split(samples, validation_split)
    known = {
        "metrics": metrics,
        "do_validation": validation_split > 0 or validation_data is not None,
        "batch_size": None if samples is None else batch_size or 32,
        "samples": samples,
        "validation_samples": validated,
    }
    history.params = {**(history.params or {}), **{name: value for name, value in known.items() if value is not None}}


def _watched(history: TrainingHistory, callbacks: list[keras.callbacks.Callback]) -> tuple[str, Literal["min", "max"]]:
    """The quantity that the first callback watches that watches any, and which way it is better."""
    for callback in callbacks:
        key = log_keys.find(getattr(callback, "monitor", None) or "", history.history)
        if key is not None:
            watched = getattr(callback, "watched", None)
            return key, watched.direction if isinstance(watched, Monitored) else direction_by_name(key)
    return "val_loss" if "val_loss" in history.history else "loss", "min"


def _size_of_batches(samples: int | None, batch_size: int) -> Callable[[int], int] | None:
    return None if samples is None else lambda batch: min(batch_size, samples - batch * batch_size)


def _trained_samples(x: Any, validation_split: float) -> int | None:
    samples = _count(x)
    return samples if samples is None or not validation_split else _split(samples, validation_split)[0]


def _count(data: Any) -> int | None:
    first = next(iter(keras.tree.flatten(data)), None)
    return len(first) if first is not None and hasattr(first, "__array__") and np.ndim(first) else None


def _can_be_shuffled(x: Any) -> bool:
    """Whether Keras knows the samples one by one, or at least the batches."""
    return _count(x) is not None or isinstance(x, keras.utils.PyDataset)


def _split(samples: int, share: float) -> tuple[int, int]:
    """How many samples Keras trains on, and how many it keeps for validation."""
    trained = math.floor(samples * (1.0 - share))
    return trained, samples - trained


def _release(callbacks: Iterable[keras.callbacks.Callback | None]) -> None:
    """Lets callbacks close what `on_train_end`, which Keras does not call after an error, would have closed."""
    for callback in callbacks:
        release = getattr(callback, "release", None)
        if release is not None:
            release()
