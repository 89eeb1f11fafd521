"""What fit() returns, printed, as a table and drawn."""

import keras
import pandas as pd
import pytest

import rkeras_py as rk

pytestmark = pytest.mark.once


@pytest.fixture
def history(build, data):
    stopping = rk.callback_early_stopping(monitor="loss", min_delta=10, patience=2)
    plateau = rk.callback_reduce_lr_on_plateau(monitor="loss")
    model = build(metrics=["accuracy"])
    return rk.fit(model, *data, epochs=9, verbose=0, validation_split=0.25, callbacks=[stopping, plateau])


def test_the_table_is_that_of_r(history):
    table = history.as_data_frame()
    assert list(table.columns) == ["epoch", "value", "metric", "data"]
    assert len(history.epoch) == 3
    assert len(table) == 4 * 3
    assert list(table["metric"].cat.categories) == ["loss", "accuracy"]  # callbacks' own quantities are left out
    assert list(table["data"].cat.categories) == ["training", "validation"]
    rows = table[(table["metric"] == "loss") & (table["data"] == "validation")]
    assert rows["value"].tolist() == history.metrics["val_loss"]
    assert rows["epoch"].tolist() == [1, 2, 3]


def test_it_prints_as_in_r(history):
    first, second, *rows, last = repr(history).split("\n")
    assert first == "Trained on 18 samples, validated on 6 samples (batch_size=32, epochs=3)"
    assert second == "Final epoch (plot to see history):"
    assert [row.split(": ")[0] for row in rows] == [
        "        loss",
        "    accuracy",
        "    val_loss",
        "val_accuracy",
        "          lr",
    ]
    assert last.startswith("Stopped in epoch 3, as loss has not improved on ")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *[(0.5, "0.5"), (0.123456, "0.1235"), (1.0, "1"), (0.00001234, "0.00001234"), (12.3456, "12.35")],
        *[
            (123456.7, "123,457"),
            (1234.5678, "1,235"),
            (999.96, "1,000"),
            (float("nan"), "NaN"),
            (0.0, "0"),
            (20.0, "20"),
        ],
    ],
)
def test_numbers_have_four_digits(value, text):
    history = rk.models.history.TrainingHistory()
    history.epoch, history.history = [0], {"loss": [value]}
    assert repr(history).endswith(f"loss: {text}")


def test_the_drawing_has_the_values(history):
    panels = history.plot().axes
    assert [panel.get_ylabel() for panel in panels] == ["loss", "accuracy"]
    lines = {line.get_label(): line for line in panels[0].lines}
    assert lines["training"].get_ydata().tolist() == history.metrics["loss"]
    assert lines["validation"].get_ydata().tolist() == history.metrics["val_loss"]
    assert [panel.get_ylabel() for panel in history.plot("acc").axes] == ["accuracy"]
    with pytest.raises(rk.ArgumentError, match='`metrics` must be among "loss", "accuracy", not "auc"'):
        history.plot("auc")


def test_names_of_keras_2_find_their_values(history):
    assert history.metrics["val_acc"] is history.history["val_accuracy"]
    assert history.metrics["learning_rate"] is history.history["lr"]
    with pytest.raises(KeyError):
        history.metrics["auc"]


def test_it_is_keras_own_history_too(history, build, data):
    assert isinstance(history, keras.callbacks.History)
    model = build()
    own = keras.callbacks.History()
    returned = rk.fit(model, *data, epochs=2, verbose=0, callbacks=own)
    assert model.history is returned
    assert own.history["loss"] == returned.metrics["loss"]


def interrupting(epoch):
    if epoch == 2:
        raise KeyboardInterrupt


def test_an_interrupt_returns_the_history_if_asked(build, data):
    model = build()
    hook = rk.callback_lambda(on_epoch_begin=interrupting)
    log = rk.callback_csv_logger("log.csv")
    history = rk.fit(model, *data, epochs=9, verbose=0, callbacks=[hook, log], on_interrupt="return")
    assert len(history.metrics["loss"]) == 2
    assert history is rk.last_history()
    assert "epochs=2)" in repr(history)
    assert pd.read_csv("log.csv")["loss"].tolist() == pytest.approx(history.metrics["loss"])
    with pytest.raises(KeyboardInterrupt):
        rk.fit(model, *data, epochs=9, verbose=0, callbacks=hook)
    assert len(rk.last_history().metrics["loss"]) == 2


def test_an_error_is_never_kept_back(build, data):
    def fail(epoch):
        raise ValueError("of the user")

    hook = rk.callback_lambda(on_epoch_begin=fail)
    with pytest.raises(ValueError, match="of the user"):
        rk.fit(build(), *data, epochs=1, verbose=0, callbacks=hook, on_interrupt="return")
    assert repr(rk.last_history()).startswith("Trained on 24 samples (batch_size=32, epochs=0)")
