"""Each private name of Keras that rkeras uses is still what it was: a test here fails by the name that has moved."""

from contextlib import suppress

import h5py
import keras
import numpy as np
import pytest

from rkeras_py import keras_internals


@pytest.fixture
def trained(build, data):
    model = build(metrics=["acc", keras.metrics.AUC(name="area"), keras.metrics.MeanSquaredError(name="square")])
    model.fit(*data, verbose=0)
    return model


def test_metric_direction(trained):
    directions = {name: keras_internals.metric_direction(trained, name) for name in ("area", "acc", "square", "loss")}
    assert directions == {"area": "max", "acc": "max", "square": "min", "loss": None}


def test_compile_config_kept(trained):
    before = dict(trained.get_compile_config())
    assert "optimizer" in before
    with keras_internals.compile_config_kept(trained):
        trained.save("m.h5")
    assert trained.get_compile_config().keys() == before.keys()


def test_compile_config_kept_is_still_needed(trained):
    trained.save("m.h5")
    assert "optimizer" not in trained.get_compile_config(), "compile_config_kept can go"


def test_write_model_and_read_model(trained, data):
    with h5py.File("m", "w") as file:
        keras_internals.write_model(file, trained)
    with h5py.File("m", "r") as file:
        loaded = keras_internals.read_model(file, None, compile=False)
    np.testing.assert_array_equal(loaded.predict(data[0], verbose=0), trained.predict(data[0], verbose=0))


@pytest.mark.parametrize("by_name", [True, False])
def test_write_weights_and_read_weights(trained, by_name):
    with h5py.File("w", "w") as file:
        keras_internals.write_weights(file, trained)
    saved = trained.get_weights()
    trained.set_weights([np.zeros_like(weight) for weight in saved])
    with h5py.File("w", "r") as file:
        keras_internals.read_weights(file, trained, by_name=by_name, skip_mismatch=False)
    for now, then in zip(trained.get_weights(), saved, strict=True):
        np.testing.assert_array_equal(now, then)


def test_read_attribute(trained):
    with h5py.File("w", "w") as file:
        keras_internals.write_weights(file, trained)
        names = keras_internals.read_attribute(file, "layer_names")
    assert names == [layer.name for layer in trained.layers]


@pytest.fixture
def board():
    callback = keras.callbacks.TensorBoard("runs")
    callback.set_model(keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)]))
    with keras_internals.train_writer(callback).as_default():
        callback.summary.scalar("a", 1.0, step=0)
    return callback


def tags():
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    return EventAccumulator("runs/train").Reload().Tags()["tensors"]


@pytest.mark.tensorflow
def test_train_writer(board):
    keras_internals.train_writer(board).flush()
    assert "a" in tags()


@pytest.mark.tensorflow
def test_close_writers(board):
    keras_internals.close_writers(board)
    assert "a" in tags()


@pytest.mark.tensorflow
def test_batches_counted(board):
    board.on_train_begin()
    keras_internals.count_batches_from(board, (7, 2))
    board.on_train_batch_begin(0)
    board.on_test_batch_begin(0)
    assert keras_internals.batches_counted(board) == (8, 3)


@pytest.mark.tensorflow
def test_default_writer_kept(board):
    import tensorflow as tf

    with suppress(ValueError), keras_internals.default_writer_kept():
        keras_internals.train_writer(board).set_as_default()
        raise ValueError
    assert tf.summary.should_record_summaries().numpy() is np.False_


def test_begin_at(build, data):
    model = build()
    epochs = []
    watch = keras.callbacks.LambdaCallback(
        on_train_begin=lambda logs: keras_internals.begin_at(model, 2),
        on_epoch_begin=lambda epoch, logs: epochs.append(epoch),
        on_train_end=lambda logs: keras_internals.begin_at(model, None),
    )
    model.fit(*data, epochs=4, verbose=0, callbacks=[watch])
    assert epochs == [2, 3]


def test_global_seed():
    keras.utils.clear_session()
    assert keras_internals.global_seed() is None
    first = float(keras.random.normal(()))
    kept = np.asarray(keras_internals.global_seed())
    second = float(keras.random.normal(()))
    keras_internals.make_global_seed().assign(kept)
    assert float(keras.random.normal(())) == second != first


def test_rmsprop_step_of_keras2():
    optimizer = keras.optimizers.RMSprop(0.1, rho=0.75, epsilon=0.5)
    variable = keras.Variable([1.0, 2.0])
    optimizer.build([variable])
    keras_internals.rmsprop_step_of_keras2(optimizer, keras.ops.convert_to_tensor([2.0, 4.0]), variable, 0.1)
    root = np.sqrt(0.25 * np.square([2.0, 4.0]))
    np.testing.assert_allclose(np.array(variable), [1.0, 2.0] - 0.1 * np.array([2.0, 4.0]) / (root + 0.5), rtol=1e-6)


def test_reset_uids():
    keras.backend.get_uid("thing")
    keras_internals.reset_uids()
    assert keras.backend.get_uid("thing") == 1


def test_training_of_call():
    seen = []

    class Asks(keras.layers.Layer):
        def call(self, x):
            seen.append(keras_internals.training_of_call())
            return x

    assert keras_internals.training_of_call() is None
    model = keras.Sequential([keras.Input((3,)), Asks()])
    seen.clear()
    model(np.ones((1, 3)), training=True)
    model(np.ones((1, 3)), training=False)
    assert seen == [True, False]


def test_rnn():
    def step(now, states):
        return now + states[0], [now + states[0]]

    inputs = keras.ops.reshape(keras.ops.arange(6, dtype="float32"), (1, 3, 2))
    last, outputs, states = keras_internals.rnn(step, inputs, [keras.ops.zeros((1, 2))], unroll=False)
    np.testing.assert_array_equal(outputs, [[[0, 1], [2, 4], [6, 9]]])
    np.testing.assert_array_equal(last, [[6, 9]])
    np.testing.assert_array_equal(states[0], [[6, 9]])


def test_depends_on():
    one, other = keras.Input((3,)), keras.Input((3,))
    hidden = keras.layers.Dense(2)(one)
    result = keras.layers.Dense(1)(hidden) * 2
    assert [keras_internals.depends_on(result, tensor) for tensor in (one, hidden, other)] == [True, True, False]
