"""Applications: architectures that compute what tf_keras computes, the scaling of pixels, the names of classes."""

import inspect
import re
import sys

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py import keras_internals
from rkeras_py.datasets.downloaded import DownloadError
from rkeras_py.language import contract_of

tensorflow = pytest.mark.tensorflow
APPLICATIONS = [name for name in rk.__all__ if name.startswith("application_")]
PREPROCESSING = {
    "imagenet": ("imagenet_utils", ["channels_last", "channels_first"]),
    "densenet": ("densenet", ["channels_last", "channels_first"]),
    **{
        name: (name, [])
        for name in ("xception", "inception_v3", "inception_resnet_v2", "mobilenet", "mobilenet_v2", "nasnet")
    },
    "resnet": ("resnet", []),
    "resnet_v2": ("resnet_v2", []),
}


def images(dtype, order="C", channels="last"):
    pixels = np.random.default_rng(1).integers(0, 256, (2, 5, 4, 3)).astype(dtype, order=order)
    return np.asarray(pixels if channels == "last" else pixels.transpose(0, 3, 1, 2), order=order)


def theirs(module):
    import tf_keras

    return getattr(tf_keras.applications, module)


@tensorflow
@pytest.mark.parametrize("dtype", ["float32", "uint8", "int32"])
@pytest.mark.parametrize("name", PREPROCESSING)
def test_pixels_are_scaled_as_tf_keras_scales_them(name, dtype):
    module, formats = PREPROCESSING[name]
    function = getattr(rk, f"{name}_preprocess_input")
    for data_format in [None, *formats]:
        options = {"data_format": data_format} if data_format else {}
        x = images(dtype, channels="first" if data_format == "channels_first" else "last")
        for given in (x, x[0]):
            expected = theirs(module).preprocess_input(given.copy(), **options)
            scaled = function(given, **options)
            np.testing.assert_array_equal(scaled, expected)
            assert scaled.dtype == expected.dtype


@tensorflow
@pytest.mark.parametrize("mode", ["caffe", "tf", "torch"])
def test_the_mode_counts(mode):
    expected = theirs("imagenet_utils").preprocess_input(images("float32"), mode=mode)
    np.testing.assert_array_equal(rk.imagenet_preprocess_input(images("float32"), mode=mode), expected)


@pytest.mark.parametrize("name", PREPROCESSING)
def test_an_array_stays_as_it_is(name):
    """As R hands it over: of doubles, column by column, not to be written to."""
    x = images("float64", order="F")
    x.setflags(write=False)
    scaled = getattr(rk, f"{name}_preprocess_input")(x)
    np.testing.assert_array_equal(x, images("float64"))
    assert scaled.dtype == np.float32
    writable = images("float32")
    np.testing.assert_array_equal(getattr(rk, f"{name}_preprocess_input")(writable), scaled)
    np.testing.assert_array_equal(writable, images("float32"))


@pytest.mark.parametrize("name", PREPROCESSING)
def test_tensors_are_scaled_too(name):
    function = getattr(rk, f"{name}_preprocess_input")
    input = keras.Input((5, 4, 3))
    by_model = keras.Model(input, function(input)).predict(images("float32"), verbose=0)
    np.testing.assert_allclose(by_model, function(images("float32")), rtol=1e-5, atol=1e-5)


def test_a_mode_that_is_none_is_refused():
    with pytest.raises(rk.ArgumentError, match=r'`mode` must be one of "caffe", "tf" or "torch", not "torchh"'):
        rk.imagenet_preprocess_input(images("float32"), mode="torchh")


# Smaller and larger networks of the same code differ in numbers of layers alone.
ALIKE = {
    "application_vgg16": {},
    "application_xception": {"input_shape": [71, 71, 3]},
    "application_inception_v3": {"input_shape": [75, 75, 3]},
    "application_resnet50": {"pooling": "avg"},
    "application_resnet50_v2": {"pooling": "max"},
    "application_mobilenet": {"alpha": 0.25, "depth_multiplier": 1},
    "application_mobilenet_v2": {"alpha": 0.35},
    "application_mobilenet_v3_small": {"minimalistic": True},
    "application_densenet": {"blocks": [1, 1, 1, 1]},
    "application_nasnet": {"penultimate_filters": 96, "num_blocks": 1, "stem_block_filters": 8},
    "application_efficientnet_b0": {},
}


@pytest.mark.once
@tensorflow
@pytest.mark.parametrize("name", ALIKE)
def test_with_the_same_weights_comes_what_comes_in_tf_keras(name):
    import tf_keras

    options = {"weights": None, "include_top": False, "input_shape": [32, 32, 3], **ALIKE[name]}
    ours = getattr(rk, name)(**options)
    classes = {key.lower(): value for key, value in vars(tf_keras.applications).items()}
    classes |= {
        "densenet": tf_keras.src.applications.densenet.DenseNet,
        "nasnet": tf_keras.src.applications.nasnet.NASNet,
    }
    legacy = classes[re.sub("application|_", "", name)](**{**options, "input_shape": tuple(options["input_shape"])})
    random = np.random.default_rng(1)
    weights = [np.abs(one + 0.01 * random.normal(size=one.shape)).astype(one.dtype) for one in legacy.get_weights()]
    weights = [one if one.ndim < 2 else one - one.mean() for one in weights]
    legacy.set_weights(weights)
    ours.set_weights(weights)
    size = options["input_shape"]
    x = random.uniform(0, 255, (2, *size)).astype("float32")
    one, other = ours.predict(x, verbose=0), legacy.predict(x, verbose=0)
    assert np.isfinite(one).all()
    assert one.std() > 0
    np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-4 * np.abs(other).max())


@pytest.mark.once
@pytest.mark.parametrize("name", APPLICATIONS)
def test_it_is_what_it_is_called_and_keras_has_every_argument(name):
    function = getattr(rk, name)
    known = re.search(r"`keras\.applications\.(\w+)`", inspect.getdoc(function)).group(1)
    assert known.lower() == re.sub("application|_", "", name)
    sort = getattr(keras.applications, known, None) or getattr(keras_internals, known)
    if sort.__module__.startswith("keras."):
        assert set(contract_of(function).arguments) <= set(inspect.signature(sort).parameters)


@pytest.mark.once
def test_a_densenet_and_a_nasnet_of_ones_own():
    densenet = rk.application_densenet([1, 2, 1, 1], weights=None, classes=3, input_shape=[32, 32, 3])
    names = [layer.name for layer in densenet.layers]
    assert [f"conv{stage}_block2_concat" in names for stage in (2, 3, 4, 5)] == [False, True, False, False]
    options = {"input_shape": [32, 32, 3], "penultimate_filters": 24 * 4, "num_blocks": 1, "stem_block_filters": 8}
    nasnet = rk.application_nasnet(**options, skip_reduction=False, classes=3)
    assert nasnet.predict(images("float32")[:, :1, :1].repeat(32, 1).repeat(32, 2), verbose=0).shape == (2, 3)


def test_the_top_can_be_replaced_and_trained(data):
    """Transfer learning, as the book does it."""
    base = rk.application_densenet(
        [1, 1, 1, 1], include_top=False, weights=None, input_shape=[32, 32, 3], pooling="avg"
    )
    base.trainable = False
    model = rk.layer_dense(rk.keras_model_sequential([base]), units=1, activation="sigmoid")
    rk.compile(model, optimizer=rk.optimizer_rmsprop(lr=0.1), loss="binary_crossentropy")
    frozen, top = [one.copy() for one in base.get_weights()], model.layers[-1].get_weights()
    x = np.random.default_rng(1).uniform(0, 255, (8, 32, 32, 3)).astype("float32")
    rk.fit(model, x, np.arange(8) % 2, epochs=2, verbose=0)
    assert all(np.array_equal(one, other) for one, other in zip(frozen, base.get_weights(), strict=True))
    assert not np.array_equal(top[0], model.layers[-1].get_weights()[0])


def test_it_begins_with_a_tensor_and_ends_in_classes():
    input = rk.layer_input([32, 32, 3])
    model = rk.application_mobilenet(
        input_tensor=input, weights=None, alpha=0.25, classes=7, classifier_activation=None
    )
    assert model.input is input
    assert model.output.shape == (None, 7)
    assert model.predict(np.ones((1, 32, 32, 3)), verbose=0).sum() != pytest.approx(1, abs=1e-3)


@pytest.mark.once
@pytest.mark.parametrize("file", ["some.h5", "no ending", "some.weights.h5"])
def test_weights_come_from_a_file(file):
    options = {"input_shape": [32, 32, 3], "alpha": 0.25, "include_top": False}
    model = rk.application_mobilenet(**options, weights=None)
    if file == "some.weights.h5":
        model.save_weights(file)
    else:
        rk.save_model_weights_hdf5(model, file)
    again = rk.application_mobilenet(**options, weights=file)
    assert all(np.array_equal(one, other) for one, other in zip(model.get_weights(), again.get_weights(), strict=True))


def test_weights_that_are_not_there_are_refused():
    with pytest.raises(rk.ArgumentError, match=r'application_vgg16\(\): `weights` must be .*, not "imagnet"'):
        rk.application_vgg16(weights="imagnet")


def test_what_cannot_be_downloaded_says_so(monkeypatch):
    monkeypatch.setenv("KERAS_HOME", "empty")
    unreachable = "http://127.0.0.1:9/"
    monkeypatch.setattr(sys.modules[keras.applications.MobileNet.__module__], "BASE_WEIGHT_PATH", unreachable)
    with pytest.raises(DownloadError, match=r"^application_mobilenet\(\): a file is not in .*models, and cannot"):
        rk.application_mobilenet(alpha=0.25, input_shape=[128, 128, 3])


CLASSES = {str(number): [f"n{number:08d}", f"thing_{number}"] for number in range(1000)}


@pytest.fixture
def names(monkeypatch):
    """Names for the classes, which else Keras and tf_keras download."""
    monkeypatch.setattr(
        sys.modules[keras.applications.imagenet_utils.decode_predictions.__module__], "CLASS_INDEX", CLASSES
    )


@tensorflow
@pytest.mark.parametrize("name", ["imagenet", "mobilenet", "mobilenet_v2"])
def test_classes_are_named_as_tf_keras_names_them(name, names, monkeypatch):
    module = theirs("imagenet_utils")
    monkeypatch.setattr(sys.modules[module.decode_predictions.__module__], "CLASS_INDEX", CLASSES)
    predicted = np.random.default_rng(1).uniform(size=(3, 1000)).astype("float32")
    function = getattr(rk, f"{name}_decode_predictions")
    assert function(predicted, top=4) == module.decode_predictions(predicted, top=4)
    assert len(function(predicted)[0]) == 5
    assert function(predicted)[0][0].class_description == f"thing_{predicted[0].argmax()}"


def test_predictions_of_other_classes_have_no_names(names):
    with pytest.raises(rk.ArgumentError, match="`preds` must be a matrix of 1000 columns"):
        rk.imagenet_decode_predictions(np.ones((2, 10)))


@pytest.mark.parametrize("name", ["mobilenet", "mobilenet_v2"])
def test_a_file_of_keras_2_has_relu6(name):
    """Keras 2.2 wrote `relu6` as the activation of a layer, which Keras knew under no such name."""
    model = keras.Sequential([keras.Input((2,)), keras.layers.Activation("relu6")])
    rk.save_model_hdf5(model, "mobile.h5")
    loaded = getattr(rk, f"{name}_load_model_hdf5")("mobile.h5")
    assert loaded.predict(np.array([[-1.0, 9.0]]), verbose=0).tolist() == [[0, 6]]
