"""callback_csv_logger(). Section 9 of the map."""

import os
from pathlib import Path

import keras
import numpy as np
import pandas as pd
import pytest

import rkeras_py as rk


def test_pandas_reads_what_the_history_says(play):
    _, history, _ = play([0.5, 0.25], rk.callback_csv_logger("runs/first/log.csv"))
    log = pd.read_csv("runs/first/log.csv")
    assert log["epoch"].tolist() == [0, 1]
    for name in ("loss", "acc", "val_loss"):
        assert log[name].tolist() == pytest.approx(history.history[name])


def test_the_separator(play):
    play([0.5], rk.callback_csv_logger("log.csv", separator="\t"))
    assert pd.read_csv("log.csv", sep="\t")["val_loss"].tolist() == [0.5]


@pytest.mark.parametrize(("append", "epochs"), [(True, [0, 1, 0]), (False, [0])])
def test_append(play, append, epochs):
    play([0.5, 0.4], rk.callback_csv_logger("log.csv"))
    play([0.3], rk.callback_csv_logger("log.csv", append=append))
    assert pd.read_csv("log.csv")["epoch"].tolist() == epochs


def test_rows_survive_an_error(play):
    def fail(epoch):
        if epoch == 2:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        play([0.5] * 3, rk.callback_csv_logger("log.csv"), rk.callback_lambda(on_epoch_begin=fail))
    assert pd.read_csv("log.csv")["epoch"].tolist() == [0, 1]


def log(epochs, *callbacks, **arguments):
    """Plays quantities, a dict an epoch, into the logs of a real training."""

    def change(epoch, logs):
        logs.clear()
        logs.update(epochs[epoch])

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    callbacks = [rk.callback_lambda(on_epoch_end=change), *callbacks]
    rk.fit(model, np.ones((2, 1)), np.ones(2), epochs=len(epochs), verbose=0, callbacks=callbacks, **arguments)


def test_there_are_the_columns_of_what_is_logged_and_no_others(build, data):
    build().fit(*data, epochs=2, verbose=0, callbacks=[rk.callback_csv_logger("log.csv")])
    assert pd.read_csv("log.csv").columns.tolist() == ["epoch", "acc", "loss"]


def test_what_is_logged_later_is_not_lost():
    log([{"loss": 1.0}, {"loss": 0.5, "val_loss": 0.75}, {"auc": 0.9, "loss": 0.25}], rk.callback_csv_logger("log.csv"))
    table = pd.read_csv("log.csv")
    assert table.columns.tolist() == ["epoch", "loss", "val_loss", "auc"]
    assert table.fillna(-1).to_numpy().tolist() == [[0, 1, -1, -1], [1, 0.5, 0.75, -1], [2, 0.25, -1, 0.9]]
    assert os.listdir() == ["log.csv"]


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_appending_goes_by_the_names_of_the_columns(end):
    Path("log.csv").write_text("epoch,val_loss,learning_rate,acc\r\n0,9,0.5,0.25" + end, newline="")
    logs = [{"accuracy": 0.5, "loss": 1.0, "lr": 0.1}, {"accuracy": 0.75, "val_loss": 8.0}]
    log(logs, rk.callback_csv_logger("log.csv", append=True))
    table = pd.read_csv("log.csv")
    assert table.columns.tolist() == ["epoch", "val_loss", "learning_rate", "acc", "loss"]
    assert table.fillna(-1).to_numpy().tolist() == [[0, 9, 0.5, 0.25, -1], [0, -1, 0.1, 0.5, 1], [1, 8, -1, 0.75, -1]]


def test_appending_to_nothing_writes_a_header():
    Path("log.csv").write_text("")
    for _ in range(2):
        log([{"loss": 1.0}], rk.callback_csv_logger("log.csv", append=True))
    assert pd.read_csv("log.csv").to_numpy().tolist() == [[0, 1], [0, 1]]


@pytest.mark.parametrize("text", ["epoch;loss\n0;1\n", "a,b\n1,2\n", b"\xff\xfe\n"])
def test_a_file_that_is_no_such_log_is_refused_and_left_alone(text):
    content = text if isinstance(text, bytes) else text.encode()
    Path("log.csv").write_bytes(content)
    with pytest.raises(rk.ArgumentError, match='`filename` must be the name of a log with the separator ","'):
        rk.callback_csv_logger("log.csv", append=True)
    assert Path("log.csv").read_bytes() == content


def test_values_are_written_once_quoted_short_and_in_utf_8():
    values = {"\u635f\u5931": 0.5, "array": np.array([1.0, 2.5]), "single": np.float32(0.1), "list": [1, "a"]}
    log([{**values, "tensor": keras.ops.ones(2), "word": 'say "no", now'}], rk.callback_csv_logger("log.csv"))
    text = Path("log.csv").read_bytes().decode("utf-8")
    assert text.splitlines()[1] == '0,"[1.0, 2.5]","[1, a]",0.1,"[1.0, 1.0]","say ""no"", now",0.5'
    table = pd.read_csv("log.csv", encoding="utf-8")
    assert table.columns.tolist() == ["epoch", "array", "list", "single", "tensor", "word", "\u635f\u5931"]
    assert table["array"][0] == "[1.0, 2.5]"


def test_numbers_are_read_back_as_they_were():
    numbers = [float(np.float32(0.1)), 1 / 3, 1e-30, 123456789.0, float("inf")]
    log([{"loss": number} for number in numbers], rk.callback_csv_logger("log.csv"))
    read = pd.read_csv("log.csv")["loss"]
    assert np.float32(read).tolist() == np.float32(numbers).tolist()
    assert read[1] == 1 / 3


def test_the_columns_are_there_after_an_early_stop_and_nan(play):
    play([0.5, float("nan"), 0.7], rk.callback_early_stopping(patience=1), rk.callback_csv_logger("log.csv"))
    table = pd.read_csv("log.csv")
    assert len(table) == 2
    assert np.isnan(table["val_loss"][1])
