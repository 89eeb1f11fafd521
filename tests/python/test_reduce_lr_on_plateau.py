"""callback_reduce_lr_on_plateau(). Section 5 of the map."""

import math

import keras
import pytest

import rkeras_py as rk

NAN = math.nan

pytestmark = pytest.mark.once


def rate_of(model):
    return float(keras.ops.convert_to_numpy(model.optimizer.learning_rate))


@pytest.mark.parametrize(
    ("values", "arguments", "rate"),
    [
        ([0.5, 0.5, 0.5], {"patience": 1}, 0.025),
        ([0.5, 0.5, 0.5], {"patience": 0}, 0.025),
        ([0.5, 0.5, 0.5], {"patience": 2}, 0.05),
        ([0.5, 0.4, 0.3], {"patience": 1}, 0.1),
        ([0.5, 0.6, 0.7], {"patience": 1, "mode": "max"}, 0.1),
        ([0.5, 0.5, 0.5, 0.5], {"patience": 1, "cooldown": 1}, 0.0125),
        ([0.5, 0.5, 0.5, 0.5], {"patience": 1, "cooldown": 2}, 0.025),
        ([0.5, 0.5, 0.5, 0.5], {"patience": 1, "min_lr": 0.03}, 0.03),
        ([0.50, 0.52, 0.54], {"patience": 1, "min_delta": -0.1}, 0.1),
        ([NAN, 0.5, 0.4, 0.3], {"patience": 1}, 0.05),
        ([0.5, 0.4995, 0.499], {"patience": 1, "epsilon": 0.01}, 0.025),
        ([0.5, 0.4995, 0.499], {"patience": 1}, 0.1),
    ],
)
def test_the_rate_at_the_end(play, values, arguments, rate):
    _, _, model = play(values, rk.callback_reduce_lr_on_plateau(factor=0.5, **arguments))
    assert rate_of(model) == pytest.approx(rate)


def test_the_rate_in_force_is_logged_as_lr(play):
    _, history, _ = play([0.5, 0.5, 0.5], rk.callback_reduce_lr_on_plateau(factor=0.5, patience=1))
    assert history.history["lr"] == pytest.approx([0.1, 0.1, 0.05])
    assert all(type(rate) is float for rate in history.history["lr"])
    assert "learning_rate" not in history.history


def test_a_second_training_starts_clean(play):
    plateau = rk.callback_reduce_lr_on_plateau(factor=0.5, patience=2)
    play([0.1, 0.2], plateau)
    _, _, model = play([0.9, 0.8], plateau)
    assert rate_of(model) == pytest.approx(0.1)


def test_what_it_says(play, capsys):
    play([0.5, 0.5], rk.callback_reduce_lr_on_plateau(factor=0.5, patience=1, verbose=1))
    said = capsys.readouterr().out
    assert said.startswith("\nEpoch 00002: ReduceLROnPlateau reducing learning rate to 0.05")


def test_an_optimizer_with_a_schedule_is_refused_before_the_first_epoch(build, data):
    schedule = keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)
    model = build(optimizer=keras.optimizers.SGD(schedule))
    epochs = []
    with pytest.raises(ValueError, match=r"callback_reduce_lr_on_plateau\(\): the learning rate of SGD follows a"):
        model.fit(
            *data,
            verbose=0,
            callbacks=[
                rk.callback_reduce_lr_on_plateau(),
                rk.callback_lambda(on_epoch_begin=lambda epoch: epochs.append(epoch)),
            ],
        )
    assert epochs == []
