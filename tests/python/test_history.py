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
    with pytest.raises(rk.ArgumentError, match='`metrics` must be among "loss", "accuracy", "lr", not "auc"'):
        history.plot("auc")


def test_the_best_epoch_and_the_last_one_are_marked(history):
    assert (history.monitor, history.stopped_epoch) == ("loss", 2)
    assert history.metrics["loss"][history.best_epoch] == min(history.metrics["loss"])
    for panel in history.plot().axes:
        marks = {line.get_label(): line.get_xdata()[0] for line in panel.lines if len(set(line.get_xdata())) == 1}
        best = history.best_epoch + 1
        assert marks == {f"best epoch by loss: {best}": best, "stopped in epoch 3": 3}


def test_the_learning_rate_has_a_panel_where_it_changed(build, data):
    halved = rk.callback_learning_rate_scheduler(lambda epoch: 0.1 / 2**epoch)
    history = rk.fit(build(), *data, epochs=3, verbose=0, callbacks=halved)
    panel = history.plot().axes[-1]
    assert panel.get_ylabel() == "learning rate"
    assert panel.lines[0].get_ydata().tolist() == pytest.approx([0.1, 0.05, 0.025])
    constant = rk.fit(
        build(), *data, epochs=2, verbose=0, callbacks=rk.callback_learning_rate_scheduler(lambda epoch: 0.1)
    )
    assert "learning rate" not in [panel.get_ylabel() for panel in constant.plot().axes]
    assert [panel.get_ylabel() for panel in constant.plot(["loss", "lr"]).axes] == ["loss", "learning rate"]


def test_the_best_epoch_is_that_of_what_is_watched(build, data):
    keep = rk.callback_model_checkpoint("best.keras", monitor="acc", save_best_only=True)
    history = rk.fit(build(), *data, epochs=5, verbose=0, callbacks=keep)
    values = history.metrics["acc"]
    assert (history.monitor, history.best_epoch) == ("acc", values.index(max(values)))
    history.history = {"acc": [float("nan"), 0.5, 0.5], "loss": [3.0, 2.0]}
    history.epoch = [4, 5, 6]
    history.note_best("acc", "max")
    assert history.best_epoch == 5
    history.note_best("loss", "min")  # not logged in every epoch
    assert history.monitor == "acc"


def test_labels_are_chinese_where_that_is_asked_for(history, monkeypatch, recwarn):
    panels = history.plot(language="zh").axes
    assert {"训练", "验证", "停止于第 3 轮"} < {line.get_label() for line in panels[0].lines}
    monkeypatch.setenv("RKERAS_LANGUAGE", "zh")
    assert history.plot().axes[-1].get_xlabel() == "轮次"
    with pytest.raises(rk.ArgumentError, match='`language` must be "en" or "zh", not "fr"'):
        history.plot(language="fr")


def test_notebooks_show_the_drawing(history):
    shown = history._repr_html_()
    assert shown.startswith("<pre>Trained on 18 samples")
    assert 'src="data:image/png;base64,iVBOR' in shown


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
