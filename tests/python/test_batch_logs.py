"""The logs of batches: those of the batch itself, and the epoch's own numbers as Keras has them."""

import keras
import numpy as np
import pytest

import rkeras_py as rk

RANDOM = np.random.default_rng(2)


class LossHistory(rk.KerasCallback):
    """As in the books, and what else a batch has."""

    def on_train_begin(self, logs=None):
        self.batches = []
        self.begun = []

    def on_batch_begin(self, batch, logs=None):
        self.begun.append(dict(logs))

    def on_batch_end(self, batch, logs=None):
        self.batches.append(dict(logs))


def model_with(metrics=("acc", "mse"), **compiled):
    keras.utils.set_random_seed(3)
    layers = [keras.layers.Dense(4, activation="tanh", kernel_regularizer="l2"), keras.layers.Dense(1, "sigmoid")]
    model = keras.Sequential([keras.Input((3,)), *layers])
    model.compile(keras.optimizers.SGD(0.5), "binary_crossentropy", metrics=list(metrics), **compiled)
    return model


def samples(count):
    x = RANDOM.normal(size=(count, 3)).astype("float32")
    return x, (x.sum(axis=1) > 0).astype("float32")


def by_hand(x, y, batch_size, **arguments):
    model = model_with(**arguments)
    made = []
    for start in range(0, len(x), batch_size):
        model.reset_metrics()
        made.append(
            model.train_on_batch(x[start : start + batch_size], y[start : start + batch_size], return_dict=True)
        )
    return made


def train(x, y, batch_size, *callbacks, plain=False, **arguments):
    model = model_with(**arguments)
    options = {"batch_size": batch_size, "epochs": 1, "shuffle": False, "verbose": 0, "callbacks": list(callbacks)}
    return (model.fit(x, y, **options) if plain else rk.fit(model, x, y, **options)).history


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(("count", "batch_size"), [(100, 1), (90, 4)])
def test_a_batch_has_its_own_values(count, batch_size, plain):
    x, y = samples(count)
    seen = LossHistory()
    history = train(x, y, batch_size, seen, plain=plain)
    expected = by_hand(x, y, batch_size)
    assert len(seen.batches) == len(expected)
    for batch, (ours, theirs) in enumerate(zip(seen.batches, expected, strict=True)):
        assert (ours["batch"], ours["size"]) == (batch, min(batch_size, count - batch * batch_size))
        for name in ("loss", "acc", "mse"):
            assert ours[name] == pytest.approx(float(theirs[name]), rel=1e-5, abs=1e-7)
    without = train(x, y, batch_size, plain=plain)
    for name, values in without.items():
        assert history[name] == pytest.approx(values, rel=1e-6)


@pytest.mark.once
def test_it_stays_exact_over_many_batches():
    x, y = samples(1000)
    losses = []
    history = train(x, y, 1, rk.callback_lambda(on_batch_end=lambda batch, logs: losses.append(logs["loss"])))
    expected = [float(one["loss"]) for one in by_hand(x, y, 1)]
    np.testing.assert_allclose(losses, expected, rtol=1e-4, atol=1e-6)
    assert history["loss"] == pytest.approx(train(x, y, 1)["loss"], rel=1e-6)


def test_the_hooks_of_several_callbacks_see_the_same():
    x, y = samples(24)
    seen, losses = LossHistory(), []
    hook = rk.callback_lambda(on_train_batch_end=lambda batch, logs: losses.append(logs["loss"]))
    train(x, y, 6, hook, seen, rk.callback_lambda(on_batch_begin=lambda batch: None))
    assert losses == [logs["loss"] for logs in seen.batches]
    assert seen.begun == [{"batch": batch, "size": 6} for batch in range(4)]
    again = LossHistory()
    train(x, y, 6, again, plain=True)
    assert [logs["loss"] for logs in again.batches] == losses
    assert again.begun == [{"batch": batch} for batch in range(4)]


def test_the_progress_bar_goes_on_showing_means(capsys):
    x, y = samples(12)
    model = model_with()
    rk.fit(model, x, y, batch_size=4, epochs=1, shuffle=False, verbose=1, callbacks=LossHistory())
    shown = capsys.readouterr().out
    assert f"{rk.last_history().metrics['loss'][0]:.4f}" in shown


def test_what_a_hook_writes_reaches_the_callbacks_behind_it():
    x, y = samples(8)
    seen = LossHistory()
    train(x, y, 4, rk.callback_lambda(on_batch_end=lambda batch, logs: logs.update(mine=7.0)), seen)
    own = []
    plain = keras.callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: own.append(dict(logs)))
    history = train(x, y, 4, rk.callback_lambda(on_batch_end=lambda batch, logs: logs.update(mine=7.0)), plain)
    assert [logs["mine"] for logs in own] == [7.0, 7.0]
    assert own[-1]["loss"] == history["loss"][0]
    assert "size" not in own[0]


def test_metrics_that_are_no_means_are_those_of_the_epoch():
    x, y = samples(40)
    seen = LossHistory()
    history = train(x, y, 8, seen, metrics=("AUC",))
    assert seen.batches[-1]["AUC"] == pytest.approx(history["AUC"][0])
    assert history["AUC"] == train(x, y, 8, metrics=("AUC",))["AUC"]


def test_a_batch_that_is_not_finite_is_nan_and_so_is_what_follows():
    x, y = samples(12)
    x[4] = np.nan
    seen = LossHistory()
    train(x, y, 4, seen)
    assert [np.isfinite(logs["loss"]) for logs in seen.batches] == [True, False, False]


def test_validation_and_evaluation():
    x, y = samples(20)
    losses = []
    hook = rk.callback_lambda(on_test_batch_end=lambda batch, logs: losses.append((logs["loss"], logs["size"])))
    model = model_with()
    result = rk.evaluate(model, x, y, batch_size=8, verbose=0, callbacks=hook)
    assert [size for _, size in losses] == [8, 8, 4]
    assert sum(loss * size for loss, size in losses) / 20 == pytest.approx(result["loss"])
    assert result == rk.evaluate(model, x, y, batch_size=8, verbose=0)
    losses.clear()
    history = rk.fit(model, x, y, epochs=1, verbose=0, validation_data=[x, y], batch_size=8, callbacks=hook)
    assert sum(loss * size for loss, size in losses) / 20 == pytest.approx(history.metrics["val_loss"][0])


def test_a_training_after_one_that_broke_off_begins_anew():
    x, y = samples(12)

    def fail(batch):
        raise RuntimeError("of the user")

    model = model_with()
    with pytest.raises(RuntimeError, match="of the user"):
        rk.fit(
            model,
            x,
            y,
            batch_size=4,
            epochs=1,
            verbose=0,
            callbacks=rk.callback_lambda(on_batch_begin=fail, on_batch_end=print),
        )
    seen = LossHistory()
    history = rk.fit(model, x, y, batch_size=4, epochs=2, verbose=0, callbacks=seen)
    assert np.mean([logs["loss"] for logs in seen.batches[3:]]) == pytest.approx(history.metrics["loss"][1])


def test_several_outputs():
    x, y = samples(12)
    inputs = keras.Input((3,))
    model = keras.Model(inputs, [keras.layers.Dense(1, name=name)(inputs) for name in "ab"])
    model.compile("sgd", {"a": "mse", "b": "mae"}, metrics={"a": "mae"})
    seen = LossHistory()
    history = rk.fit(model, x, [y, y], batch_size=4, epochs=1, verbose=0, callbacks=seen)
    for name in ("a_loss", "b_loss", "a_mae", "loss"):
        assert np.mean([logs[name] for logs in seen.batches]) == pytest.approx(history.metrics[name][0], rel=1e-5)
        assert len({logs[name] for logs in seen.batches}) == 3


def test_nothing_happens_at_batches_that_nobody_looks_at(data, build, monkeypatch):
    from rkeras_py.training import batch_logs

    opened, open_batch = [], batch_logs.Ledger.open

    def count(*arguments):
        opened.append(arguments)
        return open_batch(*arguments)

    monkeypatch.setattr(batch_logs.Ledger, "open", count)
    epochs_only = rk.callback_lambda(on_epoch_end=lambda epoch: None)
    rk.fit(build(), *data, epochs=1, verbose=0, callbacks=[epochs_only, rk.callback_terminate_on_naan()])
    assert opened == []
    rk.fit(build(), *data, epochs=1, verbose=0, callbacks=[epochs_only, LossHistory()])
    assert opened != []
