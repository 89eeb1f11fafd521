"""callback_early_stopping_gl(), _pq() and _up() on series computed by hand."""

import math

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.language.notices import RKerasWarning

pytestmark = pytest.mark.once

NAN, INF = math.nan, math.inf


def approx(values):
    return pytest.approx(values, rel=1e-9, nan_ok=True)


@pytest.fixture
def play_both(build, data):
    """Trains on two series, of training and validation errors; returns the history."""

    def run(errors, training_errors, *callbacks, **arguments):
        def script(epoch, logs):
            logs.pop("loss", None)
            for name, series in (("loss", training_errors), ("val_loss", errors)):
                if series[epoch] is not None:
                    logs[name] = series[epoch]

        class Script(rk.KerasCallback):
            def on_epoch_end(self, epoch, logs=None):
                script(epoch, logs)

        return rk.fit(
            build(), *data, epochs=len(errors), verbose=0, callbacks=[Script(), *callbacks], batch_size=12, **arguments
        )

    return run


# E = 10, 8, 9, 8.2, 8.5: the least is 10, 8, 8, 8, 8; so GL = 0, 0, 12.5, 2.5, 6.25.
GL_SERIES, GL = [10.0, 8.0, 9.0, 8.2, 8.5], [0, 0, 12.5, 2.5, 6.25]


@pytest.mark.parametrize(("alpha", "epochs"), [(20, 5), (12.5, 5), (12.4, 3), (5, 3), (0, 3)])
def test_gl(play, alpha, epochs):
    stopping = rk.callback_early_stopping_gl(alpha)
    _, history, _ = play(GL_SERIES, stopping)
    assert history.history["gl"] == approx(GL[:epochs])
    assert len(history.epoch) == epochs
    stopped = epochs < 5
    assert stopping.stopped_epoch == (epochs - 1 if stopped else 0)
    reason = f"the generalization loss of val_loss is 12.5, above {alpha:.4g}"
    assert stopping.stop_reason == (reason if stopped else None)


# Strips of k = 2. Training errors 4, 2, 2, 1, 1, 1: P(2) = 1000 (3/2 - 1) = 500, P(3) = 0,
# P(4) = 1000 (1.5/1 - 1) = 500, P(5) = P(6) = 0.
# E = 10, 10, 11, 12, 11, 10: GL = 0, 0, 10, 20, 10, 0. PQ = -, 0, Inf, 0.04, Inf, 0.
PQ_SERIES, PQ_TRAINING = [10.0, 10.0, 11.0, 12.0, 11.0, 10.0], [4.0, 2.0, 2.0, 1.0, 1.0, 1.0]
PQ = [NAN, 0, INF, 0.04, INF, 0]


@pytest.mark.parametrize(("alpha", "epochs"), [(0.05, 6), (0.04, 6), (0.03, 4), (0, 4)])
def test_pq_stops_at_the_end_of_a_strip_alone(play_both, alpha, epochs):
    stopping = rk.callback_early_stopping_pq(alpha, k=2)
    history = play_both(PQ_SERIES, PQ_TRAINING, stopping)
    assert history.metrics["pq"] == approx(PQ[:epochs])
    assert history.epoch[-1] == epochs - 1
    assert bool(stopping.stop_reason) == (epochs < 6)


def test_pq_of_no_progress_at_all_is_infinite_and_stops(play_both):
    # Three times 0.1 has a mean that is not 0.1 in floating point.
    stopping = rk.callback_early_stopping_pq(1000, k=3)
    history = play_both([1.0, 1.5, 1.2, 1.0], [0.1, 0.1, 0.1, 0.1], stopping)
    assert history.metrics["pq"] == approx([NAN, NAN, INF])
    assert stopping.stop_reason == "the progress quotient of val_loss is inf, above 1000"


# k = 2, ends of strips at t = 2, 4, 6, 8, 10. E(2), E(4), … = 5, 6, 6.5, 6.4, 7: rises 0, 1, 2, 0, 1.
UP_SERIES = [9.0, 5.0, 9.0, 6.0, 1.0, 6.5, 9.0, 6.4, 1.0, 7.0]
UP = [0, 0, 0, 1, 1, 2, 2, 0, 0, 1]


@pytest.mark.parametrize(("s", "epochs"), [(1, 4), (2, 6), (3, 10)])
def test_up(play, s, epochs):
    stopping = rk.callback_early_stopping_up(s, k=2)
    _, history, _ = play(UP_SERIES, stopping)
    assert history.history["up"] == UP[:epochs]
    assert len(history.epoch) == epochs
    strips = "1 successive strip" if s == 1 else f"{s} successive strips"
    assert stopping.stop_reason == (f"val_loss rose in {strips} of 2 epochs" if s < 3 else None)


def test_up_asks_for_no_positive_errors(play):
    _, history, _ = play([-3.0, -2.0, -1.0], rk.callback_early_stopping_up(2, k=1))
    assert history.history["up"] == [0, 1, 2]


def by_definition(kind, errors, training, parameter, k):
    """The epoch t (from 1) after which Prechelt's definition stops, written as he writes it."""
    e = dict(enumerate(errors, 1))
    tr = dict(enumerate(training, 1))

    def gl(t):
        return 100 * (e[t] / min(e[i] for i in range(1, t + 1)) - 1)

    def up(s, t):
        return t % k == 0 and t - k >= 1 and e[t] > e[t - k] and (s == 1 or up(s - 1, t - k))

    for t in e:
        if kind == "gl" and gl(t) > parameter:
            return t
        if kind == "pq" and t % k == 0:
            strip = [tr[i] for i in range(t - k + 1, t + 1)]
            progress = 1000 * (sum(strip) / (k * min(strip)) - 1)
            if gl(t) / progress > parameter:
                return t
        if kind == "up" and up(parameter, t):
            return t
    return None


@pytest.mark.parametrize("kind", ["gl", "pq", "up"])
def test_the_definitions_over_random_series(kind):
    """The callbacks against the definitions: 400 series for each, hook by hook."""
    random = np.random.default_rng(3)
    make = getattr(rk, f"callback_early_stopping_{kind}")
    stopped = 0
    for _ in range(400):
        errors, training = (random.uniform(0.5, 1.5, 24) * np.linspace(1.5, 1, 24) for _ in range(2))
        k = int(random.integers(2, 6))
        largest = {"gl": 300, "pq": 0.4}.get(kind, 0)
        parameter = float(random.uniform(0, largest)) if largest else int(random.integers(1, 4))
        callback = make(parameter, **({} if kind == "gl" else {"k": k}))
        callback.set_model(keras.Sequential())
        callback.on_train_begin()
        end = None
        for epoch, (error, training_error) in enumerate(zip(errors, training, strict=True)):
            callback.on_epoch_end(epoch, {"val_loss": float(error), "loss": float(training_error)})
            if callback.stop_reason:
                end = epoch + 1
                break
        assert end == by_definition(kind, errors.tolist(), training.tolist(), parameter, k)
        stopped += end is not None
    assert 40 < stopped < 400


@pytest.mark.parametrize("make", [rk.callback_early_stopping_gl, rk.callback_early_stopping_pq])
@pytest.mark.parametrize("error", [0.0, -0.5])
def test_errors_that_make_no_ratio_are_an_error(play_both, make, error):
    sentence = rf'{make.__name__}\(\): "val_loss" is {error:.4g}, and .* divides by it: errors must be above 0'
    with pytest.raises(rk.ArgumentError, match=sentence):
        play_both([1.0, error], [1.0, 1.0], make(5))


def test_a_training_error_of_zero_is_an_error_of_pq(play_both):
    with pytest.raises(rk.ArgumentError, match=r'callback_early_stopping_pq\(\): "loss" is 0, and'):
        play_both([1.0, 1.0], [1.0, 0.0], rk.callback_early_stopping_pq(1, k=2))


def test_nan_is_never_the_least_and_never_stops(play):
    stopping = rk.callback_early_stopping_gl(5)
    _, history, _ = play([NAN, 2.0, NAN, 2.2], stopping)
    assert history.history["gl"] == approx([NAN, 0, NAN, 10])
    assert stopping.stopped_epoch == 3


def test_an_infinite_error_stops(play):
    _, history, _ = play([2.0, INF, 1.0], rk.callback_early_stopping_gl(5))
    assert history.history["gl"] == [0, INF]


def test_an_epoch_without_the_error_is_passed_over_and_not_counted(play):
    stopping = rk.callback_early_stopping_up(1, k=2)
    with pytest.warns(RKerasWarning, match="callback_early_stopping_up.*is not in the logs.*the epoch is passed over"):
        _, history, _ = play([1.0, None, 2.0, None, 3.0, 4.0, 5.0], stopping)
    assert history.epoch[-1] == 5  # the series 1, 2, 3, 4 rises from t = 2 to t = 4
    assert history.history["up"] == [0, 0, 0, 1]


@pytest.mark.filterwarnings("ignore::rkeras_py.language.notices.RKerasWarning")
def test_an_epoch_without_the_training_error_is_passed_over_by_pq(play_both):
    history = play_both(PQ_SERIES[:3], [4.0, None, 2.0], rk.callback_early_stopping_pq(1, k=2))
    assert history.metrics["pq"] == approx([NAN, 10 / 500])


def test_epochs_before_the_start_are_no_part_of_the_series(play):
    stopping = rk.callback_early_stopping_gl(5, start_from_epoch=2)
    _, history, _ = play([1.0, 9.0, 8.0, 8.2, 8.5], stopping)
    assert history.history["gl"] == approx([0, 2.5, 6.25])
    assert history.epoch[-1] == 4


def test_best_weights_are_given_back_stopped_or_not(play):
    for values, best in [([2.0, 1.0, 1.5, 3.0], 1), ([2.0, 1.0, 1.01, 1.02], 1), ([3.0, 2.0, 1.0], 2)]:
        script, _, model = play(values, rk.callback_early_stopping_gl(10, restore_best_weights=True))
        for weight, expected in zip(model.get_weights(), script.weights[best], strict=True):
            assert np.array_equal(weight, expected)


def test_a_second_training_begins_afresh(play):
    stopping = rk.callback_early_stopping_up(1, k=1)
    for _ in range(2):
        _, history, _ = play([1.0, 2.0, 3.0], stopping)
        assert history.history["up"] == [0, 1]
    _, history, _ = play([2.0, 1.0], stopping)
    assert (stopping.stop_reason, stopping.stopped_epoch) == (None, 0)


def test_the_value_is_in_the_log_of_a_logger_in_front(build, data, tmp_path):
    log = tmp_path / "log.csv"
    callbacks = [rk.callback_csv_logger(str(log)), rk.callback_early_stopping_gl(1e9)]
    history = rk.fit(build(), *data, epochs=3, verbose=0, validation_split=0.5, callbacks=callbacks)
    header, *rows = log.read_text().splitlines()
    column = header.split(",").index("gl")
    assert [float(row.split(",")[column]) for row in rows] == history.metrics["gl"]
    table = history.as_data_frame()
    assert table[table["metric"] == "gl"]["value"].tolist() == history.metrics["gl"]
    assert "gl" in [panel.get_ylabel() for panel in history.plot().axes]


def test_other_monitors_have_a_name_of_their_own(build, data):
    callbacks = [rk.callback_early_stopping_gl(1e9), rk.callback_early_stopping_gl(1e9, monitor="loss")]
    history = rk.fit(build(), *data, epochs=2, verbose=0, validation_split=0.5, callbacks=callbacks)
    assert list(history.metrics) == ["loss", "acc", "gl", "gl_loss", "val_loss", "val_acc"]


@pytest.mark.parametrize("monitor", ["val_acc", "val_auc", "val_f1"])
def test_scores_are_no_errors(monitor):
    with pytest.raises(rk.ArgumentError, match=r"`monitor` must be the name of an error, of which less is better"):
        rk.callback_early_stopping_gl(5, monitor=monitor)
    with pytest.raises(rk.ArgumentError, match=r"`training_monitor` must be the name of an error"):
        rk.callback_early_stopping_pq(5, training_monitor=monitor)


def test_verbose_says_when_and_why(play, capsys):
    play(GL_SERIES, rk.callback_early_stopping_gl(5, verbose=1))
    assert "Epoch 00003: stopped, as the generalization loss of val_loss is 12.5, above 5\n" in capsys.readouterr().out
    play(GL_SERIES, rk.callback_early_stopping_gl(5))
    assert "stopped" not in capsys.readouterr().out
