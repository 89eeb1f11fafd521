"""callback_model_checkpoint(): file names, `period`, what is best. Section 2 of the map."""

import math
import os
import warnings
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.language.notices import RKerasWarning


def files(pattern="*"):
    return sorted(path.name for path in Path().glob(pattern))


def weights_equal(model, weights):
    return all(np.array_equal(a, b) for a, b in zip(model.get_weights(), weights, strict=True))


@pytest.mark.parametrize("name", ["m.keras", "m.h5", "m.hdf5"])
def test_keras_loads_a_model_under_the_name_asked_for(play, data, name):
    script, _, model = play([0.5, 0.4], rk.callback_model_checkpoint(name))
    loaded = keras.models.load_model(name)
    assert weights_equal(loaded, script.weights[-1])
    np.testing.assert_allclose(loaded.predict(data[0], verbose=0), model.predict(data[0], verbose=0), rtol=1e-6)
    loaded.fit(*data, verbose=0)  # Keras refuses to go on with what it saves as .h5 itself
    assert files() == [name]


@pytest.mark.parametrize("name", ["m.h5", "m.hdf5", "m.H5", "m.hd5", "m", "best.model", "模型"])
def test_load_model_hdf5_loads_a_model_under_any_name(play, name):
    script, _, _ = play([0.5, 0.4], rk.callback_model_checkpoint(name))
    assert h5py.is_hdf5(name)
    assert weights_equal(rk.load_model_hdf5(name), script.weights[-1])


@pytest.mark.parametrize("name", ["w.weights.h5", "w.h5", "w.hdf5", "w.keras"])
def test_keras_loads_weights_under_the_name_asked_for(play, build, name):
    script, _, _ = play([0.5, 0.4], rk.callback_model_checkpoint(name, save_weights_only=True))
    fresh = build()
    fresh.load_weights(name)
    assert weights_equal(fresh, script.weights[-1])


@pytest.mark.parametrize("name", ["w.weights.h5", "w.h5", "w.hdf5", "w.H5", "w.hd5", "w", "权重"])
def test_load_model_weights_hdf5_loads_weights_under_any_name(play, build, name):
    script, _, _ = play([0.5, 0.4], rk.callback_model_checkpoint(name, save_weights_only=True))
    fresh = build()
    assert rk.load_model_weights_hdf5(fresh, name) is fresh
    assert weights_equal(fresh, script.weights[-1])


def test_the_template_of_the_books(play):
    play([0.512, 0.498], rk.callback_model_checkpoint("checkpoints/weights.{epoch:02d}-{val_loss:.2f}.hdf5"))
    assert files("checkpoints/*") == ["weights.01-0.51.hdf5", "weights.02-0.50.hdf5"]


TEMPLATES = {
    "{epoch}.h5": ("1.h5", None),
    "{accuracy:.0f}.h5": ("1.h5", "`{accuracy}` in `filepath` is logged as `acc`"),
    "{val_accuracy:.0f}.h5": ("3.h5", "`{val_accuracy}` in `filepath` is logged as `val_acc`"),
    "{lr:.3f}.h5": ("0.100.h5", None),
    "{learning_rate:.3f}.h5": ("0.100.h5", "`{learning_rate}` in `filepath` is logged as `lr`"),
    "{{run}}-{epoch}.h5": ("{run}-1.h5", None),
    "{val_my-own}.h5": ("5.h5", None),
}


@pytest.mark.parametrize("template", TEMPLATES)
def test_names_in_templates(build, data, template):
    name, said = TEMPLATES[template]
    fixed = rk.callback_lambda(on_epoch_end=lambda _, logs: logs.update({"acc": 1, "val_acc": 3, "val_my-own": 5}))
    model = build(optimizer=keras.optimizers.SGD(0.1))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", RKerasWarning)
        model.fit(*data, epochs=2, verbose=0, callbacks=[fixed, rk.callback_model_checkpoint(template)])
    assert name in files()
    messages = [str(warning.message) for warning in caught if warning.category is RKerasWarning]
    assert [said in message for message in messages] == ([True] if said else [])


def test_a_field_that_is_not_in_the_logs_names_what_is(play):
    with pytest.raises(rk.ArgumentError) as caught:
        play([0.5], rk.callback_model_checkpoint("{val_los:.2f}.h5"))
    assert str(caught.value) == (
        'callback_model_checkpoint(): `filepath` "{val_los:.2f}.h5" has the field `val_los`, which is not in the logs. '
        "Available: acc, epoch, loss, val_loss. Did you mean `val_loss`?"
    )


def test_a_format_that_does_not_suit_its_value(play):
    with pytest.raises(rk.ArgumentError, match=r"`filepath` \"\{val_loss:d\}.h5\" cannot be filled in: "):
        play([0.5], rk.callback_model_checkpoint("{val_loss:d}.h5"))


@pytest.mark.parametrize(("period", "saved"), [(1, "123456"), (2, "246"), (4, "4"), (7, ""), (None, "123456")])
def test_period_counts_epochs(play, period, saved):
    play([0.5] * 6, rk.callback_model_checkpoint("{epoch}.h5", period=period))
    assert files() == [f"{epoch}.h5" for epoch in saved]


def test_period_begins_anew_with_each_training(play):
    checkpoint = rk.callback_model_checkpoint("{epoch}.h5", period=3)
    play([0.5] * 5, checkpoint)
    play([0.5] * 2, checkpoint)
    assert files() == ["3.h5"]


def test_the_best_is_saved_whatever_the_period(play):
    play([0.5, 0.6, 0.1, 0.4], rk.callback_model_checkpoint("{epoch}.h5", period=2, save_best_only=True))
    assert files() == ["1.h5", "3.h5"]


@pytest.mark.parametrize(
    ("values", "arguments", "saved"),
    [
        ([0.5, 0.6, 0.4, 0.4], {}, "13"),
        ([0.5, 0.6, 0.4], {"mode": "max"}, "12"),
        ([math.nan, 0.5, math.nan, 0.4], {}, "24"),
        ([math.inf, 0.5], {}, "2"),
        ([0.5, None, 0.4], {}, "13"),
        ([0.5, 0.4, 0.2], {"initial_value_threshold": 0.45}, "23"),
    ],
)
@pytest.mark.filterwarnings("ignore::rkeras_py.language.notices.RKerasWarning")
def test_what_is_best(play, values, arguments, saved):
    play(values, rk.callback_model_checkpoint("{epoch}.h5", save_best_only=True, **arguments))
    assert files() == [f"{epoch}.h5" for epoch in saved]


def test_nothing_is_saved_without_the_quantity(play):
    with pytest.warns(RKerasWarning, match="is not in the logs .*: nothing is saved"):
        play([None, None], rk.callback_model_checkpoint("{epoch}.h5", save_best_only=True))
    assert files() == []


def test_the_best_outlives_a_training(play):
    checkpoint = rk.callback_model_checkpoint("{epoch}.h5", save_best_only=True)
    play([0.5, 0.2], checkpoint)
    play([0.4, 0.3, 0.1], checkpoint)
    assert files() == ["1.h5", "2.h5", "3.h5"]
    assert checkpoint.best == 0.1


@pytest.mark.parametrize("save_freq", [3, 3.0])
def test_save_freq_counts_batches(play, save_freq):
    play([0.5] * 3, rk.callback_model_checkpoint("{epoch}-{batch}.h5", save_freq=save_freq), batch_size=6)
    assert files() == ["1-3.h5", "2-2.h5", "3-1.h5", "3-4.h5"]


def test_save_freq_with_several_steps_per_execution(data):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile(loss="mse", steps_per_execution=2)
    checkpoint = rk.callback_model_checkpoint("{epoch}-{batch}.h5", save_freq=4)
    model.fit(*data, batch_size=4, epochs=2, verbose=0, callbacks=[checkpoint])
    assert files() == ["1-4.h5", "2-2.h5", "2-6.h5"]


def test_period_without_meaning_warns():
    with pytest.warns(RKerasWarning, match="`period` counts epochs and is without meaning where `save_freq`"):
        rk.callback_model_checkpoint("a.h5", period=2, save_freq=10)


def test_what_it_says(play, capsys):
    play([0.512, 0.6, 0.4981], rk.callback_model_checkpoint("best.h5", save_best_only=True, verbose=1))
    assert capsys.readouterr().out == (
        "\nEpoch 00001: val_loss improved from inf to 0.51200, saving model to best.h5\n"
        "\nEpoch 00002: val_loss did not improve from 0.51200\n"
        "\nEpoch 00003: val_loss improved from 0.51200 to 0.49810, saving model to best.h5\n"
    )


def test_what_it_says_of_every_epoch(play, capsys):
    play([0.5], rk.callback_model_checkpoint("m{epoch}.h5", verbose=1))
    assert capsys.readouterr().out == "\nEpoch 00001: saving model to m1.h5\n"


def test_a_failed_save_leaves_the_file_before_it_and_no_litter(play, monkeypatch):
    checkpoint = rk.callback_model_checkpoint("best.h5", save_best_only=True)
    play([0.5], checkpoint)
    before = Path("best.h5").read_bytes()

    def full(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left on device"):
        play([0.4], checkpoint)
    assert Path("best.h5").read_bytes() == before
    assert files() == ["best.h5"]
    assert checkpoint.best == 0.5


def test_a_saved_file_has_the_permissions_of_any_new_file(play):
    play([0.5], rk.callback_model_checkpoint("m.h5"))
    Path("other").touch()
    assert Path("m.h5").stat().st_mode == Path("other").stat().st_mode


def test_a_template_that_becomes_a_directory(play):
    Path("1").mkdir()
    with pytest.raises(
        rk.FileError, match=r"callback_model_checkpoint\(\): 1 could not be written \(it is a directory\)"
    ):
        play([0.5], rk.callback_model_checkpoint("{epoch}"))
