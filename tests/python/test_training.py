"""fit(), evaluate(), predict() and last_history()."""

import csv

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.notices import RKerasWarning


def test_fit_is_keras_own(build, data):
    ours = rk.fit(build(), *data, epochs=2, batch_size=8, verbose=0, validation_split=0.25, shuffle=False)
    keras.utils.set_random_seed(7)
    theirs = build().fit(*data, epochs=2, batch_size=8, verbose=0, validation_split=0.25, shuffle=False)
    assert ours.history == theirs.history
    assert isinstance(ours, keras.callbacks.History)


def test_the_default_is_ten_epochs(build, data):
    assert len(rk.fit(build(), *data, verbose=0).epoch) == 10


@pytest.mark.parametrize("shape", ["bare", "list", "tuple", "nested", "none"])
def test_callbacks_of_any_shape(build, data, shape):
    seen = []
    one = rk.callback_lambda(on_epoch_end=lambda epoch: seen.append(epoch))
    shapes = {"bare": one, "list": [one], "tuple": (one,), "nested": [[one], None, []], "none": None}
    rk.fit(build(), *data, epochs=2, verbose=0, callbacks=shapes[shape])
    assert seen == ([] if shape == "none" else [0, 1])


@pytest.mark.parametrize(
    ("callbacks", "shown", "hint"),
    [
        (rk.KerasCallback, "the class KerasCallback", " Perhaps you forgot the parentheses?"),
        ([print], r"\[the function print\]", ""),
        ("early_stopping", '"early_stopping"', ""),
    ],
)
def test_what_is_no_callback_is_refused(build, data, callbacks, shown, hint):
    message = rf"fit\(\): `callbacks` must be a callback or a list of callbacks or None, not {shown}\.{hint}$"
    with pytest.raises(rk.ArgumentError, match=message.replace("?$", r"\?$")):
        rk.fit(build(), *data, callbacks=callbacks)


def test_validation_data_as_a_list(build, data):
    history = rk.fit(build(), *data, epochs=1, verbose=0, validation_data=list(data))
    assert "val_loss" in history.history


def test_class_weight_by_names(build, data):
    weighted = rk.fit(build(), *data, epochs=1, verbose=0, shuffle=False, class_weight={"0": 1.0, "1": 0.0})
    keras.utils.set_random_seed(7)
    plain = build().fit(*data, epochs=1, verbose=0, shuffle=False, class_weight={0: 1.0, 1: 0.0})
    assert weighted.history == plain.history
    with pytest.raises(rk.ArgumentError, match=r"`class_weight` must be weights named by the numbers of the classes"):
        rk.fit(build(), *data, class_weight={"first": 1.0})


def test_view_metrics_warns(build, data):
    with pytest.warns(RKerasWarning, match=r"fit\(\): `view_metrics` is not used: there is no live view"):
        rk.fit(build(), *data, epochs=1, verbose=0, view_metrics=True)


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_files_are_closed_and_the_history_is_kept_when_a_training_breaks_off(build, data, error):
    def fail(epoch):
        if epoch == 2:
            raise error

    model = build()
    log = rk.callback_csv_logger("log.csv")
    with pytest.raises(error):
        rk.fit(model, *data, epochs=5, verbose=0, callbacks=[log, rk.callback_lambda(on_epoch_begin=fail)])
    assert log.csv_file.closed
    assert rk.last_history().epoch == [0, 1]
    with open("log.csv", newline="") as lines:
        assert [row["epoch"] for row in csv.DictReader(lines)] == ["0", "1"]
    assert len(rk.fit(model, *data, epochs=2, verbose=0, callbacks=log).epoch) == 2


def test_evaluate_and_predict(build, data):
    model = build()
    called = []
    note = rk.callback_lambda(
        on_test_end=lambda logs: called.append("test"), on_predict_end=lambda logs: called.append("predict")
    )
    assert set(rk.evaluate(model, *data, verbose=0, callbacks=note)) == {"loss", "acc"}
    np.testing.assert_array_equal(rk.predict(model, data[0], callbacks=note), model.predict(data[0], verbose=0))
    assert called == ["test", "predict"]
