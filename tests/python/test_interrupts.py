"""An interrupt at any hook leaves files closed and whole, and a model that goes on training."""

import csv
import json
import os
import signal
from pathlib import Path

import keras
import pytest

import rkeras_py as rk

pytestmark = [pytest.mark.tensorflow, pytest.mark.once]

HOOKS = [
    "on_train_begin",
    "on_epoch_begin",
    "on_train_batch_begin",
    "on_train_batch_end",
    "on_test_begin",
    "on_test_batch_begin",
    "on_test_batch_end",
    "on_test_end",
    "on_epoch_end",
    "on_train_end",
]


def interrupting(hook, after):
    """A callback that interrupts as Ctrl-C does, at the n-th call of a hook."""
    calls = []

    def interrupt(*arguments):
        calls.append(arguments)
        if len(calls) == after:
            signal.raise_signal(signal.SIGINT)

    return rk.callback_lambda(**{hook: interrupt})


def writers():
    return [
        rk.callback_csv_logger("log.csv"),
        rk.callback_json_logger("log.jsonl"),
        rk.callback_tensorboard("events", histogram_freq=1, update_freq="batch"),
        rk.callback_model_checkpoint("whole.hdf5"),
        rk.callback_model_checkpoint("weights.h5", save_weights_only=True),
        rk.callback_model_checkpoint("whole.keras"),
        rk.callback_backup_and_restore("backup", delete_checkpoint=False),
    ]


def scalars(place):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(place)
    events.Reload()
    return [event.step for event in events.Tensors("epoch_loss")] if "epoch_loss" in events.Tags()["tensors"] else []


PLACES = [*[(hook, "last") for hook in HOOKS], ("on_epoch_end", "first"), ("on_train_end", "first")]


@pytest.mark.parametrize(("hook", "place"), PLACES)
def test_files_are_closed_and_whole_and_the_model_trains_on(build, data, hook, place):
    interrupt = interrupting(hook, 1 if hook.startswith("on_train_") and "batch" not in hook else 3)
    callbacks = [interrupt, *writers()] if place == "first" else [*writers(), interrupt]
    model = build()
    arguments = {"epochs": 4, "batch_size": 8, "verbose": 0, "validation_split": 0.5}
    with pytest.raises(KeyboardInterrupt):
        rk.fit(model, *data, callbacks=callbacks, **arguments)

    here = os.getcwd()
    opened = [path.resolve() for path in Path("/proc/self/fd").iterdir()]
    assert not [path for path in opened if str(path).startswith(here)]
    assert not list(Path().rglob(".rkeras-*"))
    complete = rk.last_history().epoch if hook != "on_train_begin" else []
    check_logs(complete)
    for name in ("whole.hdf5", "whole.keras"):
        if Path(name).exists():
            loaded = rk.load_model_hdf5(name) if name.endswith("hdf5") else keras.saving.load_model(name)
            assert [weight.shape for weight in loaded.weights] == [weight.shape for weight in model.weights]
    if Path("weights.h5").exists():
        rk.load_model_weights_hdf5(build(), "weights.h5")

    history = rk.fit(model, *data, callbacks=writers(), **arguments)  # goes on from the backup
    assert history.epoch == [0, 1, 2, 3]
    check_logs(history.epoch)
    assert set(scalars("events/train")) == {0, 1, 2, 3}


def check_logs(complete):
    """The epochs that are complete stand in the logs, and at most the one that was being ended."""
    for name in ("log.csv", "log.jsonl"):
        if not Path(name).exists():
            assert complete == []
            continue
        text = Path(name).read_text()
        assert text == "" or text.endswith("\n")
        lines = text.splitlines()
        epochs = (
            [int(row["epoch"]) for row in csv.DictReader(lines)] if name == "log.csv" else list(map(epoch_of, lines))
        )
        assert epochs in (complete, [*complete, len(complete)])


def epoch_of(line):
    return json.loads(line)["epoch"]
