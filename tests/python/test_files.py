"""Files are whole at any moment: full disks, kills, and what is left behind."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import h5py
import numpy as np
import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

import rkeras_py as rk
from rkeras_py.callbacks import log_file
from rkeras_py.callbacks.log_file import LogFile
from rkeras_py.saving.files import replacing

pytestmark = pytest.mark.once


def names():
    return sorted(os.listdir())


def test_a_file_is_on_the_disk_before_it_is_put_in_place_and_its_name_after(monkeypatch):
    done = []
    replace, fsync = os.replace, os.fsync

    def noted_fsync(descriptor):
        done.append("directory" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "file")
        fsync(descriptor)

    def noted_replace(source, target):
        done.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    with replacing("a/b.txt", "save_model_hdf5") as beside:
        Path(beside).write_text("new")
        assert not Path("a/b.txt").exists()
    assert done == ["file", "replace", "directory"]
    assert Path("a/b.txt").read_text() == "new"


def test_an_error_names_the_function_and_the_path():
    Path("file").touch()
    said = r"^save_model_hdf5\(\): file/a\.h5 could not be written \(.*\)\. What stood"
    with pytest.raises(OSError, match=said), replacing("file/a.h5", "save_model_hdf5"):
        pass


def test_other_errors_are_not_touched_and_leave_nothing():
    with pytest.raises(ZeroDivisionError), replacing("a.txt", "save_model_hdf5"):
        1 / 0  # noqa: B018
    assert names() == []


def test_what_a_killed_process_left_is_removed_by_the_next_success():
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    host = os.uname().nodename
    mine, killed, elsewhere = (
        f".rkeras-{host}-{os.getpid()}-x.h5",
        f".rkeras-{host}-{dead.pid}-x.h5",
        f".rkeras-another.{host}-{dead.pid}-x.h5",
    )
    for name in (mine, killed, elsewhere, "other.h5"):
        Path(name).touch()
    with replacing("a.h5", "save_model_hdf5") as beside:
        Path(beside).touch()
    assert names() == sorted([mine, elsewhere, "other.h5", "a.h5"])


LIMITED = """
import os, resource, warnings
import keras, numpy as np
import rkeras_py as rk

class Limit(rk.KerasCallback):
    # The files of the second epoch and the third are cut off at 20,000 bytes.
    def on_epoch_begin(self, epoch, logs=None):
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (20000 if epoch in (1, 2) else hard, hard))
        if epoch == 3:
            for name in files:
                assert np.array_equal(loaded(name), self.first), name
        if epoch > 0:
            assert sorted(os.listdir()) == sorted(files), os.listdir()

    def on_epoch_end(self, epoch, logs=None):
        if epoch == 0:
            self.first = self.model.get_weights()[0]

def loaded(name):
    if "weights" in name:
        other = keras.models.clone_model(model)
        rk.load_model_weights_hdf5(other, name)
    else:
        other = keras.models.load_model(name) if name.endswith(".keras") else rk.load_model_hdf5(name)
    return other.get_weights()[0]

files = ["a.h5", "a.keras", "a.weights.h5", "weights.hdf5"]
model = keras.Sequential([keras.Input((50,)), keras.layers.Dense(200), keras.layers.Dense(1)])
model.compile("adam", "mse")
checkpoints = [rk.callback_model_checkpoint(name, save_weights_only="weights" in name) for name in files]
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    history = rk.fit(model, np.ones((8, 50)), np.ones(8), epochs=4, verbose=0, callbacks=[Limit(), *checkpoints])
assert len(history.epoch) == 4
for name in files:
    assert np.array_equal(loaded(name), model.get_weights()[0]), name
for one in caught:
    if issubclass(one.category, rk.RKerasWarning):
        print(one.message)
"""


def test_a_disk_that_is_full_leaves_the_files_before_and_the_training_goes_on():
    """A limit on the size of files fails as a full disk does; HDF5 that writes by itself crashes the process there."""
    ended = subprocess.run([sys.executable, "-c", LIMITED], capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    sentence = (
        "callback_model_checkpoint(): {} could not be written (File too large). What stood there before stands there"
        " still. The training goes on."
    )
    files = ["a.h5", "a.keras", "a.weights.h5", "weights.hdf5"]
    assert ended.stdout.splitlines() == [sentence.format(name) for name in files] * 2


FULL_LOGS = """
import resource, warnings
import keras, numpy as np
import rkeras_py as rk

class Limit(rk.KerasCallback):
    # Nothing can be added to the logs in the epochs from 10 to 14; a column is new in the epoch 12.
    def on_epoch_begin(self, epoch, logs=None):
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (60 if 10 <= epoch < 15 else hard, hard))

    def on_epoch_end(self, epoch, logs=None):
        if epoch >= 12:
            logs["late"] = 0.5

model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
callbacks = [Limit(), rk.callback_csv_logger("log.csv"), rk.callback_json_logger("log.jsonl")]
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    rk.fit(model, np.ones((8, 1)), np.ones(8), epochs=20, verbose=0, callbacks=callbacks)
for one in caught:
    if issubclass(one.category, rk.RKerasWarning):
        print(one.message)
"""


def test_logs_on_a_disk_that_is_full_for_a_while_miss_nothing():
    ended = subprocess.run([sys.executable, "-c", FULL_LOGS], capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert ended.stdout.splitlines() == [
        "callback_csv_logger(): log.csv cannot be written (File too large); what is to be added waits.",
        "callback_json_logger(): log.jsonl cannot be written (File too large); what is to be added waits.",
    ]
    with open("log.csv", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["epoch"] for row in rows] == [str(epoch) for epoch in range(20)]
    assert [row["late"] for row in rows] == ["NA"] * 15 + ["0.5"] * 5
    assert [json.loads(line)["epoch"] for line in Path("log.jsonl").read_text().splitlines()] == list(range(20))


FULL_EVENTS = """
import resource, sys, warnings
import keras, numpy as np
import rkeras_py as rk

class Limit(rk.KerasCallback):
    # Event files cannot grow in the epochs 2 and 3.
    def on_epoch_begin(self, epoch, logs=None):
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (300 if epoch in (2, 3) else hard, hard))

model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
board = rk.callback_tensorboard("logs", histogram_freq=1, update_freq=sys.argv[1])
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    rk.fit(model, np.ones((8, 1)), np.ones(8), batch_size=4, epochs=6, verbose=0, validation_split=0.5,
           callbacks=[Limit(), board])
for one in caught:
    if issubclass(one.category, rk.RKerasWarning):
        print(one.message)
"""


@pytest.mark.tensorflow
@pytest.mark.parametrize("update_freq", ["epoch", "batch"])
def test_events_that_cannot_be_written_end_no_training(update_freq):
    command = [sys.executable, "-c", FULL_EVENTS, update_freq]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    said = "events in logs cannot be written (File too large); they are lost, the training goes on."
    assert ended.stdout.splitlines() == [f"callback_tensorboard(): {said}"]
    for run in ("train", "validation"):
        events = EventAccumulator(f"logs/{run}")
        events.Reload()
        assert {event.step for event in events.Tensors("epoch_loss")} >= {0, 1, 4, 5}


def test_what_is_still_waiting_at_the_end_is_said(monkeypatch):
    log = LogFile("a.log", "callback_csv_logger", append=False, newline="\n")
    log.add("whole\n")

    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(log_file, "_append", full)
    with pytest.warns(rk.RKerasWarning, match=r"a\.log cannot be written \(No space left on device\); what"):
        log.add("lost\n")
    log.add("lost\nlost\n")  # said once
    with pytest.warns(rk.RKerasWarning, match=r"a\.log is not complete: 3 lines could not be added\."):
        log.close()
    assert Path("a.log").read_text() == "whole\n"


SAVING = """
import h5py
import numpy as np
from rkeras_py.saving.files import replacing

number = 0.0
while True:
    with replacing("a.h5", "test") as beside, open(beside, "w+b") as disk, h5py.File(disk, "w") as file:
        for layer in "abcd":
            file[layer] = np.full(250_000, number)
    print(number, flush=True)
    number += 1
"""


def test_a_kill_at_any_moment_leaves_a_whole_file():
    """Six kills of a process that does nothing but save 8 MB."""
    random = np.random.default_rng()
    for _ in range(6):
        saving = subprocess.Popen([sys.executable, "-c", SAVING], stdout=subprocess.PIPE)
        saving.stdout.readline()
        time.sleep(random.uniform(0, 0.3))
        saving.send_signal(signal.SIGKILL)
        saving.communicate()
        with h5py.File("a.h5") as file:
            assert len({value for layer in "abcd" for value in np.unique(file[layer][()])}) == 1
    with replacing("last", "test"):
        pass
    assert names() == ["a.h5", "last"]


def test_the_first_file_of_a_training_has_to_work(play):
    Path("file").touch()
    with pytest.raises(OSError, match=r"callback_model_checkpoint\(\): file/m\.h5 could not be written"):
        play([0.5, 0.4], rk.callback_model_checkpoint("file/m.h5"))
