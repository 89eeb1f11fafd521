"""The monitored quantity: direction, names that stand for each other, missing values. Rows 0.1 to 0.5 of the map."""

import keras
import pytest

import rkeras_py as rk
from rkeras_py.callbacks.monitored import Monitored, direction_by_name
from rkeras_py.language.notices import RKerasWarning
from rkeras_py.training import log_keys

WATCHING = {
    "early stopping": lambda **a: rk.callback_early_stopping(patience=9, **a),
    "plateau": lambda **a: rk.callback_reduce_lr_on_plateau(patience=9, **a),
    "checkpoint": lambda **a: rk.callback_model_checkpoint("m.h5", save_best_only=True, **a),
    "checkpoint of every epoch": lambda **a: rk.callback_model_checkpoint("m.h5", **a),
}

pytestmark = pytest.mark.once


SCORES = """
    acc val_acc accuracy val_binary_accuracy my_acc val_a_acc top_k_categorical_accuracy top5acc auc val_auc AUC auc_1
    precision val_recall_2 f1 f1_score fmeasure val_fmeasure r2 mean_io_u val_mean_iou cosine_similarity dice
    sensitivity_at_specificity
"""
ERRORS = """
    loss val_loss val_a_loss mse val_mae mean_squared_error rmse crossentropy val_binary_crossentropy kl_divergence
    acc_loss accuracy_error lr accel anything
"""


@pytest.mark.parametrize("name", SCORES.split())
def test_names_of_scores(name):
    assert direction_by_name(name) == "max"


@pytest.mark.parametrize("name", ERRORS.split())
def test_names_of_errors_and_all_others(name):
    assert direction_by_name(name) == "min"


@pytest.mark.parametrize("callback", WATCHING)
@pytest.mark.parametrize("monitor", ["val_acc", "my_own", "val_a_acc", "fmeasure", "r2"])
def test_auto_mode_knows_every_name(play, callback, monitor):
    _, history, _ = play([0.1, 0.2, 0.3], WATCHING[callback](monitor=monitor), monitor=monitor)
    assert len(history.epoch) == 3


@pytest.mark.parametrize("callback", [name for name in WATCHING if name != "checkpoint of every epoch"])
def test_a_name_of_nothing_warns_once_and_says_what_there_is(play, callback):
    with pytest.warns(RKerasWarning) as caught:
        _, history, _ = play([0.1, 0.2, 0.3], WATCHING[callback](monitor="val_nope"))
    assert len(history.epoch) == 3
    messages = [str(w.message) for w in caught if w.category is RKerasWarning]
    assert len(messages) == 1
    assert '`monitor` "val_nope" is not in the logs (acc, loss' in messages[0]
    assert "val_loss)" in messages[0]


def test_a_name_of_nothing_warns_once_also_where_the_logs_change(play):
    def add(epoch, logs):
        logs[f"own_{epoch}"] = 1.0

    with pytest.warns(RKerasWarning) as caught:
        play([0.1, 0.2, 0.3], rk.callback_lambda(on_epoch_end=add), rk.callback_early_stopping("val_nope", patience=9))
    assert len([w for w in caught if w.category is RKerasWarning]) == 1


def test_a_checkpoint_of_every_epoch_does_not_look_at_the_quantity(play):
    _, history, _ = play([0.1, 0.2], WATCHING["checkpoint of every epoch"](monitor="val_nope"))
    assert len(history.epoch) == 2


def test_the_metric_itself_decides_if_it_knows(build, data):
    model = build(metrics=[keras.metrics.AUC(name="quality"), keras.metrics.MeanSquaredError(name="accident")])
    model.fit(*data, verbose=0)
    directions = {}
    for name in ("quality", "val_quality", "accident", "loss", "unknown_acc"):
        watched = Monitored("test", name, "auto", 0.0, "")
        with pytest.warns(RKerasWarning, match="is not in the logs"):
            watched.read({}, model)
        directions[name] = watched.direction
    assert directions == {
        "quality": "max",
        "val_quality": "max",
        "accident": "min",
        "loss": "min",
        "unknown_acc": "max",
    }


@pytest.mark.parametrize(
    ("asked", "logged", "found"),
    [
        ("acc", ["loss", "accuracy"], "accuracy"),
        ("val_acc", ["acc", "val_accuracy"], "val_accuracy"),
        ("val_accuracy", ["val_acc"], "val_acc"),
        ("out_acc", ["out_accuracy"], "out_accuracy"),
        ("lr", ["learning_rate"], "learning_rate"),
        ("learning_rate", ["lr"], "lr"),
        ("val_auc", ["val_AUC"], "val_AUC"),
        ("AUC", ["auc"], "auc"),
        ("acc", ["acc", "accuracy"], "acc"),
        ("binacc", ["binaccuracy"], None),
        ("loss", ["val_loss"], None),
        ("Loss", ["loss"], None),
    ],
)
def test_names_that_stand_for_each_other(asked, logged, found):
    assert log_keys.find(asked, logged) == found


def test_acc_is_found_where_accuracy_is_logged(data, build):
    model = build(metrics=["accuracy"])
    best = rk.callback_model_checkpoint("best.h5", monitor="val_acc", save_best_only=True)
    with pytest.warns(RKerasWarning, match='`monitor` "val_acc" is logged as "val_accuracy"') as caught:
        history = model.fit(*data, validation_data=data, epochs=3, verbose=0, callbacks=[best])
    assert best.best == max(history.history["val_accuracy"])
    assert len([w for w in caught if w.category is RKerasWarning]) == 1


def test_several_outputs(data):
    inputs = keras.Input((3,))
    outputs = {name: keras.layers.Dense(1, name=name, activation="sigmoid")(inputs) for name in "ab"}
    model = keras.Model(inputs, outputs)
    model.compile(loss={"a": "mse", "b": "binary_crossentropy"}, metrics={"a": ["acc"], "b": ["acc"]})
    x, y = data
    callbacks = [WATCHING[name](monitor=monitor) for name in WATCHING for monitor in ("val_a_acc", "val_b_loss")]
    target = {"a": y[:, None], "b": y[:, None]}
    history = model.fit(x, target, validation_data=(x, target), epochs=2, verbose=0, callbacks=callbacks)
    assert callbacks[0].watched.direction == "max"
    assert callbacks[1].watched.direction == "min"
    assert callbacks[0].best == max(history.history["val_a_acc"])
