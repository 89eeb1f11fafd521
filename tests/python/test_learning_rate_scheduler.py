"""callback_learning_rate_scheduler(). Section 4 of the map."""

import functools
import math

import keras
import numpy as np
import pytest

import rkeras_py as rk

pytestmark = pytest.mark.once


class Halving:
    def __call__(self, epoch, lr):
        return lr / 2


def by_table(epoch, table=(0.3, 0.2, 0.1)):
    return table[epoch]


def step(drop, epoch):
    return 0.1 * drop**epoch


def halved(epoch, lr=0.5):
    return lr / 2


@pytest.mark.parametrize(
    ("schedule", "rates"),
    [
        (lambda epoch: 0.1 / (epoch + 1), [0.1, 0.05, 0.1 / 3]),
        (lambda epoch, lr: lr / 2, [0.05, 0.025, 0.0125]),
        (lambda i, x: x / 2, [0.05, 0.025, 0.0125]),
        (lambda *arguments: arguments[1] / 2, [0.05, 0.025, 0.0125]),
        (Halving(), [0.05, 0.025, 0.0125]),
        (by_table, [0.3, 0.2, 0.1]),
        (halved, [0.05, 0.025, 0.0125]),
        (functools.partial(step, 0.5), [0.1, 0.05, 0.025]),
        (lambda epoch: 1, [1, 1, 1]),
        (lambda epoch: np.float32(0.5), [0.5] * 3),
        (lambda epoch: np.float16(0.5), [0.5] * 3),
        (lambda epoch: np.array(0.5), [0.5] * 3),
        (lambda epoch: [0.5], [0.5] * 3),
        (lambda epoch: keras.ops.convert_to_tensor(0.5), [0.5] * 3),
        (keras.optimizers.schedules.ExponentialDecay(0.1, 1, 0.5), [0.1, 0.05, 0.025]),
    ],
)
def test_schedules_of_one_argument_and_of_two(play, schedule, rates):
    _, history, _ = play([0.5] * 3, rk.callback_learning_rate_scheduler(schedule))
    assert history.history["lr"] == pytest.approx(rates)


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        *[(None, "None"), (True, "True"), (math.nan, "nan"), (math.inf, "inf"), (-0.1, "-0.1"), ("0.1", '"0.1"')],
        *[([0.1, 0.2], r"\[0.1, 0.2\]"), ([], "an empty vector")],
    ],
)
def test_what_is_no_rate_is_refused(play, rate, shown):
    message = rf"`schedule` must return a number >= 0, not {shown} \(for epoch 1, counted from 0\)\."
    with pytest.raises(rk.ArgumentError, match=message):
        play([0.5] * 3, rk.callback_learning_rate_scheduler(lambda epoch: 0.1 if epoch == 0 else rate))


@pytest.mark.parametrize("error", [TypeError, ValueError, KeyError, ZeroDivisionError])
def test_an_error_in_the_schedule_arrives_as_it_is(play, error):
    calls = []

    def schedule(epoch, lr):
        calls.append(epoch)
        raise error("of the user's own")

    with pytest.raises(error, match="of the user's own"):
        play([0.5], rk.callback_learning_rate_scheduler(schedule))
    assert calls == [0]


def test_what_it_says(play, capsys):
    play([0.5], rk.callback_learning_rate_scheduler(lambda epoch: 0.5, verbose=1))
    assert capsys.readouterr().out == "\nEpoch 00001: LearningRateScheduler setting learning rate to 0.5.\n"


def test_an_optimizer_with_a_schedule_is_refused(build, data):
    model = build(optimizer=keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)))
    with pytest.raises(ValueError, match=r"callback_learning_rate_scheduler\(\): the learning rate of SGD follows a"):
        model.fit(*data, verbose=0, callbacks=[rk.callback_learning_rate_scheduler(lambda epoch: 0.1)])
