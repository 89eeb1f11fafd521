"""The scripts of the tutorials, with R's names, from end to end on real data."""

import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import make_moons

import rkeras_py as rk


@pytest.mark.once
@pytest.mark.tensorflow
def test_the_complete_script_of_the_tutorial(capsys):
    x, y = make_moons(n_samples=100, noise=0.2, random_state=1)
    x_train, y_train, x_test, y_test = x[:30], y[:30], x[30:], y[30:]
    model = keras.Sequential()
    model.add(keras.Input((2,)))
    model.add(keras.layers.Dense(100, activation="relu"))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["acc"])

    stopping = rk.callback_early_stopping(monitor="val_loss", mode="min", verbose=1, patience=200)
    callbacks = [
        rk.callback_terminate_on_naan(),
        stopping,
        rk.callback_model_checkpoint("best_model.h5", monitor="val_acc", mode="max", verbose=1, save_best_only=True),
        rk.callback_reduce_lr_on_plateau(monitor="val_loss", factor=0.5, patience=20, min_lr=0.0001),
        rk.callback_csv_logger("log.csv"),
        rk.callback_tensorboard("logs"),
    ]
    history = model.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=300, verbose=0, callbacks=callbacks)

    losses = history.history["val_loss"]
    assert len(losses) == min(300, int(np.argmin(losses)) + 1 + 200)
    saved = keras.models.load_model("best_model.h5")
    accuracy = saved.evaluate(x_test, y_test, verbose=0)[1]
    assert accuracy == pytest.approx(max(history.history["val_acc"]))
    assert saved.evaluate(x_train, y_train, verbose=0)[1] > 0.7
    assert "Epoch 00001: val_acc improved from -inf to " in capsys.readouterr().out
    log = pd.read_csv("log.csv")
    assert log.columns.tolist() == ["epoch", "acc", "loss", "lr", "val_acc", "val_loss"]
    assert log["val_loss"].tolist() == pytest.approx(losses)
    assert history.history["lr"][0] == pytest.approx(0.001)
    assert list(Path("logs/train").glob("events*"))


@pytest.mark.tensorflow
def test_all_callbacks_in_one_training_mixed_with_keras_own(build, data):
    callbacks = [
        rk.callback_progbar_logger(count_mode="samples", stateful_metrics="acc"),
        rk.callback_model_checkpoint("weights.{epoch:02d}-{val_loss:.2f}.hdf5", period=1),
        rk.callback_early_stopping(monitor="val_loss", patience=5),
        rk.callback_learning_rate_scheduler(lambda epoch: 0.01),
        rk.callback_terminate_on_naan(),
        rk.callback_tensorboard("logs"),
        rk.callback_reduce_lr_on_plateau(),
        rk.callback_csv_logger("log.csv"),
        rk.callback_lambda(on_epoch_end=lambda epoch, logs: None),
        rk.callback_backup_and_restore("backup"),
        keras.callbacks.ModelCheckpoint("own.keras"),
        keras.callbacks.History(),
    ]
    history = build().fit(*data, validation_data=data, epochs=2, verbose=0, callbacks=callbacks)
    assert len(list(Path().glob("weights.*.hdf5"))) == 2
    assert history.history["lr"] == pytest.approx([0.01, 0.01])


@pytest.mark.once
@pytest.mark.tensorflow
def test_the_demo_runs_and_shows_what_each_callback_made(tmp_path):
    command = [sys.executable, "-m", "rkeras_py", "demo", "--directory", str(tmp_path / "demo")]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert result.returncode == 0, result.stderr[-2000:]
    for words in ("Stopped", "best_model.h5", "Learning rate", "epoch", "the server got", "event files", "History"):
        assert words in result.stdout, words
    made = {path.name for path in (tmp_path / "demo").iterdir()}
    assert {"best_model.h5", "moons.h5", "log.csv", "logs", "history.png"} <= made
    assert (tmp_path / "demo" / "history.png").stat().st_size > 20_000
    received = int(result.stdout.split("the server got ")[1].split()[0])
    assert received == len(pd.read_csv(tmp_path / "demo" / "log.csv"))
