"""callback_progbar_logger(). Section 1 of the map."""

import io
import os
import pty
import sys

import pytest

import rkeras_py as rk


def lines_of(text):
    return [line for line in text.replace("\r", "\n").split("\n") if line.strip("\b ")]


@pytest.mark.parametrize("arguments", [{}, {"count_mode": "steps"}, {"stateful_metrics": "acc"}])
def test_there_is_one_bar(build, data, capsys, arguments):
    logger = rk.callback_progbar_logger(**arguments)
    build().fit(*data, batch_size=12, epochs=2, verbose=1, callbacks=[logger])
    lines = lines_of(capsys.readouterr().out)
    assert [line for line in lines if line.startswith("Epoch")] == ["Epoch 1/2", "Epoch 2/2"]
    full = [line for line in lines if "2/2" in line and "loss: " in line]
    assert 2 <= len(full) <= 4  # Keras draws a full bar once or twice an epoch


def test_verbose_0_shows_none(build, data, capsys):
    build().fit(*data, epochs=2, verbose=0, callbacks=[rk.callback_progbar_logger()])
    assert capsys.readouterr().out == ""


def test_stateful_metrics_are_a_vector_also_if_one():
    assert rk.callback_progbar_logger(stateful_metrics="acc").stateful_metrics == ["acc"]


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(("arguments", "full"), [({}, "18/18"), ({"count_mode": "steps"}, "3/3")])
def test_samples_or_steps_as_asked(build, data, monkeypatch, arguments, full):
    monkeypatch.setattr(sys, "stdout", Terminal())
    logger = rk.callback_progbar_logger(**arguments)
    rk.fit(build(), *data, batch_size=8, validation_split=0.25, epochs=2, verbose=1, callbacks=logger)
    shown = sys.stdout.getvalue()
    assert full in shown
    first = "8/18" if full == "18/18" else "1/3"
    assert f" {first}" in shown or f"m{first}" in shown
    assert "val_loss: " in shown
    assert ("/sample" in shown) == (full == "18/18")


def test_there_are_whole_lines_where_the_output_is_no_terminal(build, data, capsys):
    rk.fit(build(), *data, batch_size=8, epochs=2, verbose=1, callbacks=rk.callback_progbar_logger())
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" - ")[0] for line in lines] == ["Epoch 1/2", "24/24", "Epoch 2/2", "24/24"]
    assert not any(escape in line for line in lines for escape in ("\x1b", "\b", "\r"))


@pytest.mark.once
@pytest.mark.tensorflow
def test_a_real_terminal_shows_a_bar_that_moves(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import keras, numpy as np, rkeras_py as rk\n"
        "model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])\n"
        "model.compile('sgd', 'mse')\n"
        "x = np.ones((10, 1))\n"
        "rk.fit(model, x, x, batch_size=4, epochs=1, verbose=1, callbacks=rk.callback_progbar_logger())\n"
    )
    process, terminal = pty.fork()
    if process == 0:
        os.execv(sys.executable, [sys.executable, str(script)])
    shown = b""
    while True:
        try:
            read = os.read(terminal, 4096)
        except OSError:  # the other end is closed
            break
        if not read:
            break
        shown += read
    os.waitpid(process, 0)
    assert b"\r" in shown or b"\b" in shown
    assert b"10/10" in shown
