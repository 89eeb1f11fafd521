"""callback_backup_and_restore(): a training that broke off ends as if it had not."""

import csv
import os
import random
import warnings
from contextlib import chdir, suppress
from pathlib import Path

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.callbacks import snapshot, state
from rkeras_py.models.training import last_history

once = pytest.mark.once
EPOCHS = 8
# What the monitored quantity is in each epoch: callbacks that stop do so in the seventh.
VALUES = [0.9, 0.5, 0.7, 0.6, 0.8, 0.85, 0.95, 0.4]


class Died(BaseException):
    """Stands for the end of the process."""


class Scripted(rk.KerasCallback):
    """Puts the values of the script into the logs, and dies where it is told to."""

    def __init__(self, death):
        super().__init__()
        self.death = death

    def _reach(self, *point):
        if point == self.death:
            raise Died

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch
        self._reach("epoch_begin", epoch)

    def on_train_batch_begin(self, batch, logs=None):
        self._reach("batch", self.epoch, batch)

    def on_epoch_end(self, epoch, logs=None):
        logs["val_error"] = VALUES[epoch]


class Last(Scripted):
    """Dies when the other callbacks are done."""

    def on_epoch_end(self, epoch, logs=None):
        self._reach("epoch_end", epoch)

    def on_train_end(self, logs=None):
        self._reach("train_end")


def noisy_model():
    model = keras.Sequential(
        [
            keras.Input((3,)),
            keras.layers.Dense(8, activation="relu"),
            keras.layers.Dropout(0.4),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(0.05), loss="binary_crossentropy", metrics=["acc"])
    return model


@pytest.fixture
def script(data):
    """The script that is run, and run again: from the seeds on to the end."""

    def run(make, death=None, backup=None, model=noisy_model, **arguments):
        keras.utils.clear_session()  # as in a new process
        keras.utils.set_random_seed(3)
        trained = model()
        callbacks = [*make(), backup or rk.callback_backup_and_restore("backup")]
        history = rk.fit(
            trained,
            *data,
            **{"epochs": EPOCHS, "batch_size": 5, "verbose": 0, **arguments},
            callbacks=[Scripted(death), *callbacks, Last(death)],
        )
        return callbacks, history, trained

    return run


def comparable(history, model):
    weights = [weight.tolist() for weight in model.get_weights()]
    optimizer = [np.asarray(variable).tolist() for variable in model.optimizer.variables]
    told = history.epoch, dict(history.history), history.params, history.stopped_epoch, history.stop_reason
    return repr(told), weights, optimizer  # NaN is to equal NaN


@pytest.fixture
def assert_same_end(script):
    """Runs the script without dying and with, in a directory each; they must come to the same, and are returned."""

    def compare(make, *points, **arguments):
        for place in ("through", "broken"):
            Path(place).mkdir(exist_ok=True)
        with chdir("through"):
            through, *expected = script(make, **arguments)
        with chdir("broken"):
            for point in points:
                with pytest.raises(Died):
                    script(make, death=point, **arguments)
            broken, *found = script(make, **arguments)
        assert comparable(*found) == comparable(*expected)
        return through, broken

    return compare


POINTS = [
    ("epoch_begin", 0),
    ("batch", 3, 1),
    ("epoch_end", 5),
    ("train_end",),
]


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_a_training_ends_with_the_same_weights_history_and_decision_wherever_it_died(assert_same_end, point):
    through, broken = assert_same_end(
        lambda: [
            rk.callback_early_stopping("val_error", patience=5, restore_best_weights=True),
            rk.callback_reduce_lr_on_plateau("val_error", patience=2, factor=0.5),
        ],
        point,
    )
    assert broken[0].stopped_epoch == through[0].stopped_epoch == 6
    assert broken[0].best_epoch == through[0].best_epoch == 1


@once
def test_it_may_die_again_and_again(assert_same_end):
    assert_same_end(lambda: [rk.callback_early_stopping("val_error", patience=5)], *POINTS[:-1])


@pytest.mark.parametrize("shuffle", [True, False, "batch"])
def test_any_shuffle_comes_to_the_same(assert_same_end, shuffle):
    assert_same_end(lambda: [], ("batch", 4, 2), shuffle=shuffle)


def everything():
    """Callbacks that remember; one of them stops in the last epoch but one."""
    return [
        rk.callback_early_stopping("val_error", patience=5, restore_best_weights=True),
        rk.callback_early_stopping("val_error", patience=9, baseline=0.1),
        rk.callback_early_stopping_gl(alpha=500, monitor="val_error", restore_best_weights=True),
        rk.callback_early_stopping_pq(alpha=500, k=3, monitor="val_error"),
        rk.callback_early_stopping_up(s=4, k=1, monitor="val_error"),
        rk.callback_stop_at("val_error", threshold=0.01),
        rk.callback_reduce_lr_on_plateau("val_error", patience=2, cooldown=2),
        rk.callback_model_checkpoint("best.{epoch}.h5", "val_error", save_best_only=True),
        rk.callback_model_checkpoint("at.{epoch}.h5", period=3),
        rk.callback_model_checkpoint("at.{epoch}.{batch}.h5", save_freq=7),
        rk.callback_csv_logger("log.csv"),
        keras.callbacks.EarlyStopping("val_error", patience=9, mode="min", restore_best_weights=True),
        keras.callbacks.ReduceLROnPlateau("val_error", mode="min", patience=3),
        keras.callbacks.History(),
    ]


def plain(value):
    """A state without arrays, which would not be compared as a whole."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value.tolist() if hasattr(value, "tolist") else value


@pytest.mark.parametrize("point", [("batch", 4, 1), ("epoch_end", 5)], ids=str)
def test_what_callbacks_have_seen_is_kept(assert_same_end, point):
    (*through, _), (*broken, _) = assert_same_end(everything, point)
    assert sorted(os.listdir("through")) == sorted(os.listdir("broken"))
    assert repr(plain(state.collect(broken))) == repr(plain(state.collect(through)))
    remembers = [callback for callback in broken if vars(type(callback)).get("remembered") or state.collect([callback])]
    assert len(remembers) == len(broken)
    assert broken[0].stopped_epoch == 6


def rows(path):
    with open(path, newline="") as file:
        return list(csv.reader(file))


@once
@pytest.mark.parametrize("append", [False, True])
def test_each_epoch_stands_in_the_logs_once(assert_same_end, append):
    # An earlier training has left its rows, which have the same numbers.
    for place in ("through", "broken"):
        Path(place).mkdir()
        Path(place, "log.csv").write_text("epoch,acc,loss,val_error\r\n5,1,2,3\r\n6,1,2,3\r\n")
        Path(place, "log.jsonl").write_text('{"epoch": 5}\n{"epoch": 6}')
    assert_same_end(
        lambda: [rk.callback_csv_logger("log.csv", append=append), rk.callback_json_logger("log.jsonl", append=append)],
        ("batch", 0, 1),
        ("epoch_end", 3),
        ("epoch_end", 5),
        ("train_end",),
    )
    for name in ("log.csv", "log.jsonl"):
        assert Path("broken", name).read_bytes() == Path("through", name).read_bytes()
    epochs = [row[0] for row in rows("broken/log.csv")[1:]]
    assert epochs == ["5", "6"] * append + [str(epoch) for epoch in range(EPOCHS)]


class Later(rk.KerasCallback):
    def on_epoch_end(self, epoch, logs=None):
        if epoch == 4:
            logs["later"] = 1.0


@once
def test_a_column_that_was_added_in_the_epoch_that_is_trained_again(assert_same_end):
    assert_same_end(lambda: [Later(), rk.callback_csv_logger("log.csv")], ("epoch_end", 4))
    assert rows("broken/log.csv") == rows("through/log.csv")


@once
@pytest.mark.filterwarnings("ignore:callback_csv_logger")
def test_rows_that_wait_for_room_are_kept(assert_same_end, monkeypatch):
    from rkeras_py.callbacks import log_file

    added = log_file._append

    def append(path, data):
        if data.startswith(b"3,") and b"\n6," not in data:
            raise OSError(28, "No space left on device")
        added(path, data)

    monkeypatch.setattr(log_file, "_append", append)
    assert_same_end(lambda: [rk.callback_csv_logger("log.csv")], ("batch", 5, 0))
    assert len(rows("broken/log.csv")) == 1 + EPOCHS
    assert rows("broken/log.csv") == rows("through/log.csv")


class Counting(rk.KerasCallback):
    """Counts batches, and says in the logs how many; an array and texts come along."""

    def on_train_begin(self, logs=None):
        self.batches, self.seen = 0, {"none": None, 1: (np.float32(0.1), b"\x00", [np.arange(3)])}

    def on_train_batch_end(self, batch, logs=None):
        self.batches += 1

    def on_epoch_end(self, epoch, logs=None):
        logs["batches"] = self.batches

    def get_state(self):
        return {"batches": self.batches, "seen": self.seen}

    def set_state(self, state):
        vars(self).update(state)


class Duck:
    """No callback of Keras's, but with hooks."""

    def __init__(self):
        self.epochs = 0

    def on_epoch_end(self, epoch, logs):
        self.epochs += 1
        logs["epochs"] = self.epochs

    def get_state(self):
        return self.epochs

    def set_state(self, state):
        self.epochs = state


def test_callbacks_of_the_users_own_keep_what_they_ask_for(assert_same_end):
    _, (broken, *_) = assert_same_end(lambda: [Counting(), Duck(), Counting()], ("batch", 3, 1), ("train_end",))
    one, text, (array,) = broken.seen[1]
    assert (one, type(one), text) == (np.float32(0.1), np.float32, b"\x00")
    assert array.tolist() == [0, 1, 2]
    assert broken.seen["none"] is None


@once
def test_a_state_that_cannot_be_kept_is_refused_before_the_training_begins(script):
    class Bad(Counting):
        def get_state(self):
            return {"open": open}

    with pytest.raises(
        rk.ArgumentError, match=r"callbacks/Bad 1/open must be made of None, .* not of the function open\."
    ):
        script(lambda: [Bad()])
    assert not Path("backup/latest.npz").exists()


@once
def test_the_logs_of_the_last_epoch_are_told_once_more(assert_same_end):
    told = []
    hook = rk.callback_lambda(on_train_end=lambda logs: told.append(dict(logs)))
    assert_same_end(lambda: [hook], ("train_end",))
    through, died, again = told
    assert died == through == again
    assert set(again) == {"loss", "acc"}


@pytest.mark.tensorflow
def test_tensorboard_counts_on(assert_same_end):
    through, broken = assert_same_end(
        lambda: [rk.callback_tensorboard("logs", update_freq="batch")], ("epoch_begin", 3), ("epoch_begin", 6)
    )
    assert broken[0]._batches == through[0]._batches == 5 * EPOCHS


@once
def test_the_time_that_was_used_counts(script, monkeypatch):
    import time

    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])

    def tick():
        now[0] += 10

    def make():
        return [rk.callback_lambda(on_epoch_end=tick), rk.callback_timer(45)]

    with pytest.raises(Died):
        script(make, death=("batch", 3, 0))
    now[0] = 5.0  # another process, whose clock begins elsewhere
    _, history, _ = script(make)
    assert (history.epoch, history.stopped_epoch) == ([0, 1, 2, 3, 4], 4)


def test_random_numbers_of_hooks_go_on(assert_same_end):
    def draw(epoch, logs):
        logs["drawn"] = random.random() + np.random.random() + float(keras.random.normal(()))

    assert_same_end(lambda: [rk.callback_lambda(on_epoch_end=draw)], ("batch", 3, 0))


@once
def test_a_rate_that_a_hook_has_assigned_as_lr_is_kept(assert_same_end):
    def assign(self, epoch, logs=None):
        if epoch == 3:
            self.model.optimizer.lr = 0.001

    callback = type("Assigning", (rk.KerasCallback,), {"on_epoch_end": assign})
    assert_same_end(lambda: [callback()], ("epoch_begin", 4))


@once
@pytest.mark.parametrize("delete", [True, False])
def test_the_backup_goes_with_the_end_of_the_training(script, delete):
    def make():
        return [rk.callback_early_stopping("val_error", patience=5, restore_best_weights=True)]

    Path("backup").mkdir()
    Path("backup/mine.txt").touch()
    backup = rk.callback_backup_and_restore("backup", delete_checkpoint=delete)
    _, first, model = script(make, backup=backup)
    assert sorted(os.listdir("backup")) == ["latest.npz"] * (not delete) + ["mine.txt"]
    began = []
    watch = rk.callback_lambda(on_epoch_begin=began.append)
    _, again, same = script(lambda: [*make(), watch], backup=backup)
    assert began == (list(range(7)) if delete else [])
    assert comparable(again, same) == comparable(first, model)
    assert last_history() is again


@once
def test_more_epochs_go_on_from_a_backup_that_was_kept(script):
    backup = rk.callback_backup_and_restore("backup", delete_checkpoint=False)
    script(lambda: [], backup=backup, epochs=3)
    _, history, model = script(lambda: [], backup=backup, epochs=6)
    _, through, other = script(lambda: [], backup=rk.callback_backup_and_restore("elsewhere"), epochs=6)
    assert history.epoch == through.epoch == list(range(6))
    assert comparable(history, model)[1] == comparable(through, other)[1]


@once
def test_initial_epoch_counts_where_there_is_no_backup(script):
    with pytest.raises(Died):
        script(lambda: [], death=("batch", 5, 0), initial_epoch=4)
    _, history, _ = script(lambda: [], initial_epoch=4)
    assert history.epoch == [4, 5, 6, 7]


@once
def test_a_backup_by_batches_goes_on_in_the_epoch_that_broke_off(script):
    backup = rk.callback_backup_and_restore("backup", save_freq=3)
    with pytest.raises(Died):
        script(lambda: [], death=("batch", 2, 4), backup=backup)
    kept = snapshot.read("backup/latest.npz")
    assert (kept["epoch"], int(kept["optimizer"][0])) == (2, 12)  # five batches an epoch, and two in this one
    _, history, model = script(lambda: [], backup=backup)
    assert history.epoch == list(range(EPOCHS))
    assert int(model.optimizer.iterations) == 5 * EPOCHS + 2


@once
def test_nothing_is_called_per_batch_for_a_backup_by_epochs():
    by_epochs, by_batches = (rk.callback_backup_and_restore("backup", save_freq=freq) for freq in ("epoch", 5))
    assert by_epochs.on_train_batch_end.__func__ is keras.callbacks.Callback.on_train_batch_end
    assert by_batches.on_train_batch_end.__func__ is not keras.callbacks.Callback.on_train_batch_end


@once
def test_the_backup_is_kept_last_whatever_its_place(script):
    class Late(Duck):
        pass

    with pytest.raises(Died):
        script(lambda: [Late()], death=("epoch_begin", 2))
    assert snapshot.read("backup/latest.npz")["callbacks"]["Late 1"] == 2


@once
def test_one_backup_is_enough(script):
    with pytest.raises(rk.ArgumentError, match=r"fit\(\): `callbacks` must be a list with at most one callback_backup"):
        script(lambda: [rk.callback_backup_and_restore("other")])


@once
def test_a_backup_of_another_model_is_refused_and_left(script):
    with pytest.raises(Died):
        script(lambda: [], death=("batch", 3, 0))

    def other():
        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, activation="sigmoid")])
        model.compile("adam", "binary_crossentropy")
        return model

    before = Path("backup/latest.npz").read_bytes()
    with pytest.raises(rk.ArgumentError, match=r"the backup in backup is of another model or optimizer\. Delete it"):
        script(lambda: [], model=other)
    assert Path("backup/latest.npz").read_bytes() == before


@once
def test_a_backup_of_another_model_that_had_not_begun_is_passed_over(script):
    with pytest.raises(Died):
        script(lambda: [], death=("epoch_begin", 0))

    def other():
        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, activation="sigmoid")])
        model.compile("adam", "binary_crossentropy")
        return model

    _, history, _ = script(lambda: [], model=other)
    assert len(history.epoch) == EPOCHS


@once
def test_a_callback_that_the_backup_does_not_know_is_named(script):
    with pytest.raises(Died):
        script(lambda: [], death=("batch", 3, 0))
    with pytest.warns(rk.RKerasWarning, match=r"the backup in backup knows nothing of EarlyStopping: it begins anew"):
        script(lambda: [rk.callback_early_stopping("val_error")])


@once
@pytest.mark.parametrize("damage", [b"", b"not a backup", None])
def test_a_backup_that_is_damaged_is_refused_or_the_one_before_it_is_taken(script, damage):
    latest = Path("backup/latest.npz")

    def break_off(**arguments):
        with pytest.raises(Died):
            script(lambda: [], death=("batch", 3, 0), **arguments)
        whole = latest.read_bytes()
        latest.write_bytes(whole[: len(whole) // 2] + b"?" + whole[len(whole) // 2 + 1 :] if damage is None else damage)

    break_off()
    with pytest.raises(rk.ArgumentError, match=r"backup/latest\.npz cannot be read \(.*\)\. Delete it to begin the"):
        script(lambda: [])
    latest.unlink()
    backup = rk.callback_backup_and_restore("backup", double_checkpoint=True)
    break_off(backup=backup)
    with pytest.warns(rk.RKerasWarning, match="is damaged; the backup before it is taken"):
        _, history, _ = script(lambda: [], backup=backup)
    assert history.epoch == list(range(EPOCHS))


@once
def test_code_in_a_backup_is_not_run(script):
    class Evil:
        def __reduce__(self):
            return os.mkdir, ("run",)

    Path("backup").mkdir()
    np.savez("backup/latest.npz", content=np.array([Evil()], dtype=object))
    with suppress(rk.ArgumentError):
        script(lambda: [])
    assert not Path("run").exists()


@once
def test_a_directory_that_cannot_be_written_is_said_before_the_training_begins(script):
    Path("file").touch()
    began = []
    backup = rk.callback_backup_and_restore("file/backup")
    with pytest.raises(rk.FileError, match=r"callback_backup_and_restore\(\): file/backup/latest\.npz could not be"):
        script(lambda: [rk.callback_lambda(on_epoch_begin=began.append)], backup=backup)
    assert began == []


@once
def test_a_disk_that_is_full_later_is_said_once_and_leaves_the_backup_before(script, monkeypatch):
    write = snapshot.write

    def fail_later(path, owner, content):
        if content["epoch"] >= 2:
            raise OSError(28, "backup/latest.npz could not be written (No space left on device).")
        write(path, owner, content)

    monkeypatch.setattr(snapshot, "write", fail_later)
    backup = rk.callback_backup_and_restore("backup", delete_checkpoint=False)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        _, history, _ = script(lambda: [], backup=backup)
    said = [str(one.message) for one in caught if issubclass(one.category, rk.RKerasWarning)]
    assert len(said) == 1
    assert said[0].endswith("The training goes on; the backup is of an earlier epoch.")
    assert history.epoch == list(range(EPOCHS))
    assert snapshot.read("backup/latest.npz")["epoch"] == 1


@once
def test_a_model_without_input_shape_is_built_first(data):
    model = keras.Sequential([keras.layers.Dense(1, activation="sigmoid")])
    model.compile("adam", "binary_crossentropy")
    history = rk.fit(model, *data, epochs=2, verbose=0, callbacks=rk.callback_backup_and_restore("backup"))
    assert len(history.epoch) == 2


def test_mixed_precision_and_averaged_weights(assert_same_end):
    def model():
        inner = keras.Sequential(
            [keras.Input((3,)), keras.layers.Dense(4, dtype="bfloat16"), keras.layers.Dense(1, activation="sigmoid")]
        )
        inner.compile(keras.optimizers.Adam(0.05, use_ema=True, ema_momentum=0.9), "binary_crossentropy")
        return inner

    assert_same_end(lambda: [], ("batch", 3, 1), ("train_end",), model=model)


def test_in_plain_fit_model_and_epoch_are_kept(data):
    began = []

    def run(stop=False):
        keras.utils.set_random_seed(3)
        model = noisy_model()

        def note(epoch, logs):
            began.append(epoch)
            if stop and epoch == 2:
                raise Died

        callbacks = [rk.callback_backup_and_restore("backup"), rk.callback_lambda(on_epoch_begin=note)]
        with suppress(Died):
            model.fit(*data, epochs=4, batch_size=24, shuffle=False, verbose=0, callbacks=callbacks)
        return model

    run(stop=True)
    resumed = run()
    assert began == [0, 1, 2, 2, 3]
    assert not Path("backup").exists()
    through = run()
    assert [w.tolist() for w in resumed.get_weights()] == [w.tolist() for w in through.get_weights()]
    began.clear()
    resumed.fit(*data, epochs=2, verbose=0, callbacks=[rk.callback_lambda(on_epoch_begin=lambda e: began.append(e))])
    assert began == [0, 1]
