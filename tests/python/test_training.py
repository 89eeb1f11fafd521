"""fit(), evaluate(), predict() and last_history()."""

import csv
import threading
from pathlib import Path

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.language.notices import RKerasWarning


def test_fit_is_keras_own(build, data):
    ours = rk.fit(build(), *data, epochs=2, batch_size=8, verbose=0, validation_split=0.25, shuffle=False)
    keras.utils.set_random_seed(7)
    theirs = build().fit(*data, epochs=2, batch_size=8, verbose=0, validation_split=0.25, shuffle=False)
    assert ours.history == theirs.history
    assert isinstance(ours, keras.callbacks.History)


def test_the_default_is_ten_epochs(build, data):
    assert len(rk.fit(build(), *data, verbose=0).epoch) == 10


@pytest.mark.parametrize("shape", ["bare", "list", "tuple", "nested", "none"])
def test_callbacks_of_any_shape(build, data, shape):
    seen = []
    one = rk.callback_lambda(on_epoch_end=lambda epoch: seen.append(epoch))
    shapes = {"bare": one, "list": [one], "tuple": (one,), "nested": [[one], None, []], "none": None}
    rk.fit(build(), *data, epochs=2, verbose=0, callbacks=shapes[shape])
    assert seen == ([] if shape == "none" else [0, 1])


@pytest.mark.parametrize(
    ("callbacks", "shown", "hint"),
    [
        (rk.KerasCallback, "the class KerasCallback", " Perhaps you forgot the parentheses?"),
        ([print], r"\[the function print\]", ""),
        ("early_stopping", '"early_stopping"', ""),
    ],
)
def test_what_is_no_callback_is_refused(build, data, callbacks, shown, hint):
    message = rf"fit\(\): `callbacks` must be a callback or a list of callbacks or None, not {shown}\.{hint}$"
    with pytest.raises(rk.ArgumentError, match=message.replace("?$", r"\?$")):
        rk.fit(build(), *data, callbacks=callbacks)


def test_validation_data_as_a_list(build, data):
    history = rk.fit(build(), *data, epochs=1, verbose=0, validation_data=list(data))
    assert "val_loss" in history.history


def test_class_weight_by_names(build, data):
    weighted = rk.fit(build(), *data, epochs=1, verbose=0, shuffle=False, class_weight={"0": 1.0, "1": 0.0})
    keras.utils.set_random_seed(7)
    plain = build().fit(*data, epochs=1, verbose=0, shuffle=False, class_weight={0: 1.0, 1: 0.0})
    assert weighted.history == plain.history
    with pytest.raises(rk.ArgumentError, match=r"`class_weight` must be weights named by the numbers of the classes"):
        rk.fit(build(), *data, class_weight={"first": 1.0})


def test_view_metrics_warns(build, data):
    with pytest.warns(RKerasWarning, match=r"fit\(\): `view_metrics` is not used: there is no live view"):
        rk.fit(build(), *data, epochs=1, verbose=0, view_metrics=True)


def test_no_view_of_metrics_is_what_there_is(build, data, recwarn):
    rk.fit(build(), *data, epochs=1, verbose=0, view_metrics=False)
    assert not [one for one in recwarn if issubclass(one.category, RKerasWarning)]


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_files_are_closed_and_the_history_is_kept_when_a_training_breaks_off(build, data, error):
    def fail(epoch):
        if epoch == 2:
            raise error

    model = build()
    log = rk.callback_csv_logger("log.csv")
    with pytest.raises(error):
        rk.fit(model, *data, epochs=5, verbose=0, callbacks=[log, rk.callback_lambda(on_epoch_begin=fail)])
    assert not [path for path in Path("/proc/self/fd").iterdir() if path.resolve().name == "log.csv"]
    assert rk.last_history().epoch == [0, 1]
    with open("log.csv", newline="") as lines:
        assert [row["epoch"] for row in csv.DictReader(lines)] == ["0", "1"]
    assert len(rk.fit(model, *data, epochs=2, verbose=0, callbacks=log).epoch) == 2


@pytest.mark.filterwarnings("ignore:.*undoes each epoch:rkeras_py.language.notices.RKerasWarning")
@pytest.mark.parametrize("setting", ["plateau", "scheduler", "both"])
def test_the_rate_is_logged_whatever_the_order_of_the_callbacks(build, data, setting):
    setters = {
        "plateau": lambda: [rk.callback_reduce_lr_on_plateau(monitor="acc", mode="min", patience=1, factor=0.5)],
        "scheduler": lambda: [rk.callback_learning_rate_scheduler(lambda epoch: 0.1 / (epoch + 1))],
    }
    setters["both"] = lambda: setters["plateau"]() + setters["scheduler"]()
    logs = {}
    for name in ("before", "after"):
        seen = logs[name] = []
        readers = [
            rk.callback_csv_logger(f"{name}.csv"),
            rk.callback_lambda(on_epoch_end=lambda epoch, logs, seen=seen: seen.append(dict(logs))),
        ]
        callbacks = [*readers, *setters[setting]()] if name == "before" else [*setters[setting](), *readers]
        keras.utils.set_random_seed(7)
        model = build(optimizer=keras.optimizers.SGD(0.1))
        history = rk.fit(model, *data, epochs=3, verbose=0, shuffle=False, callbacks=callbacks)
        assert [row["lr"] for row in seen] == history.history["lr"]
        assert "learning_rate" not in history.history
    assert logs["before"] == logs["after"]
    with open("before.csv") as before, open("after.csv") as after:
        assert before.read() == after.read()


def test_a_training_that_does_not_begin_leaves_the_history_before_it(build, data):
    model = build()
    history = rk.fit(model, *data, epochs=1, batch_size=8, verbose=0)
    params = dict(history.params)
    with pytest.raises(ValueError, match="cardinality"):
        rk.fit(model, data[0], data[1][:5], epochs=1, batch_size=3, verbose=0)
    assert rk.last_history() is history
    assert history.params == params


def test_a_history_does_not_pile_up(build, data):
    history = keras.callbacks.History()
    model = build()
    rk.fit(model, *data, epochs=3, verbose=0, callbacks=history)
    rk.fit(model, *data, epochs=2, verbose=0, callbacks=history)
    assert history.epoch == [0, 1]
    assert len(history.history["loss"]) == 2


def test_params_have_what_the_books_print(build, data):
    history = rk.fit(build(), *data, epochs=2, batch_size=8, verbose=0, validation_split=0.25)
    assert history.params == {
        "verbose": 0,
        "epochs": 2,
        "steps": 3,
        "batch_size": 8,
        "samples": 18,
        "validation_samples": 6,
        "do_validation": True,
        "metrics": ["loss", "acc", "val_loss", "val_acc"],
    }
    plain = rk.fit(build(), *data, epochs=1, verbose=0)
    assert (plain.params["batch_size"], plain.params["samples"], plain.params["do_validation"]) == (32, 24, False)


def test_batch_hooks_run_in_order_on_the_calling_thread_and_see_the_weights_of_their_batch(build, data):
    def weight(model):
        return float(keras.ops.convert_to_numpy(model.layers[0].kernel)[0, 0])

    model = build()
    seen = []
    hook = rk.callback_lambda(on_batch_end=lambda batch: seen.append((batch, weight(model), threading.get_ident())))
    rk.fit(model, *data, batch_size=6, epochs=1, shuffle=False, verbose=0, callbacks=hook)
    keras.utils.set_random_seed(7)
    by_hand = build()
    x, y = data
    for batch in range(4):
        by_hand.train_on_batch(x[6 * batch : 6 * batch + 6], y[6 * batch : 6 * batch + 6])
        assert seen[batch] == (batch, pytest.approx(weight(by_hand), abs=1e-6), threading.get_ident())


@pytest.mark.parametrize("shape", ["bare", "list"])
def test_a_training_stops_at_the_batch_that_says_so(build, data, shape):
    batches = []

    class Stopping(rk.KerasCallback):
        def on_batch_end(self, batch, logs=None):
            batches.append(batch)
            if batch == 1:
                self.model.stop_training = True

    callback = Stopping()
    rk.fit(build(), *data, batch_size=2, epochs=3, verbose=0, callbacks=callback if shape == "bare" else [callback])
    assert batches == [0, 1]


def test_evaluate_and_predict(build, data):
    model = build()
    called = []
    note = rk.callback_lambda(
        on_test_end=lambda logs: called.append("test"), on_predict_end=lambda logs: called.append("predict")
    )
    assert set(rk.evaluate(model, *data, verbose=0, callbacks=note)) == {"loss", "acc"}
    np.testing.assert_array_equal(rk.predict(model, data[0], callbacks=note), model.predict(data[0], verbose=0))
    assert called == ["test", "predict"]


@pytest.mark.once
def test_a_rate_assigned_as_lr_is_taken_over_once_and_reads_as_the_rate_in_force(build, data):
    model = build(optimizer=keras.optimizers.SGD(0.1))
    model.optimizer.lr = 0.5
    halve = rk.callback_reduce_lr_on_plateau(monitor="loss", min_delta=10, factor=0.5, patience=1)
    history = rk.fit(model, *data, epochs=4, verbose=0, callbacks=halve)
    assert history.metrics["lr"] == pytest.approx([0.5, 0.5, 0.25, 0.125])
    assert model.optimizer.lr == pytest.approx(0.0625)
    assert rk.fit(model, *data, epochs=1, verbose=0, callbacks=halve).metrics["lr"] == pytest.approx([0.0625])
