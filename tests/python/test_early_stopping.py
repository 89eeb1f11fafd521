"""callback_early_stopping(): decisions are those of Keras 2.2.4. Section 3 of the map."""

import math

import numpy as np
import pytest

import rkeras_py as rk

NAN = math.nan

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("values", "arguments", "epochs"),
    [
        ([0.5, 0.6, 0.4, 0.3], {}, 2),
        ([0.5, 0.6, 0.4, 0.3], {"patience": 1}, 2),
        ([0.5, 0.6, 0.4, 0.5, 0.5], {"patience": 2}, 5),
        ([0.5, 0.5, 0.4], {}, 2),
        ([0.5, 0.45, 0.42, 0.3], {"min_delta": 0.06}, 2),
        ([0.50, 0.52, 0.54, 0.56], {"min_delta": -0.1}, 4),
        ([0.5, 0.6, 0.7, 0.6], {"mode": "max"}, 4),
        ([0.5, 0.4, 0.7], {"mode": "max"}, 2),
        # Not beating the baseline within `patience` stops, also while the values get better.
        ([0.9, 0.8, 0.7, 0.6, 0.55], {"baseline": 0.5, "patience": 2}, 2),
        ([0.9, 0.4, 0.5, 0.5, 0.5], {"baseline": 0.5, "patience": 2}, 4),
        ([0.9, 0.8], {"baseline": 0.5}, 1),
        # NaN is no improvement, and what follows may still be one.
        ([NAN, 0.5, 0.4, 0.3], {"patience": 2}, 4),
        ([NAN, 0.5, 0.4], {}, 1),
        ([math.inf, 0.5, 0.4], {"patience": 2}, 3),
        ([0.5, NAN, NAN, 0.1], {"patience": 2}, 3),
        ([-math.inf, 0.5, 0.4], {"patience": 2, "mode": "max"}, 3),
        ([0.9, 0.9, 0.9, 0.5, 0.6, 0.4], {"start_from_epoch": 3}, 5),
        # An epoch without the quantity is passed over.
        ([0.5, None, None, 0.4, 0.5], {"patience": 2}, 5),
    ],
)
@pytest.mark.filterwarnings("ignore::rkeras_py.language.notices.RKerasWarning")
def test_when_it_stops(play, values, arguments, epochs):
    stopping = rk.callback_early_stopping(**arguments)
    _, history, _ = play(values, stopping)
    assert len(history.epoch) == epochs
    if epochs < len(values):
        assert stopping.stop_reason
        assert stopping.stopped_epoch == epochs - 1


@pytest.mark.parametrize(
    ("values", "arguments", "best"),
    [
        ([0.5, 0.4, 0.6, 0.7, 0.1], {"patience": 2}, 1),
        ([0.5, 0.4, 0.6, 0.7], {"patience": 9}, 1),
        ([0.9, 0.8, 0.85, 0.1], {"patience": 3, "baseline": 0.5}, 1),
        ([NAN, 0.5, 0.6, 0.7], {"patience": 2}, 1),
        ([0.5, NAN, NAN], {"patience": 2}, 0),
        ([0.5, 0.6, 0.4], {"patience": 2, "mode": "max"}, 1),
    ],
)
def test_the_best_epoch_is_restored(play, values, arguments, best):
    script, _, model = play(values, rk.callback_early_stopping(restore_best_weights=True, **arguments))
    for restored, then in zip(model.get_weights(), script.weights[best], strict=True):
        np.testing.assert_array_equal(restored, then)


@pytest.mark.parametrize("values", [[NAN, NAN, NAN], [math.inf, math.inf]])
def test_nothing_is_restored_if_nothing_was_ever_good(play, values):
    script, _, model = play(values, rk.callback_early_stopping(restore_best_weights=True, patience=9))
    np.testing.assert_array_equal(model.get_weights()[0], script.weights[-1][0])


def test_the_last_weights_stay_without_restoring(play):
    script, _, model = play([0.5, 0.4, 0.6], rk.callback_early_stopping())
    np.testing.assert_array_equal(model.get_weights()[0], script.weights[2][0])


def test_a_second_training_starts_clean(play):
    stopping = rk.callback_early_stopping(patience=2, restore_best_weights=True)
    play([0.1, 0.2, 0.3], stopping)
    script, history, model = play([0.9, 0.8, 0.85, 0.86, 0.1], stopping)
    assert len(history.epoch) == 4
    np.testing.assert_array_equal(model.get_weights()[0], script.weights[1][0])


def test_what_it_says(play, capsys):
    play([0.5, 0.4, 0.6], rk.callback_early_stopping(verbose=1, restore_best_weights=True))
    assert capsys.readouterr().out == (
        "Restoring model weights from the end of the best epoch\nEpoch 00003: early stopping\n"
    )


def test_a_stop_at_the_first_epoch_is_said(play, capsys):
    play([NAN, 0.4], rk.callback_early_stopping(verbose=1))
    assert capsys.readouterr().out == "Epoch 00001: early stopping\n"
