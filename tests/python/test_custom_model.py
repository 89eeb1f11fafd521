"""keras_model_custom() and with_custom_object_scope()."""

import keras
import numpy as np
import pytest

import rkeras_py as rk


def mine(self):
    self.hidden = rk.layer_dense(units=4, activation="tanh", name="hidden")
    self.last = rk.layer_dense(units=1, activation="sigmoid", name="last")

    def call(inputs, mask=None, training=False):
        hidden = self.hidden(inputs)
        return self.last(hidden) if training else 1 - self.last(hidden)

    return call


def test_it_trains_and_knows_when_it_does(data):
    model = rk.keras_model_custom(mine, name="mine")
    assert model.name == "mine"
    rk.compile(model, rk.optimizer_rmsprop(lr=0.05), "binary_crossentropy")
    losses = rk.fit(model, *data, epochs=8, verbose=0).metrics["loss"]
    assert losses[-1] < losses[0]
    assert len(rk.get_weights(model)) == 4
    predicted, x = rk.predict(model, data[0]), data[0]
    trained = keras.ops.convert_to_numpy(model(x, training=True))
    np.testing.assert_allclose(predicted, 1 - trained, rtol=1e-4, atol=1e-6)


def test_its_weights_are_saved(data):
    model, again = rk.keras_model_custom(mine), rk.keras_model_custom(mine)
    model(data[0])
    again(data[0])
    rk.save_model_weights_hdf5(model, "weights.h5")
    rk.load_model_weights_hdf5(again, "weights.h5")
    np.testing.assert_array_equal(rk.predict(again, data[0]), rk.predict(model, data[0]))
    rk.save_model_weights_tf(model, "weights")
    again.hidden.kernel.assign(again.hidden.kernel * 0)
    rk.load_model_weights_tf(again, "weights")
    np.testing.assert_array_equal(rk.predict(again, data[0]), rk.predict(model, data[0]))


def test_as_a_whole_it_is_not_saved(data):
    model = rk.keras_model_custom(mine)
    model(data[0])
    with pytest.raises(NotImplementedError, match=r"save its weights with save_model_weights_hdf5\(\)"):
        rk.get_config(model)


def test_a_function_of_the_inputs_alone_will_do(data):
    model = rk.keras_model_custom(lambda self: lambda inputs: inputs * 2)
    np.testing.assert_array_equal(rk.predict(model, data[0]), data[0] * 2)


@pytest.mark.parametrize(
    ("model_fn", "message"),
    [
        (lambda: None, "`model_fn` must be a function of the model, not a function"),
        (lambda self: 3, "`model_fn` must return a function of the inputs, not 3"),
    ],
)
def test_what_gives_no_model_is_refused(model_fn, message):
    with pytest.raises(rk.ArgumentError, match=message):
        rk.keras_model_custom(model_fn)


def test_names_are_known_within_and_not_outside():
    def far(y_true, y_pred):
        return keras.ops.mean(y_true - y_pred, axis=-1)

    assert rk.with_custom_object_scope({"far": far}, lambda: keras.saving.get_registered_object("far")) is far
    with rk.with_custom_object_scope({"far": far}):
        assert keras.saving.get_registered_object("far") is far
    assert keras.saving.get_registered_object("far") is None
