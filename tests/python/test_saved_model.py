"""SavedModels and checkpoints of TensorFlow: what plain TensorFlow and Keras 2 make of them, and what they wrote."""

import os
import time

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.language.notices import RKerasWarning

tensorflow = pytest.mark.tensorflow
X = np.random.default_rng(1).normal(size=(6, 4, 3)).astype("float32")


def layers_of(library):
    """The same layers in Keras 3 and in tf_keras, with most sorts of weights, one model within another."""
    inner = library.Sequential([library.layers.Dense(2, input_shape=(4,)), library.layers.BatchNormalization()])
    return [
        library.layers.Conv1D(3, 2, input_shape=(4, 3)),
        library.layers.BatchNormalization(),
        library.layers.LSTM(2, return_sequences=True),
        library.layers.Bidirectional(library.layers.GRU(2)),
        library.layers.Dropout(0.5),
        inner,
    ]


def ours():
    model = keras.Sequential(layers_of(keras))
    rk.compile(model, rk.optimizer_rmsprop(lr=0.01), "mse")
    return model


def theirs(trained=True):
    import tf_keras

    model = tf_keras.Sequential(layers_of(tf_keras))
    if not trained:
        return model
    model.compile("rmsprop", "mse", metrics=["mae"])
    model.fit(X, np.ones((6, 2)), epochs=2, verbose=0)
    return model


def two_inputs():
    left, right = rk.layer_input([3], name="left"), rk.layer_input([2], name="right")
    joined = rk.layer_concatenate([left, right])
    return rk.keras_model([left, right], [rk.layer_dense(joined, 2, name="one"), rk.layer_dense(joined, 1, name="two")])


def fitted(model):
    return rk.fit(model, X, np.ones((6, 2)), epochs=2, shuffle=False, verbose=0).metrics["loss"]


def test_a_saved_model_goes_on_training():
    model = ours()
    model.pop()
    rk.layer_dense(model, 2)
    for layer in model.layers:
        if isinstance(layer, keras.layers.Dropout):
            layer.rate = 0
    rk.compile(model, rk.optimizer_rmsprop(lr=0.01), "mse")
    fitted(model)
    assert rk.save_model_tf(model, "folder") is True
    again = rk.load_model_tf("folder")
    np.testing.assert_array_equal(again.predict(X, verbose=0), model.predict(X, verbose=0))
    assert rk.k_get_value(again.optimizer.lr) == pytest.approx(0.01)
    assert fitted(again) == pytest.approx(fitted(model), rel=1e-6)
    assert not rk.load_model_tf("folder", compile=False).compiled
    plain = keras.models.load_model("folder/model.keras", compile=False)
    assert plain.predict(X, verbose=0).shape == (6, 2)


def test_without_its_optimizer_it_is_not_compiled():
    model = ours()
    fitted(model)
    rk.save_model_tf(model, "folder", include_optimizer=False)
    again = rk.load_model_tf("folder")
    assert not again.compiled
    np.testing.assert_array_equal(again.predict(X, verbose=0), model.predict(X, verbose=0))
    assert model.compiled


@pytest.mark.parametrize("save", [rk.save_model_tf, rk.export_savedmodel])
def test_a_folder_is_replaced_as_a_whole_or_not_at_all(save):
    os.makedirs("folder/variables")
    with open("folder/old.txt", "w") as file:
        file.write("old")
    with pytest.raises(rk.ArgumentError, match="as overwrite is false"):
        save(ours(), "folder", overwrite=False, **({"versioned": False} if save is rk.export_savedmodel else {}))
    assert os.listdir("folder/variables") == []
    save(ours(), "folder")
    assert "old.txt" not in os.listdir("folder")
    assert os.listdir() == ["folder"]


def test_a_folder_that_cannot_be_written_says_so():
    with open("file", "w") as file:
        file.write("here")
    with pytest.raises(OSError, match=r"^save_model_tf\(\): file/folder could not be written"):
        rk.save_model_tf(ours(), "file/folder")


@pytest.mark.parametrize("write", [rk.export_savedmodel, rk.save_model_tf])
def test_tensorflow_serves_it_under_the_names_of_keras_2(write):
    import tensorflow as tf

    model = ours()
    write(model, "served")
    serve = tf.saved_model.load("served").signatures["serving_default"]
    first, last = model.layers[0].name, model.layers[-1].name
    for batch in (X, X[:1]):
        served = serve(**{f"{first}_input": tf.constant(batch)})
        assert list(served) == [last]
        np.testing.assert_allclose(served[last], model.predict(batch, verbose=0), rtol=1e-4, atol=1e-5)


def test_several_inputs_and_outputs_have_their_names():
    import tensorflow as tf

    model = two_inputs()
    assert rk.export_savedmodel(model, "served") == "served"
    serve = tf.saved_model.load("served").signatures["serving_default"]
    left, right = X[:, 0], X[:, 1, :2]
    served = serve(left=tf.constant(left), right=tf.constant(right))
    one, two = model.predict([left, right], verbose=0)
    np.testing.assert_allclose(served["one"], one, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(served["two"], two, rtol=1e-4, atol=1e-5)


@tensorflow
@pytest.mark.parametrize("kind", ["sequential", "functional"])
def test_the_names_are_those_of_tf_keras(kind):
    import tensorflow as tf
    from tf_keras import Input, Model, Sequential, layers

    if kind == "sequential":
        legacy = Sequential([layers.Dense(2, input_shape=(3,), name="first"), layers.Dense(1, name="last")])
        model = rk.keras_model_sequential()
        rk.layer_dense(rk.layer_dense(model, 2, input_shape=[3], name="first"), 1, name="last")
    else:
        start = Input((3,), name="start")
        legacy = Model(start, [layers.Dense(1, name="a")(start), layers.Dense(2, name="b")(start)])
        start = rk.layer_input([3], name="start")
        model = rk.keras_model(start, [rk.layer_dense(start, 1, name="a"), rk.layer_dense(start, 2, name="b")])
    legacy.save("legacy")
    rk.export_savedmodel(model, "ours")
    one, other = (tf.saved_model.load(name).signatures["serving_default"] for name in ("ours", "legacy"))
    assert one.structured_input_signature[1].keys() == other.structured_input_signature[1].keys()
    assert one.structured_outputs.keys() == other.structured_outputs.keys()


def test_versions_are_folders_of_their_own():
    model = two_inputs()
    first = rk.export_savedmodel(model, "served", overwrite=False)
    time.sleep(1.1)
    second = rk.export_savedmodel(model, "served", versioned=True)
    assert sorted(os.listdir("served")) == [os.path.basename(first), os.path.basename(second)]
    assert os.path.basename(first).isdecimal()
    assert os.path.isfile(os.path.join(second, "saved_model.pb"))


def test_what_is_retired_warns():
    with pytest.warns(RKerasWarning, match="`as_text` is not used"):
        rk.export_savedmodel(two_inputs(), "served", as_text=True)


@tensorflow
def test_a_saved_model_of_keras_2_is_loaded():
    legacy = theirs()
    legacy.save("legacy")
    model = rk.load_model_tf("legacy")
    np.testing.assert_allclose(model.predict(X, verbose=0), legacy.predict(X, verbose=0), rtol=1e-5, atol=1e-6)
    assert model.compiled
    assert list(rk.evaluate(model, X, np.ones((6, 2)), verbose=0).values()) == pytest.approx(
        legacy.evaluate(X, np.ones((6, 2)), verbose=0), rel=1e-5
    )
    assert not rk.load_model_tf("legacy", compile=False).compiled


@tensorflow
def test_a_folder_without_a_model_of_keras_says_how_to_use_it():
    import tensorflow as tf

    tf.saved_model.save(tf.Module(), "bare")
    with pytest.raises(
        rk.ArgumentError, match=r'TFSMLayer\("bare", call_endpoint="serving_default"\) predicts with it'
    ):
        rk.load_model_tf("bare")
    with pytest.raises(rk.ArgumentError, match="the name of a folder that is there"):
        rk.load_model_tf("nothing")


def test_weights_go_through_a_checkpoint():
    model, other = ours(), ours()
    assert rk.save_model_weights_tf(model, "folder/weights") is True
    assert rk.load_model_weights_tf(other, "folder/weights") is other
    for one, two in zip(model.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_array_equal(one, two)
    import tensorflow as tf

    assert tf.train.latest_checkpoint("folder") == "folder/weights"


@tensorflow
def test_checkpoints_go_from_keras_2_and_back():
    legacy, model = theirs(), ours()
    legacy.save_weights("legacy")
    rk.load_model_weights_tf(model, "legacy")
    np.testing.assert_allclose(model.predict(X, verbose=0), legacy.predict(X, verbose=0), rtol=1e-5, atol=1e-6)
    other = ours()
    rk.save_model_weights_tf(other, "ours")
    legacy = theirs(trained=False)
    legacy.load_weights("ours").assert_existing_objects_matched()
    np.testing.assert_allclose(other.predict(X, verbose=0), legacy.predict(X, verbose=0), rtol=1e-5, atol=1e-6)


def test_a_checkpoint_of_another_model_is_refused_and_nothing_is_read():
    rk.save_model_weights_tf(two_inputs(), "weights")
    model = ours()
    before = model.get_weights()
    with pytest.raises(
        rk.ArgumentError, match=r"weights is of another model: it has no layer_with_weights-0/.* of the"
    ):
        rk.load_model_weights_tf(model, "weights")
    assert all(map(np.array_equal, before, model.get_weights()))
    with pytest.raises(rk.ArgumentError, match="files of a checkpoint begin with"):
        rk.load_model_weights_tf(model, "nothing")
    with pytest.raises(rk.ArgumentError, match="no checkpoint that is there"):
        rk.save_model_weights_tf(model, "weights", overwrite=False)


def test_a_model_that_is_not_built_is_refused():
    model = keras.Sequential([keras.layers.Dense(1)])
    for call in (rk.save_model_tf, rk.export_savedmodel, rk.save_model_weights_tf):
        with pytest.raises(rk.ArgumentError, match="a model that is built"):
            call(model, "folder")
