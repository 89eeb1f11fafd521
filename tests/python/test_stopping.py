"""Every callback that ends a training says why: on itself, in the history, and in its print. Thresholds and timers."""

import datetime
import math
import time

import keras
import pytest

import rkeras_py as rk
from rkeras_py.language.notices import RKerasWarning


class Values(rk.KerasCallback):
    """Logs a series as `val_loss`."""

    def __init__(self, values):
        super().__init__()
        self.values = values

    def on_epoch_end(self, epoch, logs=None):
        logs["val_loss"] = self.values[epoch]


class Stop(rk.KerasCallback):
    def on_epoch_end(self, epoch, logs=None):
        self.model.stop_training = epoch == 1


RISING = [1.0, 2.0, 3.0, 4.0, 5.0]
REASONS = {
    "early stopping": (
        lambda: rk.callback_early_stopping(patience=2),
        2,
        "val_loss has not improved on 1 for 2 epochs",
    ),
    "a baseline": (lambda: rk.callback_early_stopping(baseline=0.5), 0, "val_loss has not improved on 0.5 for 1 epoch"),
    "gl": (lambda: rk.callback_early_stopping_gl(150), 2, "the generalization loss of val_loss is 200, above 150"),
    "up": (lambda: rk.callback_early_stopping_up(2, k=1), 2, "val_loss rose in 2 successive strips of 1 epoch"),
    "a threshold": (
        lambda: rk.callback_stop_at("val_loss", 2.5, mode="max"),
        2,
        "val_loss has reached 2.5: it is 3",
    ),
    "a timer": (lambda: rk.callback_timer(1e-6), 0, "the time of 1e-06 s is over"),
    "Keras's own": (lambda: keras.callbacks.EarlyStopping(patience=2), 2, "EarlyStopping ended it"),
    "a user's": (Stop, 1, "`stop_training` was set"),
}


@pytest.mark.parametrize("case", REASONS)
def test_the_reason(case, build, data):
    make, epoch, reason = REASONS[case]
    callback = make()
    history = rk.fit(build(), *data, epochs=5, verbose=0, callbacks=[Values(RISING), callback])
    assert (history.stopped_epoch, history.stop_reason) == (epoch, reason)
    assert history.epoch[-1] == epoch
    assert repr(history).splitlines()[-1] == f"Stopped in epoch {epoch + 1}, as {reason}"
    if not isinstance(callback, Stop | keras.callbacks.EarlyStopping) or hasattr(callback, "stop_reason"):
        assert (callback.stopped_epoch, callback.stop_reason) == (epoch, reason)


def test_a_loss_that_is_no_number(build, data):
    stopping = rk.callback_terminate_on_naan()
    x, y = data
    y[15] = math.nan
    history = rk.fit(build(), x, y, epochs=5, verbose=0, batch_size=12, shuffle=False, callbacks=stopping)
    assert stopping.stop_reason == history.stop_reason == "the loss is nan in batch 1"
    assert stopping.stopped_epoch == history.stopped_epoch == 0


@pytest.mark.once
def test_no_reason_without_a_stop(build, data):
    callbacks = [rk.callback_early_stopping(monitor="loss", patience=5), rk.callback_timer(3600)]
    history = rk.fit(build(), *data, epochs=2, verbose=0, callbacks=callbacks)
    assert (history.stopped_epoch, history.stop_reason) == (None, None)
    assert "Stopped" not in repr(history)
    assert [callback.stop_reason for callback in callbacks] == [None, None]


@pytest.mark.once
def test_a_second_training_forgets_the_reason_of_the_first(build, data):
    stopping = rk.callback_stop_at("loss", 0, mode="max")
    assert rk.fit(build(), *data, epochs=3, verbose=0, callbacks=stopping).stopped_epoch == 0
    stopping.threshold = 1e9
    history = rk.fit(build(), *data, epochs=2, verbose=0, callbacks=stopping)
    assert (history.stop_reason, stopping.stop_reason) == (None, None)


@pytest.mark.once
def test_several_reasons_are_all_said(build, data):
    callbacks = [Values(RISING), rk.callback_early_stopping(), rk.callback_early_stopping_up(1, k=1)]
    history = rk.fit(build(), *data, epochs=5, verbose=0, callbacks=callbacks)
    assert history.stop_reason == (
        "val_loss has not improved on 1 for 1 epoch; val_loss rose in 1 successive strip of 1 epoch"
    )


@pytest.mark.once
def test_an_error_and_an_interrupt_are_reasons(build, data):
    def fail(epoch, logs):
        if epoch == 1:
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        rk.fit(build(), *data, epochs=3, verbose=0, callbacks=rk.callback_lambda(on_epoch_end=fail))
    history = rk.last_history()
    assert (history.stopped_epoch, history.stop_reason) == (1, "there was an error: the disk is full")

    def interrupt(epoch, logs):
        raise KeyboardInterrupt

    interrupting = rk.callback_lambda(on_epoch_begin=interrupt)
    history = rk.fit(build(), *data, epochs=3, verbose=0, callbacks=interrupting, on_interrupt="return")
    assert history.stop_reason == "it was interrupted"
    assert repr(history).endswith("Stopped in epoch 1, as it was interrupted")


@pytest.mark.once
@pytest.mark.parametrize(
    ("arguments", "epochs"),
    [
        ({"threshold": 3}, 1),
        ({"threshold": 3, "mode": "max"}, 3),
        ({"threshold": 2, "mode": "max"}, 2),
        ({"threshold": 0.5}, 5),
        ({"threshold": float("inf"), "mode": "max"}, 5),
    ],
)
def test_a_threshold_is_reached_when_the_value_is_as_good(build, data, arguments, epochs):
    stopping = rk.callback_stop_at("val_loss", **arguments)
    history = rk.fit(build(), *data, epochs=5, verbose=0, callbacks=[Values(RISING), stopping])
    assert len(history.epoch) == epochs


@pytest.mark.once
def test_a_threshold_goes_by_what_the_metric_says_and_finds_other_names(build, data):
    stopping = rk.callback_stop_at("accuracy", 0)
    with pytest.warns(RKerasWarning, match='"accuracy" is logged as "acc"'):
        history = rk.fit(build(), *data, epochs=5, verbose=0, callbacks=stopping)
    assert history.stopped_epoch == 0


@pytest.mark.once
@pytest.mark.parametrize(
    ("duration", "seconds"),
    [(90, 90), ("00:01:30", 90), ("100:00:00", 360000), (datetime.timedelta(minutes=1.5), 90), ([2.5], 2.5)],
)
def test_durations(duration, seconds):
    assert rk.callback_timer(duration).duration == seconds


@pytest.mark.once
@pytest.mark.parametrize("duration", [0, -1, "90", "1:30", "00:61:00", "00:00:00", float("inf"), True, None, "soon"])
def test_what_is_no_duration(duration):
    with pytest.raises(rk.ArgumentError, match=r'must be a number of seconds > 0 or a time as "hh:mm:ss", not'):
        rk.callback_timer(duration)


@pytest.mark.parametrize(("interval", "batches"), [("epoch", 8), ("batch", 1)])
def test_a_timer_looks_after_the_epoch_or_after_the_batch(build, data, interval, batches):
    counted = []
    slow = rk.callback_lambda(on_train_batch_end=lambda batch: counted.append(time.sleep(0.05)))
    timer = rk.callback_timer(0.03, interval=interval, verbose=1)
    history = rk.fit(build(), *data, epochs=9, batch_size=3, verbose=0, callbacks=[slow, timer])
    assert len(counted) == batches
    assert history.epoch == [0]
    assert history.stop_reason == "the time of 0.03 s is over"


@pytest.mark.once
def test_a_timer_counts_from_the_beginning_of_each_training(build, data):
    timer = rk.callback_timer(30)
    timer._end = 0
    assert len(rk.fit(build(), *data, epochs=2, verbose=0, callbacks=timer).epoch) == 2


@pytest.mark.once
@pytest.mark.parametrize(("duration", "spoken"), [("01:02:03", "1:02:03"), (90, "0:01:30"), (59.5, "59.5 s")])
def test_the_time_is_spoken_as_on_a_clock(build, data, duration, spoken):
    timer = rk.callback_timer(duration)
    timer.set_model(build())
    timer.on_train_begin()
    timer._end = 0
    timer.on_epoch_end(4)
    assert timer.stop_reason == f"the time of {spoken} is over"
