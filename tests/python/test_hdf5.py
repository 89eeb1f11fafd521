"""HDF5 files: training on from one, loss names, what the live model keeps. Rows 2.3 to 2.6 of the map."""

import contextlib
import subprocess
import sys
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest
import tf_keras

import rkeras_py as rk
from rkeras_py.language.notices import RKerasWarning

OPTIMIZERS = {
    "adam": lambda: keras.optimizers.Adam(0.01),
    "sgd": lambda: keras.optimizers.SGD(0.1, momentum=0.9),
    "rmsprop": lambda: keras.optimizers.RMSprop(0.01),
}


def functional():
    inputs = keras.Input((3,))
    hidden = keras.layers.BatchNormalization()(keras.layers.Dense(4)(inputs))
    return keras.Model(inputs, keras.layers.Dense(1, activation="sigmoid")(hidden))


def sequential():
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(4), keras.layers.Dense(1, activation="sigmoid")])


@pytest.mark.parametrize("architecture", [functional, sequential])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_training_on_from_a_file_is_as_if_it_had_never_stopped(data, architecture, optimizer):
    model = architecture()
    model.compile(optimizer=OPTIMIZERS[optimizer](), loss="binary_crossentropy", metrics=["acc"])
    model.fit(*data, epochs=2, shuffle=False, verbose=0, callbacks=[rk.callback_model_checkpoint("m.hdf5")])
    loaded = rk.load_model_hdf5("m.hdf5")
    arguments = {"epochs": 3, "shuffle": False, "verbose": 0}
    assert loaded.fit(*data, **arguments).history == model.fit(*data, **arguments).history


@pytest.mark.parametrize("loss", ["mse", "mae", "mape", "msle", "kld", "binary_crossentropy", "hinge"])
def test_keras_loads_every_loss_name(build, data, loss):
    model = build(loss=loss, metrics=["mse", "acc"])
    model.fit(*data, verbose=0)
    rk.save_model_hdf5(model, "m.h5")
    loaded = keras.models.load_model("m.h5")
    assert loaded.evaluate(*data, verbose=0) == pytest.approx(model.evaluate(*data, verbose=0))


def test_several_losses(data):
    inputs = keras.Input((3,))
    model = keras.Model(inputs, {name: keras.layers.Dense(1, name=name)(inputs) for name in "ab"})
    model.compile(loss={"a": "mse", "b": "mae"})
    model.fit(data[0], {"a": data[1], "b": data[1]}, verbose=0)
    rk.save_model_hdf5(model, "m.h5")
    target = {"a": data[1], "b": data[1]}
    again = keras.models.load_model("m.h5").evaluate(data[0], target, verbose=0)
    assert again == pytest.approx(model.evaluate(data[0], target, verbose=0))


def test_saving_leaves_the_compile_configuration_of_the_live_model(build, data):
    model = build(optimizer=keras.optimizers.SGD(0.3))
    model.fit(
        *data, verbose=0, callbacks=[rk.callback_model_checkpoint("m.h5"), rk.callback_model_checkpoint("m.keras")]
    )
    loaded = keras.models.load_model("m.keras")
    assert type(loaded.optimizer) is keras.optimizers.SGD
    assert float(loaded.optimizer.learning_rate) == pytest.approx(0.3)


def test_the_rate_of_a_loaded_model_is_the_one_in_force(build, data):
    model = build(optimizer=keras.optimizers.SGD(0.3))
    halving = rk.callback_learning_rate_scheduler(lambda epoch, lr: lr / 2)
    model.fit(*data, epochs=2, verbose=0, callbacks=[halving, rk.callback_model_checkpoint("m.h5")])
    assert float(rk.load_model_hdf5("m.h5").optimizer.learning_rate) == pytest.approx(0.075)


def test_what_keras_itself_saved_as_h5_can_be_trained_on(build, data):
    model = build()
    model.fit(*data, shuffle=False, verbose=0)
    model.save("m.h5")
    loaded = rk.load_model_hdf5("m.h5")
    again = loaded.fit(*data, shuffle=False, verbose=0).history
    assert again == model.fit(*data, shuffle=False, verbose=0).history


@pytest.mark.tensorflow
def test_what_keras_2_saved_loads_and_trains(data):
    old = tf_keras.Sequential([tf_keras.layers.Dense(4, input_shape=(3,)), tf_keras.layers.Dense(1)])
    old.compile(optimizer="adam", loss="binary_crossentropy")
    old.fit(*data, verbose=0)
    old.save("old.hdf5")
    old.save_weights("old_weights.h5")
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4), keras.layers.Dense(1)])
    rk.load_model_weights_hdf5(model, "old_weights.h5")
    np.testing.assert_array_equal(model.get_weights()[0], old.get_weights()[0])
    loaded = rk.load_model_hdf5("old.hdf5")
    np.testing.assert_array_equal(loaded.get_weights()[0], old.get_weights()[0])
    loaded.fit(*data, verbose=0)


@pytest.mark.tensorflow
def test_keras_2_loads_the_weights_we_write(build, data):
    model = build()
    model.fit(*data, verbose=0, callbacks=[rk.callback_model_checkpoint("w.hdf5", save_weights_only=True)])
    old = tf_keras.Sequential([tf_keras.layers.Dense(4, input_shape=(3,)), tf_keras.layers.Dense(1)])
    old.load_weights("w.hdf5")
    np.testing.assert_array_equal(old.get_weights()[0], model.get_weights()[0])


def test_a_model_can_be_loaded_uncompiled(build, data):
    model = build()
    model.fit(*data, verbose=0)
    rk.save_model_hdf5(model, "m")
    assert rk.load_model_hdf5("m", compile=False).compiled is False


def test_custom_objects(data):
    class Doubling(keras.layers.Layer):
        def call(self, inputs):
            return inputs * 2

    model = keras.Sequential([keras.Input((3,)), Doubling(), keras.layers.Dense(1)])
    model.compile(loss="mse")
    rk.save_model_hdf5(model, "m.h5")
    loaded = rk.load_model_hdf5("m.h5", custom_objects={"Doubling": Doubling})
    np.testing.assert_allclose(loaded.predict(data[0], verbose=0), model.predict(data[0], verbose=0), rtol=1e-6)


def test_weights_by_name_and_with_a_mismatch(build):
    model = build()
    model.layers[1].set_weights([np.ones((4, 1)), np.ones(1)])
    rk.save_model_weights_hdf5(model, "w.h5")
    names = [layer.name for layer in model.layers]
    other = keras.Sequential(
        [keras.Input((3,)), keras.layers.Dense(5, name=names[0]), keras.layers.Dense(2), keras.layers.Dense(1)]
    )
    same = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, name=names[1])])
    rk.load_model_weights_hdf5(same, "w.h5", by_name=True)
    np.testing.assert_array_equal(same.get_weights()[0], np.ones((4, 1)))
    before = other.get_weights()[0]
    rk.load_model_weights_hdf5(other, "w.h5", by_name=True, skip_mismatch=True)
    np.testing.assert_array_equal(other.get_weights()[0], before)
    with pytest.raises(ValueError, match="Weight expects shape"):
        rk.load_model_weights_hdf5(other, "w.h5", by_name=True)


def test_reshape_warns(build):
    model = build()
    rk.save_model_weights_hdf5(model, "w.h5")
    with pytest.warns(RKerasWarning, match=r"load_model_weights_hdf5\(\): `reshape` is not used: "):
        rk.load_model_weights_hdf5(model, "w.h5", reshape=True)


@pytest.mark.parametrize(
    "load", [rk.load_model_hdf5, lambda path: rk.load_model_weights_hdf5(keras.Sequential(), path)]
)
def test_other_files_are_refused_by_what_they_are(build, load, tmp_path):
    with pytest.raises(rk.ArgumentError, match=r'the name of a file that is there, not "nothing.h5"'):
        load("nothing.h5")
    (tmp_path / "text.h5").write_text("weights")
    with pytest.raises(rk.ArgumentError, match=r'the name of an HDF5 file, not "text.h5"'):
        load("text.h5")
    keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)]).save_weights("native.weights.h5")
    (tmp_path / "native.weights.h5").rename(tmp_path / "native.h5")
    with pytest.raises(rk.ArgumentError, match=r"an HDF5 file with (a whole model|weights) in it"):
        load("native.h5")


def test_weights_alone_are_no_model(build):
    rk.save_model_weights_hdf5(build(), "w.h5")
    with pytest.raises(rk.ArgumentError, match="an HDF5 file with a whole model in it"):
        rk.load_model_hdf5("w.h5")


def test_a_model_is_saved_without_its_optimizer(build, data):
    model = build()
    rk.fit(model, *data, epochs=1, verbose=0)
    assert rk.save_model_hdf5(model, "deep/m.hdf5", include_optimizer=False)
    assert not rk.load_model_hdf5("deep/m.hdf5", compile=False).compiled
    with pytest.raises(rk.ArgumentError, match="a file that is not there, as overwrite is false"):
        rk.save_model_hdf5(model, "deep/m.hdf5", overwrite=False)


def test_weights_are_saved_and_loaded(build):
    model, other = build(), build()
    assert rk.save_model_weights_hdf5(model, "w.hd5")
    assert rk.load_model_weights_hdf5(other, "w.hd5") is other
    np.testing.assert_array_equal(model.get_weights()[0], other.get_weights()[0])
    with pytest.raises(rk.ArgumentError, match="as overwrite is false"):
        rk.save_model_weights_hdf5(model, "w.hd5", overwrite=False)


@pytest.fixture
def damaged(build):
    """Makes a file that was a model, by what has happened to it."""
    model = build()
    rk.save_model_hdf5(model, "whole.h5")
    whole = Path("whole.h5").read_bytes()

    def make(what):
        path = Path(f"{what}.h5")
        path.write_bytes({"cut off": whole[: len(whole) // 2], "a stub": whole[:3000]}.get(what, whole))
        with h5py.File(path, "a") if "cut" not in what and "stub" not in what else contextlib.nullcontext() as file:
            if what == "of a newer Keras":
                file.attrs["model_config"] = file.attrs["model_config"].replace('"Dense"', '"HyperDense"')
                file.attrs["keras_version"] = "9.0"
            elif what == "half a configuration":
                file.attrs["model_config"] = file.attrs["model_config"][:100]
            elif what == "foreign":
                file.attrs["model_config"] = "42"
            elif what == "without weights":
                del file["model_weights"]
        return str(path)

    return make


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("cut off", r"cut off\.h5 is damaged or not complete \(.*truncated file.*\)\."),
        ("a stub", r"a stub\.h5 is damaged or not complete \(.*truncated file.*\)\."),
        (
            "of a newer Keras",
            r"cannot be loaded: Unknown layer: 'HyperDense'\. It is to be named in `custom_objects`, or of Keras 9\.0; "
            r"this is 3\.",
        ),
        ("half a configuration", r"cannot be loaded: it is damaged or no model of Keras\."),
        ("foreign", r"cannot be loaded: it is damaged or no model of Keras"),
        ("without weights", r"cannot be loaded: it is damaged or no model of Keras\."),
    ],
)
def test_a_file_that_is_no_model_any_more_gets_one_sentence(damaged, what, sentence):
    with pytest.raises(rk.ArgumentError, match=r"^load_model_hdf5\(\): .*" + sentence) as caught:
        rk.load_model_hdf5(damaged(what))
    assert "\n" not in str(caught.value)


@pytest.mark.once
@pytest.mark.parametrize("what", ["cut off", "a stub"])
def test_weights_that_are_cut_off_get_one_sentence(build, damaged, what):
    with pytest.raises(rk.ArgumentError, match=r"^load_model_weights_hdf5\(\): .* is damaged or not complete"):
        rk.load_model_weights_hdf5(build(), damaged(what))


@pytest.mark.parametrize("of", [keras, tf_keras])
def test_code_in_a_file_is_not_run_unless_it_is_trusted(of, capfd):
    model = of.Sequential(
        [of.Input((3,)), of.layers.Lambda(lambda x: [print("code of the file"), x][1]), of.layers.Dense(1)]
    )
    model.save("unsafe.h5")
    capfd.readouterr()
    allow = r"code of its own, which is not run\. If you trust the file, call keras\.config\.enable_unsafe"
    with pytest.raises(rk.ArgumentError, match=allow):
        rk.load_model_hdf5("unsafe.h5")
    assert "code of the file" not in capfd.readouterr().out


@pytest.mark.once
def test_code_in_a_file_is_run_where_it_is_trusted():
    keras.Sequential([keras.Input((3,)), keras.layers.Lambda(lambda x: x * 2)]).save("unsafe.h5")
    trusting = """
import keras, numpy as np, rkeras_py as rk
keras.config.enable_unsafe_deserialization()
print(rk.load_model_hdf5("unsafe.h5").predict(np.ones((1, 3)), verbose=0).tolist())
"""
    ended = subprocess.run([sys.executable, "-c", trusting], capture_output=True, text=True, timeout=120, check=True)
    assert ended.stdout == "[[2.0, 2.0, 2.0]]\n"
