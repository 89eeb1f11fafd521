"""callback_model_checkpoint(background = TRUE): the same files, written while the training goes on."""

import os
import threading
from pathlib import Path

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.callbacks import model_checkpoint
from rkeras_py.saving.frozen import Frozen

NAMES = ["whole.{epoch}.keras", "whole.{epoch}.h5", "state.{epoch}.weights.h5", "weights.{epoch}.hdf5"]


def checkpoints(name, **arguments):
    weights_only = "whole" not in name
    return rk.callback_model_checkpoint(name, save_weights_only=weights_only, **arguments)


def loaded(path, build):
    if "whole" not in path:
        model = build()
        rk.load_model_weights_hdf5(model, path)
        return [model.get_weights()]
    model = keras.saving.load_model(path) if path.endswith(".keras") else rk.load_model_hdf5(path)
    return [model.get_weights(), [np.asarray(variable) for variable in model.optimizer.variables]]


def assert_equal(found, expected):
    for ours, theirs in zip(found, expected, strict=True):
        for one, other in zip(ours, theirs, strict=True):
            np.testing.assert_array_equal(one, other)


def test_files_are_those_that_are_written_at_once(build, data):
    callbacks = [
        checkpoint
        for name in NAMES
        for checkpoint in (checkpoints(f"behind/{name}", background=True), checkpoints(f"once/{name}"))
    ]
    rk.fit(build(), *data, epochs=3, batch_size=4, verbose=0, callbacks=callbacks)
    files = sorted(os.listdir("once"))
    assert sorted(os.listdir("behind")) == files
    assert len(files) == 3 * len(NAMES)
    for name in files:
        assert_equal(loaded(f"behind/{name}", build), loaded(f"once/{name}", build))


class Slow:
    """Writes when it is let."""

    def __init__(self, monkeypatch):
        self.written = []
        self.may_write = threading.Event()
        self._write = model_checkpoint._write
        monkeypatch.setattr(model_checkpoint, "_write", self)

    def __call__(self, model, path, weights_only):
        assert self.may_write.wait(30)
        assert threading.current_thread() is not threading.main_thread()
        self._write(model, path, weights_only)
        self.written.append(path)


def test_the_training_goes_on_meanwhile_and_the_next_save_waits(build, data, monkeypatch):
    slow = Slow(monkeypatch)
    seen = []

    def look(batch):
        seen.append((batch, list(slow.written)))
        if batch == 2 and len(seen) > 6:  # in the second epoch
            slow.may_write.set()

    callbacks = [rk.callback_model_checkpoint("m.{epoch}.h5", background=True), rk.callback_lambda(on_batch_end=look)]
    rk.fit(build(), *data, epochs=2, batch_size=4, verbose=0, callbacks=callbacks)
    assert seen[:8] == [(batch % 6, []) for batch in range(8)]
    assert slow.written == ["m.1.h5", "m.2.h5"]


def test_the_name_is_that_of_the_file_before_until_the_next_one_is_whole(build, data, monkeypatch):
    slow = Slow(monkeypatch)
    first = build()
    first.save("m.h5")
    during = []

    def look(epoch):
        if epoch == 1:
            during.append(rk.load_model_hdf5("m.h5").get_weights())
            slow.may_write.set()

    callbacks = [rk.callback_model_checkpoint("m.h5", background=True), rk.callback_lambda(on_epoch_begin=look)]
    weights = first.get_weights()
    rk.fit(first, *data, epochs=2, verbose=0, callbacks=callbacks)
    assert_equal(during, [weights])
    assert_equal([rk.load_model_hdf5("m.h5").get_weights()], [first.get_weights()])


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_what_is_under_way_is_there_when_a_training_breaks_off(build, data, error):
    def fail(epoch):
        if epoch == 1:
            raise error

    callbacks = [rk.callback_model_checkpoint("m.h5", background=True), rk.callback_lambda(on_epoch_begin=fail)]
    threads = threading.active_count()
    with pytest.raises(error):
        rk.fit(build(), *data, epochs=3, verbose=0, callbacks=callbacks)
    assert rk.load_model_hdf5("m.h5").get_weights()
    assert [one.name for one in threading.enumerate() if "rkeras" in one.name] == []
    assert threading.active_count() <= threads + 1  # TensorFlow may have made one of its own


def fail_from(monkeypatch, epoch):
    write = model_checkpoint._write

    def fail(model, path, weights_only):
        if int(Path(path).stem.split(".")[-1]) >= epoch:
            raise rk.FileError(f"callback_model_checkpoint(): {path} could not be written (No space left on device).")
        write(model, path, weights_only)

    monkeypatch.setattr(model_checkpoint, "_write", fail)


def test_the_first_file_has_to_work(build, data, monkeypatch):
    fail_from(monkeypatch, 1)
    with pytest.raises(rk.FileError, match=r"m\.1\.h5 could not be written"):
        rk.fit(
            build(), *data, epochs=3, verbose=0, callbacks=rk.callback_model_checkpoint("m.{epoch}.h5", background=True)
        )
    assert rk.last_history().epoch == [0]


def test_a_later_one_that_fails_is_said_and_is_not_the_best(build, play, monkeypatch):
    fail_from(monkeypatch, 2)
    checkpoint = rk.callback_model_checkpoint("m.{epoch}.h5", "val_loss", save_best_only=True, background=True)
    with pytest.warns(
        rk.RKerasWarning, match=r"m\.2\.h5 could not be written \(No space .*\)\. The training goes on\."
    ):
        play([0.5, 0.4, 0.45], checkpoint)
    assert os.listdir() == ["m.1.h5"]
    assert checkpoint.best == 0.5


def test_the_memory_is_used_again(build):
    model, frozen = build(), Frozen()
    frozen.take(model)
    before = [value.ctypes.data for value in frozen._values]
    model.set_weights([weight + 1 for weight in model.get_weights()])
    frozen.take(model)
    assert [value.ctypes.data for value in frozen._values] == before
    assert_equal([frozen._values[: len(model.weights)]], [model.get_weights()])


def test_nothing_runs_where_nobody_asked_for_it(build, data):
    checkpoint = rk.callback_model_checkpoint("m.h5")
    rk.fit(build(), *data, epochs=1, verbose=0, callbacks=checkpoint)
    assert [one.name for one in threading.enumerate() if "rkeras" in one.name] == []
