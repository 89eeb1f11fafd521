"""What Keras 3 silently does otherwise than Keras 2.2.4, a test a row: "What changed under your code" has the numbers.

`make plain-keras` runs them on plain aliases over Keras instead of rkeras: there, each one has to fail.
"""

import math
import os
import re
import threading
import warnings
from pathlib import Path

import keras
import numpy as np
import plain_keras
import pytest

import rkeras_py

NAN = math.nan


@pytest.fixture
def rk(request):
    return plain_keras if request.config.getoption("--plain") else rkeras_py


@pytest.fixture
def play(rk, build, data):
    """Trains on a script of values for `val_loss`; returns history, weights after each epoch, and the model."""

    class Script(keras.callbacks.Callback):
        def __init__(self, values):
            super().__init__()
            self.values, self.weights = values, []

        def on_epoch_end(self, epoch, logs=None):
            self.weights.append(np.array(self.model.get_weights()[0]))
            logs.pop("val_loss", None)
            if self.values[epoch] is not None:
                logs["val_loss"] = self.values[epoch]

    def run(values, *callbacks, model=None, epochs=None):
        script = Script(values)
        model = model or build(optimizer=keras.optimizers.SGD(0.1))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            arguments = {"epochs": epochs or len(values), "verbose": 0, "callbacks": [script, *callbacks]}
            history = rk.fit(model, *data, **arguments)
        return history, script.weights, model

    return run


def rate(model):
    return float(keras.ops.convert_to_numpy(model.optimizer.learning_rate))


def test_0_3_a_first_value_of_nan_is_no_improvement(rk, play):
    history, _, _ = play([NAN, 0.5, 0.4, 0.3], rk.callback_early_stopping(patience=2))
    assert len(history.epoch) == 4
    play([NAN, 0.5, NAN, 0.4], rk.callback_model_checkpoint("{epoch}.h5", save_best_only=True, mode="min"))
    assert sorted(os.listdir()) == ["2.h5", "4.h5"]


def test_0_4_an_infinite_first_value_is_no_improvement(rk, play):
    play([math.inf, 0.5], rk.callback_model_checkpoint("{epoch}.h5", save_best_only=True, mode="min"))
    assert os.listdir() == ["2.h5"]


def test_0_5_acc_is_accuracy(rk, build, data):
    best = rk.callback_model_checkpoint("{epoch}.h5", monitor="val_acc", save_best_only=True, mode="max")
    constant = build(metrics=["accuracy"], optimizer=keras.optimizers.SGD(0.0))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        rk.fit(constant, *data, validation_data=data, epochs=3, verbose=0, callbacks=[best])
    assert os.listdir() == ["1.h5"]


def test_0_6_the_rate_is_called_lr_whatever_the_order(rk, play):
    log = rk.callback_csv_logger("log.csv")
    history, _, _ = play([0.5, 0.4], log, rk.callback_reduce_lr_on_plateau(mode="min"))
    assert history.history["lr"] == pytest.approx([0.1, 0.1])
    assert "lr" in Path("log.csv").read_text().splitlines()[0].split(",")


def test_0_8_setting_optimizer_lr_is_honoured(rk, build, data):
    def set_lr(epoch, logs):
        model.optimizer.lr = 0.5 / (epoch + 1)

    rates = []
    see = rk.callback_lambda(on_epoch_begin=lambda epoch: rates.append(float(model.optimizer.learning_rate)))
    model = build()
    rk.fit(model, *data, epochs=3, verbose=0, callbacks=[see, rk.callback_lambda(on_epoch_end=set_lr)])
    assert rates == pytest.approx([0.001, 0.5, 0.25])
    assert float(model.optimizer.learning_rate) == pytest.approx(0.5 / 3)


def test_0_13_a_bare_callback_is_called_in_order_on_the_calling_thread(rk, build, data):
    class Stopping(rk.KerasCallback):
        def on_batch_end(self, batch, logs=None):
            seen.append((batch, threading.get_ident()))
            self.model.stop_training = batch == 1

    seen = []
    rk.fit(build(), *data, batch_size=1, epochs=1, verbose=0, callbacks=Stopping())
    assert seen == [(0, threading.get_ident()), (1, threading.get_ident())]


def test_0_15_modes(rk, play):
    history, _, _ = play([0.5, 0.6, 0.7], rk.callback_early_stopping(patience=1, mode=("auto", "min", "max")))
    assert len(history.epoch) == 2
    with pytest.raises(ValueError, match="mode"):
        rk.callback_early_stopping(mode="sideways")


def test_2_5_saving_as_h5_leaves_the_optimizer_in_the_live_model(rk, build, data):
    model = build(optimizer=keras.optimizers.SGD(0.3))
    rk.fit(model, *data, epochs=1, verbose=0, callbacks=[rk.callback_model_checkpoint("m.h5", mode="min")])
    model.save("m.keras")
    assert type(keras.models.load_model("m.keras").optimizer) is keras.optimizers.SGD


def test_2_7_without_the_quantity_nothing_is_saved_as_best(rk, play):
    play([0.5, None, 0.6], rk.callback_model_checkpoint("{epoch}.h5", save_best_only=True, mode="min"))
    assert os.listdir() == ["1.h5"]


def test_2_9_what_a_checkpoint_says(rk, play, capsys):
    play([0.5, 0.6], rk.callback_model_checkpoint("m.h5", save_best_only=True, mode="min", verbose=1))
    assert capsys.readouterr().out == (
        "\nEpoch 00001: val_loss improved from inf to 0.50000, saving model to m.h5\n"
        "\nEpoch 00002: val_loss did not improve from 0.50000\n"
    )


def test_2_14_a_save_that_fails_leaves_the_file_before_it(rk, play, monkeypatch):
    play([0.5], rk.callback_model_checkpoint("m.keras", mode="min"))
    before = Path("m.keras").read_bytes()

    def fail(*arguments, **more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        play([0.4], rk.callback_model_checkpoint("m.keras", mode="min"))
    assert Path("m.keras").read_bytes() == before


def test_2_15_save_freq_is_a_number_of_batches_also_as_r_writes_it(rk, build, data):
    callback = rk.callback_model_checkpoint("{batch}.h5", save_freq=2.0)
    rk.fit(build(), *data, batch_size=6, epochs=1, verbose=0, callbacks=[callback])
    assert sorted(os.listdir()) == ["2.h5", "4.h5"]


def test_3_2_the_first_epoch_can_be_the_last(rk, play):
    history, _, _ = play([NAN, 0.5], rk.callback_early_stopping())
    assert len(history.epoch) == 1


def test_3_3_a_run_that_does_not_reach_the_baseline_stops(rk, play):
    history, _, _ = play([0.9, 0.8, 0.7, 0.6, 0.55], rk.callback_early_stopping(baseline=0.5, patience=2))
    assert len(history.epoch) == 2


def test_3_6_a_negative_min_delta_is_a_tolerance(rk, play):
    history, _, _ = play([0.50, 0.52, 0.54, 0.56], rk.callback_early_stopping(min_delta=-0.1, mode="min"))
    assert len(history.epoch) == 4


def test_3_8_a_quantity_that_is_not_there_warns_once(rk, build, data):
    stopping = rk.callback_early_stopping(monitor="val_nope", mode="min")
    with pytest.warns(UserWarning, match="val_nope") as caught:
        rk.fit(build(), *data, epochs=3, verbose=0, callbacks=[stopping])
    assert len([warning for warning in caught if "val_nope" in str(warning.message)]) == 1


def test_3_11_what_early_stopping_says(rk, play, capsys):
    play([0.5, 0.6], rk.callback_early_stopping(verbose=1, restore_best_weights=True))
    said = "Restoring model weights from the end of the best epoch\nEpoch 00002: early stopping\n"
    assert capsys.readouterr().out == said


def test_3_13_weights_of_nan_are_not_restored(rk, play):
    _, weights, model = play([NAN, NAN, NAN], rk.callback_early_stopping(patience=9, restore_best_weights=True))
    np.testing.assert_array_equal(model.get_weights()[0], weights[-1])


def test_4_2_a_schedule_keeps_its_own_default_and_its_errors(rk, play):
    def table(epoch, initial=0.3):
        return initial / (epoch + 1)

    _, _, model = play([0.5, 0.4], rk.callback_learning_rate_scheduler(table))
    assert rate(model) == pytest.approx(0.15)

    def failing(epoch, lr):
        raise TypeError("of the user's own")

    with pytest.raises(TypeError, match="of the user's own"):
        play([0.5], rk.callback_learning_rate_scheduler(failing))


def test_4_5_a_schedule_logs_lr(rk, play):
    history, _, _ = play([0.5], rk.callback_learning_rate_scheduler(lambda epoch: 0.2))
    assert history.history["lr"] == pytest.approx([0.2])


def test_4_7_what_a_schedule_says(rk, play, capsys):
    play([0.5], rk.callback_learning_rate_scheduler(lambda epoch: 0.5, verbose=1))
    assert capsys.readouterr().out.startswith("\nEpoch 00001: LearningRateScheduler setting learning rate to 0.5")


def test_4_8_a_schedule_that_undoes_a_plateau_is_said(rk, build, data):
    callbacks = [rk.callback_learning_rate_scheduler(lambda epoch: 0.1), rk.callback_reduce_lr_on_plateau("loss")]
    with pytest.warns(rk.RKerasWarning, match="undoes"):
        rk.fit(build(), *data, epochs=1, verbose=0, callbacks=callbacks)


def test_5_5_a_negative_min_delta_is_a_tolerance(rk, play):
    plateau = rk.callback_reduce_lr_on_plateau(factor=0.5, patience=1, min_delta=-0.1, mode="min")
    _, _, model = play([0.50, 0.52, 0.54], plateau)
    assert rate(model) == pytest.approx(0.1)


def test_5_6_a_first_value_of_nan_does_not_reduce_for_ever(rk, play):
    _, _, model = play([NAN, 0.5, 0.4, 0.3], rk.callback_reduce_lr_on_plateau(factor=0.5, patience=1, mode="min"))
    assert rate(model) == pytest.approx(0.05)


def test_5_7_epsilon_is_min_delta_and_slips_are_refused(rk, play):
    plateau = rk.callback_reduce_lr_on_plateau(factor=0.5, patience=1, epsilon=0.01, mode="min")
    _, _, model = play([0.5, 0.4995, 0.499], plateau)
    assert rate(model) == pytest.approx(0.025)
    with pytest.raises(TypeError, match="patence"):
        rk.callback_reduce_lr_on_plateau(patence=1)


def test_5_10_a_plateau_logs_the_rate_before_it_reduces_it(rk, play):
    history, _, _ = play([0.5, 0.5], rk.callback_reduce_lr_on_plateau(factor=0.5, patience=1, mode="min"))
    assert history.history["lr"] == pytest.approx([0.1, 0.1])


def test_10_5_params_have_what_the_books_print(rk, build, data):
    history = rk.fit(build(), *data, epochs=1, batch_size=8, verbose=0)
    assert {"metrics", "samples", "batch_size", "do_validation"} <= set(history.params)


def test_10_6_a_history_does_not_pile_up(rk, build, data):
    history, model = keras.callbacks.History(), build()
    rk.fit(model, *data, epochs=3, verbose=0, callbacks=[history])
    rk.fit(model, *data, epochs=2, verbose=0, callbacks=[history])
    assert len(history.history["loss"]) == len(history.epoch) == 2


def test_11_3_an_object_that_has_hooks_is_a_callback(rk, build, data):
    class Duck:
        def set_model(self, model):
            self.model = model

        def set_params(self, params):
            self.params = params

        def on_epoch_end(self, epoch, logs):
            self.model.stop_training = epoch == 1

    duck = Duck()
    history = rk.fit(build(), *data, epochs=5, verbose=0, callbacks=[duck])
    assert len(history.epoch) == 2
    assert duck.params["epochs"] == 5


def test_11_4_both_names_of_a_batch_hook_are_called(rk, build, data):
    class Both(rk.KerasCallback):
        called = ()

        def on_batch_end(self, batch, logs=None):
            self.called = (*self.called, "on_batch_end")

        def on_train_batch_end(self, batch, logs=None):
            self.called = (*self.called, "on_train_batch_end")

    both, model = Both(), build()
    for _ in range(2):
        both.called = ()
        rk.fit(model, *data, batch_size=24, epochs=1, verbose=0, callbacks=[both])
        assert both.called == ("on_batch_end", "on_train_batch_end")


@pytest.mark.parametrize("page", ["what-changed.md", "what-changed.zh-CN.md"])
def test_the_page_has_a_line_for_each_row(page):
    rows = [name for name in globals() if re.match(r"test_\d+_\d+_", name)]
    numbers = {".".join(name.split("_")[1:3]) for name in rows}
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    assert numbers <= set(re.findall(r"^\| (\d+\.\d+) \|", text, re.MULTILINE))
