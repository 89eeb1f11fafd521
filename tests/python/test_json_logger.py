"""callback_json_logger()."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import rkeras_py as rk


def test_pandas_reads_a_row_an_epoch(play):
    _, history, _ = play([0.5, 0.25], rk.callback_json_logger("runs/log.jsonl"))
    table = pd.read_json("runs/log.jsonl", lines=True)
    assert table.columns[0] == "epoch"
    assert table["epoch"].tolist() == [0, 1]
    assert table["loss"].tolist() == pytest.approx(history.history["loss"], rel=1e-12)


def test_every_line_is_json_whatever_is_logged(play):
    def add(epoch, logs):
        logs.update({"\u635f\u5931": np.float32(0.5), "array": np.ones(2), "epoch": 7})

    play([float("nan"), float("inf")], rk.callback_lambda(on_epoch_end=add), rk.callback_json_logger("log.jsonl"))
    lines = Path("log.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line, parse_constant=lambda name: pytest.fail(f"{name} is not JSON")) for line in lines]
    assert [(row["epoch"], row["val_loss"], row["\u635f\u5931"], row["array"]) for row in rows] == [
        (0, None, 0.5, [1, 1]),
        (1, None, 0.5, [1, 1]),
    ]


@pytest.mark.parametrize(("append", "epochs"), [(True, [0, 0, 1]), (False, [0, 1])])
def test_append(play, append, epochs):
    Path("log.jsonl").write_text('{"epoch": 0}')
    play([0.5, 0.4], rk.callback_json_logger("log.jsonl", append=append))
    assert [json.loads(line)["epoch"] for line in Path("log.jsonl").read_text().splitlines()] == epochs


def test_lines_survive_an_error(build, data):
    def fail(epoch):
        if epoch == 2:
            raise RuntimeError

    logger = rk.callback_json_logger("log.jsonl")
    with pytest.raises(RuntimeError):
        rk.fit(build(), *data, epochs=3, verbose=0, callbacks=[logger, rk.callback_lambda(on_epoch_begin=fail)])
    assert len(Path("log.jsonl").read_text().splitlines()) == 2
