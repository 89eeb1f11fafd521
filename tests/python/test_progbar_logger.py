"""callback_progbar_logger(). Section 1 of the map."""

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
