"""KerasCallback, the class of the tutorials. Section 11 of the map."""

import keras
import pytest

import rkeras_py as rk
from rkeras_py.language.notices import RKerasWarning


class LossHistory(rk.KerasCallback):
    def on_train_begin(self, logs=None):
        self.losses = []

    def on_batch_end(self, batch, logs=None):
        self.losses.append(logs.get("loss"))


def test_the_loss_history_of_the_tutorials(build, data):
    history = LossHistory()
    build().fit(*data, batch_size=6, epochs=2, verbose=0, callbacks=[history])
    assert len(history.losses) == 8
    assert all(loss > 0 for loss in history.losses)
    assert isinstance(history, keras.callbacks.Callback)
    assert repr(history) == "<LossHistory>"


def test_a_class_need_not_call_the_initializer_of_its_base(build, data):
    class Own(rk.KerasCallback):
        def __init__(self, every):
            self.every = every
            self.seen = []

        def on_epoch_end(self, epoch, logs=None):
            if epoch % self.every == 0:
                self.seen.append((epoch, self.model.count_params(), self.params["epochs"]))

    assert Own(2).params is None
    assert Own(2).model is None
    callback = Own(2)
    build().fit(*data, epochs=3, verbose=0, callbacks=[callback])
    assert callback.seen == [(0, 21, 3), (2, 21, 3)]


def test_it_can_stop_the_training(build, data):
    class StopAtOnce(rk.KerasCallback):
        def on_epoch_end(self, epoch, logs=None):
            self.model.stop_training = True

    assert build().fit(*data, epochs=5, verbose=0, callbacks=[StopAtOnce()]).epoch == [0]


def test_model_and_params_can_be_set(build):
    first, second = build(), build()
    callback = rk.KerasCallback()
    callback.model = first
    assert callback.model is first
    callback.set_context(params={"epochs": 3}, model=second)
    assert callback.model is second
    assert callback.params == {"epochs": 3}


def test_validation_data_is_what_it_was_given(data):
    assert rk.KerasCallback(validation_data=data).validation_data is data
    callback = LossHistory()
    with pytest.warns(RKerasWarning, match=r"LossHistory\(\): `validation_data` is None, because Keras 3"):
        assert callback.validation_data is None
    callback.validation_data = data
    assert callback.validation_data is data


def test_hooks_of_evaluate_and_predict(build, data):
    class Note(rk.KerasCallback):
        def __init__(self):
            super().__init__()
            self.called = []

        def on_test_end(self, logs=None):
            self.called.append("test")

        def on_predict_batch_end(self, batch, logs=None):
            self.called.append(batch)

    note, model = Note(), build()
    model.evaluate(*data, verbose=0, callbacks=[note])
    model.predict(data[0], verbose=0, callbacks=[note])
    assert note.called == ["test", 0]


def test_the_logs_know_a_quantity_by_its_other_names(build, data):
    class Parent(rk.KerasCallback):
        def on_epoch_end(self, epoch, logs=None):
            logs["seen"] = logs["acc"]

    class Child(Parent):
        def on_epoch_end(self, epoch, logs=None):
            super().on_epoch_end(epoch, logs)
            logs["twice"] = 2 * logs["seen"]

    with pytest.warns(RKerasWarning, match='"acc" is logged as "accuracy"'):
        history = build(metrics=["accuracy"]).fit(*data, epochs=2, verbose=0, callbacks=[Child()])
    assert history.history["seen"] == history.history["accuracy"]
    assert history.history["twice"] == [2 * value for value in history.history["accuracy"]]
