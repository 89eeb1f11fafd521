"""KerasLayer, KerasWrapper and create_wrapper()."""

import keras
import numpy as np
import pytest

import rkeras_py as rk


class Scaled(rk.KerasLayer):
    def __init__(self, by=2.0, **options):
        super().__init__(**options)
        self.by = by

    def build(self, input_shape):
        self.scale = self.add_weight("scale", [float(input_shape[-1])], initializer="ones", regularizer="l2")
        self.kept = self.add_weight(shape=(), initializer="zeros", trainable=False)

    def call(self, inputs):
        self.add_loss(keras.ops.sum(inputs) * 0 + 1)
        return inputs * self.scale * self.by


class Times(rk.KerasWrapper):
    def __init__(self, layer, times=2, **options):
        super().__init__(layer, **options)
        self.times = times
        self.extra = self.add_weight("extra", (), None, "ones")

    def call(self, inputs):
        return self.times * self.layer(inputs) * self.extra

    def get_config(self):
        return {**super().get_config(), "times": self.times}


def train_and_load(model, data, custom_objects, file):
    rk.compile(model, "sgd", "mse")
    before = [np.array(one) for one in model.get_weights()]
    rk.fit(model, *data, epochs=1, verbose=0)
    assert any(np.any(one != other) for one, other in zip(before, model.get_weights(), strict=True))
    rk.save_model_hdf5(model, f"{file}.h5")
    model.save(f"{file}.keras")
    loaded = rk.load_model_hdf5(f"{file}.h5", custom_objects)
    expected = rk.predict(model, data[0])
    np.testing.assert_allclose(rk.predict(loaded, data[0]), expected, rtol=1e-6)
    plain = keras.models.load_model(f"{file}.keras", custom_objects)
    np.testing.assert_allclose(plain.predict(data[0], verbose=0), expected, rtol=1e-6)
    return loaded


def test_a_layer_trains_and_is_loaded(data):
    model = rk.keras_model_sequential()
    rk.layer_dense(model, 4, input_shape=data[0].shape[1:])
    rk.create_layer(Scaled, model, {"by": 3.0, "name": "scaled"})
    rk.layer_dense(model, 1)
    loaded = train_and_load(model, data, {"Scaled": Scaled}, "model")
    layer = loaded.layers[1]
    assert (layer.name, layer.by, layer.scale.shape) == ("scaled", 3.0, (4,))
    assert len(layer.trainable_weights) == len(layer.non_trainable_weights) == 1
    assert len(layer.losses) == 1 or len(layer.losses) == 2


def test_a_wrapper_trains_and_is_loaded(data):
    model = rk.keras_model_sequential()
    rk.layer_dense(model, 4, input_shape=data[0].shape[1:])
    rk.create_wrapper(Times, model, {"layer": keras.layers.Dense(1), "times": 3})
    loaded = train_and_load(model, data, {"Times": Times}, "model")
    assert loaded.layers[1].times == 3
    assert len(loaded.layers[1].trainable_weights) == 3


def test_several_inputs_reach_a_layer_of_any_class():
    a, b = keras.Input((3,)), keras.Input((3,))
    assert rk.create_layer(keras.layers.Add, [a, b]).shape == (None, 3)


@pytest.mark.parametrize("wrong", [keras.layers.Dense, Scaled, Times(keras.layers.Dense(1)), "Times", None])
def test_what_is_no_class_of_wrappers_is_refused(wrong):
    with pytest.raises(rk.ArgumentError, match=r"create_wrapper\(\): `wrapper_class` must be a class of wrappers"):
        rk.create_wrapper(wrong, args={"layer": keras.layers.Dense(1)})


def test_a_weight_is_told_nothing_twice():
    layer = Scaled()
    with pytest.raises(TypeError, match="was given `name` twice"):
        layer.add_weight("one", (2,), name="two")
    with pytest.raises(TypeError, match="too many arguments"):
        layer.add_weight((2,), "ones", "float32", True, None)
