"""callback_csv_logger(). Rows 9.11, 9.15 and 9.16 of the map; its columns have their own issue."""

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
