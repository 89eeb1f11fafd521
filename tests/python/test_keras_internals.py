"""Each private name of Keras that rkeras uses is still what it was: a test here fails by the name that has moved."""

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


def test_rmsprop_step_of_keras2():
    optimizer = keras.optimizers.RMSprop(0.1, rho=0.75, epsilon=0.5)
    variable = keras.Variable([1.0, 2.0])
    optimizer.build([variable])
    keras_internals.rmsprop_step_of_keras2(optimizer, keras.ops.convert_to_tensor([2.0, 4.0]), variable, 0.1)
    root = np.sqrt(0.25 * np.square([2.0, 4.0]))
    np.testing.assert_allclose(np.array(variable), [1.0, 2.0] - 0.1 * np.array([2.0, 4.0]) / (root + 0.5), rtol=1e-6)
