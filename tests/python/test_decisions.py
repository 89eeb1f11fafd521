"""Decisions over random sequences of logs, against the rules of Keras 2.2.4 and, where it keeps them, against tf_keras.

The callbacks are driven by their hooks, on a real model, without the training between them: 1500 sequences a callback.

Where tf_keras is not asked, because it decides differently (numbers of the rows of "What changed"): NaN or an infinite
first value (0.3, 0.4), a baseline (3.3), negative `min_delta` in early stopping (3.6), a missing value together with
saving the best (2.7). The `min_delta`s are sums of powers of two: Keras 2 adds it to the value or takes it from the
best, which is the same but for the last bit.
"""

import math
import os
import random

import keras
import legacy_rules
import numpy as np
import pytest
import tf_keras

import rkeras_py as rk

pytestmark = [pytest.mark.once, pytest.mark.filterwarnings("ignore::rkeras_py.language.notices.RKerasWarning")]
SEQUENCES = 1500


@pytest.fixture(scope="module")
def model():
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse")
    return model


@pytest.fixture(scope="module")
def old_model():
    model = tf_keras.Sequential([tf_keras.layers.Dense(1, input_shape=(1,))])
    model.compile(optimizer=tf_keras.optimizers.SGD(0.1), loss="mse")
    return model


def draw(seed):
    """A random sequence of values, with the odd ones among them in every third, and whether there are any."""
    chance = random.Random(seed)
    odd = seed % 3 == 0
    values = [round(chance.uniform(0, 1), chance.choice([1, 2, 6])) for _ in range(chance.randint(1, 12))]
    if odd:
        for _ in range(chance.randint(1, 3)):
            values[chance.randrange(len(values))] = chance.choice([math.nan, math.inf, -math.inf, None])
    return chance, values, odd


def play(callback, model, values):
    """Drives a callback through epochs; returns the epoch that it stopped at, or None."""
    callback.set_params({"epochs": len(values), "steps": 1, "verbose": 0})
    callback.set_model(model)
    model.stop_training = False
    callback.on_train_begin({})
    for epoch, value in enumerate(values):
        callback.on_epoch_begin(epoch, {})
        callback.on_epoch_end(epoch, {"loss": 0.5} if value is None else {"loss": 0.5, "q": value})
        if model.stop_training:
            return epoch
    return None


def test_early_stopping(model, old_model):
    asked = 0
    for seed in range(SEQUENCES):
        chance, values, odd = draw(seed)
        arguments = {
            "mode": chance.choice(["min", "max"]),
            "min_delta": chance.choice([0, 0, 0.0625, 0.3125, -0.125]),
            "patience": chance.randint(0, 4),
            "baseline": chance.choice([None, None, 0.1, 0.5, 0.9]),
        }
        callback = rk.callback_early_stopping(monitor="q", restore_best_weights=True, **arguments)
        stopped = play(callback, model, values)
        best = callback.best_epoch if callback.best_weights is not None else None
        assert (stopped, best) == legacy_rules.early_stopping(values, **arguments), (seed, values, arguments)
        if not odd and arguments["baseline"] is None and arguments["min_delta"] >= 0:
            asked += 1
            old = tf_keras.callbacks.EarlyStopping(monitor="q", **arguments)
            assert stopped == play(old, old_model, values), (seed, values, arguments)
    assert asked > 300


def test_reduce_lr_on_plateau(model, old_model):
    asked = 0
    for seed in range(SEQUENCES):
        chance, values, odd = draw(seed)
        arguments = {
            "mode": chance.choice(["min", "max"]),
            "min_delta": chance.choice([0, 2**-13, 0.0625, 0.3125, -0.125]),
            "patience": chance.randint(0, 4),
            "factor": chance.choice([0.1, 0.5]),
            "cooldown": chance.randint(0, 3),
            "min_lr": chance.choice([0, 0.01]),
        }
        rates = []
        model.optimizer.learning_rate = 0.5
        callback = rk.callback_reduce_lr_on_plateau(monitor="q", **arguments)
        note_rates(callback, model.optimizer, rates)
        play(callback, model, values)
        assert rates == pytest.approx(legacy_rules.reduce_lr(values, **arguments, rate=0.5)), (seed, values, arguments)
        if not odd:
            asked += 1
            old_rates = []
            old_model.optimizer.learning_rate = 0.5
            old = tf_keras.callbacks.ReduceLROnPlateau(monitor="q", **arguments)
            note_rates(old, old_model.optimizer, old_rates)
            play(old, old_model, values)
            assert rates == pytest.approx(old_rates), (seed, values, arguments)
    assert asked > 900


def note_rates(callback, optimizer, rates):
    ended = callback.on_epoch_end

    def on_epoch_end(epoch, logs=None):
        ended(epoch, logs)
        rates.append(float(np.asarray(optimizer.learning_rate)))

    callback.on_epoch_end = on_epoch_end


def test_model_checkpoint(model, old_model, tmp_path):
    asked = 0
    for seed in range(SEQUENCES):
        chance, values, odd = draw(seed)
        mode, threshold = chance.choice(["min", "max"]), chance.choice([None, None, 0.5])
        arguments = {"monitor": "q", "save_best_only": True, "save_weights_only": True, "mode": mode}
        arguments["initial_value_threshold"] = threshold
        file = tmp_path / "{epoch}.h5"
        play(rk.callback_model_checkpoint(file, **arguments), model, values)
        saved = epochs_saved(tmp_path)
        assert saved == legacy_rules.checkpoint(values, mode, threshold), (seed, values, mode, threshold)
        if not odd and seed % 5 == 0:  # it writes slowly
            asked += 1
            old = tf_keras.callbacks.ModelCheckpoint(str(file), **arguments)
            play(old, old_model, values)
            assert saved == epochs_saved(tmp_path), (seed, values, mode, threshold)
    assert asked >= 200


def epochs_saved(directory):
    """The epochs, from 0, of the files there are, which are then removed."""
    files = list(os.scandir(directory))
    for file in files:
        os.unlink(file.path)
    return sorted(int(file.name.split(".")[0]) - 1 for file in files)
