"""Architectures as configurations, as JSON, and models as bytes."""

import json

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.language.errors import GoneError


def functional():
    start = rk.layer_input([3])
    return rk.keras_model(start, rk.layer_add([rk.layer_dense(start, 4), rk.layer_dense(start, 4)]))


def sequential():
    model = rk.layer_dropout(rk.layer_dense(rk.keras_model_sequential(), 4, input_shape=[3], activation="relu"), 0.5)
    rk.compile(model, "adam", "mse")
    return model


@pytest.mark.parametrize("make", [functional, sequential])
@pytest.mark.parametrize("how", ["get_config", "without its class", "json", "plain keras"])
def test_an_architecture_is_made_again(make, how):
    model = make()
    if how == "get_config":
        again = rk.from_config(rk.get_config(model))
    elif how == "without its class":
        again = rk.from_config(dict(model.get_config()))
    elif how == "json":
        again = rk.model_from_json(rk.model_to_json(model))
    else:
        again = keras.models.model_from_json(rk.model_to_json(model))
    assert not again.compiled
    assert type(again) is type(model)
    again.set_weights(model.get_weights())
    x = np.random.default_rng(1).normal(size=(5, 3)).astype("float32")
    np.testing.assert_array_equal(again.predict(x, verbose=0), model.predict(x, verbose=0))


def test_a_layer_is_made_again():
    layer = rk.layer_dense(units=5, activation="tanh", kernel_initializer="ones")
    config = rk.get_config(layer)
    assert config["units"] == 5
    again = rk.from_config(config)
    assert isinstance(again, keras.layers.Dense)
    assert again.get_config() == {**layer.get_config()}
    assert keras.layers.Dense.from_config(config).units == 5
    assert rk.from_config(rk.get_config(rk.optimizer_sgd(lr=0.5))).lr == 0.5


class Doubled(keras.layers.Layer):
    def call(self, inputs):
        return 2 * inputs


def test_what_keras_does_not_know_is_given_by_name():
    model = keras.Sequential([keras.Input((2,)), Doubled()])
    for again in (
        rk.model_from_json(rk.model_to_json(model), {"Doubled": Doubled}),
        rk.from_config(rk.get_config(model), {"Doubled": Doubled}),
    ):
        assert again.predict(np.ones((1, 2)), verbose=0).tolist() == [[2, 2]]


def test_a_configuration_of_nothing_known_is_refused():
    with pytest.raises(rk.ArgumentError, match=r"`config` must be what get_config\(\) returned"):
        rk.from_config({"units": 5})
    with pytest.raises(rk.ArgumentError, match="`object` must be a layer, a model"):
        rk.get_config(3)


@pytest.mark.parametrize("text", ["no JSON", "{}", "[1]", '"Sequential"'])
def test_what_is_no_json_of_a_model_is_refused(text):
    with pytest.raises(rk.ArgumentError, match="`json` must be the JSON of a model"):
        rk.model_from_json(text)


@pytest.mark.tensorflow
@pytest.mark.parametrize("make", ["sequential", "functional"])
def test_json_of_keras_2_is_read(make):
    from tf_keras import Input, Model, Sequential, layers

    if make == "sequential":
        legacy = Sequential([layers.Dense(4, activation="relu", input_shape=(3,)), layers.Dense(2)])
    else:
        start = Input((3,))
        legacy = Model(start, layers.add([layers.Dense(2)(start), layers.Dense(2)(start)]))
    model = rk.model_from_json(legacy.to_json())
    model.set_weights(legacy.get_weights())
    x = np.random.default_rng(1).normal(size=(5, 3)).astype("float32")
    np.testing.assert_allclose(model.predict(x, verbose=0), legacy.predict(x, verbose=0), rtol=1e-6)


def test_json_says_nothing_of_how_the_model_was_compiled():
    assert "compile_config" not in json.loads(rk.model_to_json(sequential()))


def test_yaml_is_gone_with_a_word():
    with pytest.raises(GoneError, match=r"model_to_json\(\)"):
        rk.model_to_yaml(functional())
    with pytest.raises(GoneError, match=r"model_from_json\(\)"):
        rk.model_from_yaml("class_name: Sequential")


def test_a_model_as_bytes_goes_on_training(data):
    def trained(model):
        return rk.fit(model, *data, epochs=2, shuffle=False, verbose=0).metrics["loss"]

    model = rk.layer_dense(rk.keras_model_sequential(), 1, input_shape=[3])
    rk.compile(model, rk.optimizer_rmsprop(lr=0.05), "mse")
    trained(model)
    content = rk.serialize_model(model)
    assert isinstance(content, bytes)
    assert trained(rk.unserialize_model(content)) == trained(model)
    assert not rk.unserialize_model(content, compile=False).compiled
    smaller = rk.serialize_model(model, include_optimizer=False)
    assert len(smaller) < len(content)
    assert not rk.unserialize_model(smaller).compiled


@pytest.mark.parametrize("content", [b"", b"something", "text", 3])
def test_other_bytes_are_no_model(content):
    with pytest.raises(rk.ArgumentError, match=r"`model` must be what serialize_model\(\) returned"):
        rk.unserialize_model(content)


def test_what_keras_has_given_up_names_what_there_is(build):
    with pytest.raises(GoneError, match=r"keras\.distribution\.DataParallel"):
        rk.multi_gpu_model(build(), gpus=2)
    with pytest.raises(GoneError, match=r"save_model_tf\(\)"):
        rk.model_to_saved_model(build(), "folder")
    with pytest.raises(GoneError, match=r"load_model_tf\(\)"):
        rk.model_from_saved_model("folder")
