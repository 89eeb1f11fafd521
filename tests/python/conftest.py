"""Data, models and trainings that the tests share. Every training is a real one."""

import gc
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import pytest

import rkeras_py as rk


def pytest_addoption(parser):
    parser.addoption("--plain", action="store_true", help="test_rows.py: on plain aliases over Keras, to see it fail")


@pytest.fixture(autouse=True)
def _in_a_directory_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    keras.utils.set_random_seed(7)


@pytest.fixture
def data():
    """24 samples with 3 features, and 0 or 1 for each."""
    random = np.random.default_rng(1)
    x = random.normal(size=(24, 3)).astype("float32")
    return x, (x.sum(axis=1) > 0).astype("float32")


@pytest.fixture
def build():
    """Makes a compiled model of one hidden layer."""

    def make(loss="binary_crossentropy", metrics=("acc",), optimizer="adam"):
        model = keras.Sequential(
            [keras.Input((3,)), keras.layers.Dense(4, activation="tanh"), keras.layers.Dense(1, activation="sigmoid")]
        )
        model.compile(optimizer=optimizer, loss=loss, metrics=list(metrics))
        return model

    return make


class Script(rk.KerasCallback):
    """Puts the values of a script into the logs, as a custom metric does; None leaves the quantity out."""

    def __init__(self, name, values):
        super().__init__()
        self.name = name
        self.values = values
        self.weights = []

    def on_epoch_end(self, epoch, logs=None):
        self.weights.append([np.array(weight) for weight in self.model.get_weights()])
        logs.pop(self.name, None)
        if self.values[epoch] is not None:
            logs[self.name] = self.values[epoch]


@pytest.fixture
def play(build, data):
    """Trains with a callback that sees the given values, one an epoch; returns the script, the history, the model."""

    def run(values, *callbacks, monitor="val_loss", model=None, **arguments):
        model = model or build(optimizer=keras.optimizers.SGD(learning_rate=0.1))
        script = Script(monitor, values)
        arguments = {"epochs": len(values), "verbose": 0, "batch_size": 12, **arguments}
        history = model.fit(*data, callbacks=[script, *callbacks], **arguments)
        return script, history, model

    return run


def pytest_collection_finish():
    """What has been imported by now stays: the collector need not look at it again after every few trainings."""
    gc.collect()
    gc.freeze()
