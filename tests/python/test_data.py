"""What prepares data, and how data reach Keras."""

import gzip
import io
import pickle
import re
import tarfile
import urllib.error

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rkeras_py as rk
from rkeras_py.language.kinds import Unfit
from rkeras_py.language.wording import RFactor, language
from rkeras_py.models.data import SampleArrays

pytestmark = pytest.mark.once


@pytest.fixture
def in_r():
    token = language.set("R")
    yield
    language.reset(token)


def test_doubles_by_column_are_copied_once():
    doubles = np.asfortranarray(np.random.default_rng(1).normal(size=(50, 4)))
    copied = SampleArrays().convert(doubles)
    assert copied.dtype == np.float32
    assert copied.flags["F_CONTIGUOUS" if keras.config.backend() == "tensorflow" else "C_CONTIGUOUS"]
    np.testing.assert_array_equal(copied, doubles.astype("float32"))
    assert SampleArrays().convert(copied) is copied
    several = SampleArrays().convert({"a": doubles, "b": [doubles, copied]})
    assert several["b"][1] is copied
    assert several["a"].dtype == several["b"][0].dtype == np.float32


def test_the_memory_of_one_copy(data):
    import tracemalloc

    doubles = np.asfortranarray(np.zeros((100_000, 20)))
    tracemalloc.start()
    copied = SampleArrays().convert(doubles)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1.1 * copied.nbytes


def test_other_types_stay_what_they_are():
    integers = np.arange(6).reshape(2, 3)
    assert SampleArrays().convert(integers) is integers


def test_strings_are_a_tensor_on_tensorflow_and_refused_elsewhere():
    if keras.config.backend() != "tensorflow":
        with pytest.raises(Unfit, match="there are no tensors of strings: call the layer that takes them"):
            SampleArrays().convert(["a", "b"])
        return
    column = SampleArrays().convert(["a", "b"])
    assert (column.shape, column.numpy().tolist()) == ((2, 1), [[b"a"], [b"b"]])


def test_one_number_of_r_is_a_vector(in_r):
    assert SampleArrays().convert(5.0).tolist() == [5.0]


@pytest.mark.parametrize("y", [["a", "b"], np.array(["a", "b"]), [["a"], ["b"]]])
def test_words_are_no_targets(build, data, y):
    with pytest.raises(
        rk.ArgumentError, match=r"fit\(\): `y` must be .*Number the classes from 0, e\.g\. by numpy\.unique"
    ):
        rk.fit(build(), data[0][:2], y)


def test_to_categorical():
    assert rk.to_categorical([0, 2]).tolist() == [[1, 0, 0], [0, 0, 1]]
    assert rk.to_categorical(np.array([[0.0], [1.0]]), num_classes=3, dtype="int32").tolist() == [[1, 0, 0], [0, 1, 0]]
    assert rk.to_categorical([1]).dtype == np.float32
    assert rk.to_categorical(RFactor([1, 3, 2], ["a", "b", "c"])).tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
    with pytest.raises(rk.ArgumentError, match="`num_classes` must be more than the largest class, 2, not 2"):
        rk.to_categorical([0, 2], num_classes=2)
    with pytest.raises(rk.ArgumentError, match='`dtype` must be a type as "float32" or "int32", not "flaot"'):
        rk.to_categorical([0], dtype="flaot")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), max_size=6), min_size=1, max_size=5), st.integers(1, 5), st.data())
def test_pad_sequences_is_keras_own(sequences, maxlen, draw):
    sides = [draw.draw(st.sampled_from(["pre", "post"])) for _ in range(2)]
    ours = rk.pad_sequences(sequences, maxlen=maxlen, padding=sides[0], truncating=sides[1], value=7)
    theirs = keras.utils.pad_sequences(sequences, maxlen=maxlen, padding=sides[0], truncating=sides[1], value=7)
    np.testing.assert_array_equal(ours, theirs)


def test_a_number_is_a_sequence_of_one():
    assert rk.pad_sequences([[1, 2], 3, None]).tolist() == [[1, 2], [0, 3], [0, 0]]


def test_array_reshape_goes_row_by_row():
    matrix = np.asfortranarray(np.arange(6).reshape(2, 3))
    assert rk.array_reshape(matrix, [3, -1]).tolist() == [[0, 1], [2, 3], [4, 5]]
    assert rk.array_reshape(matrix, [3, 2], order="F").tolist() == [[0, 4], [3, 2], [1, 5]]
    assert rk.array_reshape([1.5], 1).dtype == np.float64
    with pytest.raises(rk.ArgumentError, match=r"`dim` must be a shape of 6 elements, not \[4, 2\]"):
        rk.array_reshape(matrix, [4, 2])


def test_normalize_counts_axes_from_one():
    matrix = np.array([[3.0, 4.0], [6.0, 8.0]])
    np.testing.assert_array_equal(rk.normalize(matrix), rk.normalize(matrix, axis=2))
    assert rk.normalize(matrix)[0] == pytest.approx([0.6, 0.8])
    assert rk.normalize(matrix, axis=1)[:, 0] == pytest.approx([0.4472136, 0.8944272])
    with pytest.raises(rk.ArgumentError, match="`axis` must be the number of one of the 2 axes, not 3"):
        rk.normalize(matrix, axis=3)


def test_k_get_value_and_k_set_value():
    variable = keras.Variable(np.ones((2, 2)))
    rk.k_set_value(variable, [[1, 2], [3, 4]])
    assert rk.k_get_value(variable).tolist() == [[1, 2], [3, 4]]
    with pytest.raises(rk.ArgumentError, match=r"`value` must be an array of shape \(2, 2\), not 5"):
        rk.k_set_value(variable, 5)
    with pytest.raises(rk.ArgumentError, match=r"`x` must be a variable, not 0\.5"):
        rk.k_set_value(0.5, 1)
    with pytest.raises(rk.ArgumentError, match=r'`x` must be a variable or a tensor, not "lr"'):
        rk.k_get_value("lr")
    assert rk.k_get_value(keras.ops.convert_to_tensor([1.0])).tolist() == [1.0]


def test_the_words_of_r():
    from rkeras_py import FALSE, NULL, TRUE, c

    assert c(28, 28, 1) == [28, 28, 1]
    assert c([1, 2], 3, NULL, np.array([4])) == [1, 2, 3, 4]
    assert c(a=1, b=2) == {"a": 1, "b": 2}
    assert (TRUE, FALSE, NULL) == (True, False, None)
    with pytest.raises(TypeError, match="either all elements have a name or none has"):
        c(1, a=2)


def test_get_and_set_weights(build):
    model, other = build(), build()
    rk.set_weights(other, [weight + 1 for weight in rk.get_weights(model)])
    np.testing.assert_array_equal(other.get_weights()[0], model.get_weights()[0] + 1)
    rk.set_weights(other.layers[0], rk.get_weights(model.layers[0]))
    np.testing.assert_array_equal(other.get_weights()[0], model.get_weights()[0])
    with pytest.raises(rk.ArgumentError, match=r"arrays of the shapes \(3, 4\), \(4,\), \(4, 1\), \(1,\), not"):
        rk.set_weights(model, [np.ones(3)])


def test_summary_prints_and_returns_the_model(build, capsys):
    model = build()
    assert rk.summary(model, line_length=60) is model
    lines = capsys.readouterr().out.split("\n")
    assert "dense" in "".join(lines)
    assert max(len(line) for line in lines) <= 60


@pytest.mark.parametrize("quiet", [False, True])
def test_a_seed_makes_it_come_out_the_same(data, capsys, quiet):
    def trained():
        rk.use_session_with_seed(42, disable_gpu=False, disable_parallel_cpu=False, quiet=quiet)
        model = rk.keras_model_sequential([rk.layer_dense(units=4, input_shape=[3]), rk.layer_dropout(rate=0.5)])
        rk.layer_dense(model, 1)
        rk.compile(model, "adam", "mse")
        return model.layers[0].name, rk.fit(model, *data, epochs=2, verbose=0).metrics

    assert trained() == trained()
    assert trained()[0] == "dense"
    assert capsys.readouterr().out == ("" if quiet else "Set session seed to 42\n" * 3)


@pytest.mark.tensorflow
def test_too_late_for_threads_warns():
    keras.ops.add(1, 1)
    with pytest.warns(rk.RKerasWarning, match="TensorFlow has begun to compute"):
        rk.use_session_with_seed(1, quiet=True)


def test_keras_is_there(capsys):
    assert rk.is_keras_available()
    assert rk.is_keras_available("3.12")
    assert not rk.is_keras_available("4.0")
    rk.install_keras()
    assert "pip install 'rkeras-py[tensorflow]'" in capsys.readouterr().out


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A Keras cache with small data of our own making, which Keras's checksum is told to accept."""
    from keras.src.utils import file_utils

    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(file_utils, "validate_file", lambda *arguments, **named: True)
    monkeypatch.setattr(file_utils.config, "keras_home", lambda: str(tmp_path / "home"))
    folder = tmp_path / "home" / "datasets"
    folder.mkdir(parents=True)
    return folder


def test_mnist_from_the_cache(cache):
    images = np.arange(5 * 28 * 28).reshape(5, 28, 28).astype("uint8")
    np.savez(cache / "mnist.npz", x_train=images[:3], y_train=[1, 2, 3], x_test=images[3:], y_test=[4, 5])
    mnist = rk.dataset_mnist()
    assert mnist.train.x.shape == (3, 28, 28)
    (x_train, y_train), (x_test, y_test) = mnist
    assert (y_train.tolist(), y_test.tolist(), len(x_train), len(x_test)) == ([1, 2, 3], [4, 5], 3, 2)


def test_imdb_from_the_cache(cache):
    reviews = np.array([[1, 2, 3], [4, 5], [6], [2, 9]], dtype=object)
    np.savez(cache / "imdb.npz", x_train=reviews[:2], y_train=[1, 0], x_test=reviews[2:], y_test=[0, 1])
    plain = rk.dataset_imdb()
    assert sorted(plain.train.x, key=len) == [[1, 7, 8], [1, 4, 5, 6]]
    few = rk.dataset_imdb(num_words=7)
    assert sorted(few.train.x, key=len) == [[1, 2, 2], [1, 4, 5, 6]]


def test_boston_housing_from_the_cache(cache):
    np.savez(cache / "boston_housing.npz", x=np.ones((10, 13)), y=np.arange(10.0))
    boston = rk.dataset_boston_housing(test_split=0.3)
    assert (boston.train.x.shape, boston.test.x.shape) == ((7, 13), (3, 13))


@pytest.mark.parametrize("name", ["mnist", "imdb", "boston_housing"])
def test_without_a_network_there_is_one_sentence(cache, monkeypatch, name):
    def fail(*arguments, **named):
        raise urllib.error.URLError("no network")

    monkeypatch.setattr("keras.src.utils.file_utils.urlretrieve", fail)
    expected = (
        rf"dataset_{name}\(\): {re.escape(str(cache))}/{name}\.npz is not there, and cannot be downloaded \(.*\)\. Put"
    )
    with pytest.raises(rk.DownloadError, match=expected):
        getattr(rk, f"dataset_{name}")()


def test_reuters_from_the_cache(cache):
    texts = np.array([[1, 2, 3], [4, 5], [6], [2, 9]], dtype=object)
    np.savez(cache / "reuters.npz", x=texts, y=np.array([3, 4, 0, 45]))
    reuters = rk.dataset_reuters(test_split=0.25)
    assert (len(reuters.train.x), len(reuters.test.y)) == (3, 1)
    assert sorted(map(list, [*reuters.train.x, *reuters.test.x])) == [[1, 4, 5, 6], [1, 5, 2], [1, 7, 8], [1, 9]]
    assert rk.dataset_reuters(skip_top=6, num_words=9, maxlen=4, test_split=0).train.x[0][0] == 2


@pytest.mark.parametrize("name", ["imdb", "reuters"])
def test_word_indices_from_the_cache(cache, name):
    (cache / f"{name}_word_index.json").write_text('{"the": 1, "caf\\u00e9": 2}')
    function = getattr(rk, f"dataset_{name}_word_index")
    assert function() == {"the": 1, "café": 2}
    (cache / "other.json").write_text('{"a": 1}')
    assert function("other.json") == {"a": 1}


def _images_in_rows(number, classes, random):
    rows = np.zeros((number, 3072), "uint8")
    rows[-1] = random.integers(0, 256, 3072)
    return rows, random.integers(0, classes, number).tolist()


@pytest.mark.parametrize("name", ["cifar10", "cifar100"])
def test_cifar_from_the_cache(cache, name):
    random = np.random.default_rng(1)
    inner = "cifar-10-batches-py" if name == "cifar10" else "cifar-100-python"
    parts = [*(f"data_batch_{i}" for i in range(1, 6)), "test_batch"] if name == "cifar10" else ["train", "test"]
    with tarfile.open(cache / f"{inner}-target_archive", "w") as archive:
        for part in parts:
            rows, classes = _images_in_rows(10_000 if name == "cifar10" else 20, 10, random)
            names = {b"labels": classes, b"fine_labels": classes, b"coarse_labels": [one // 2 for one in classes]}
            content = pickle.dumps({b"data": rows, **names})
            (entry := tarfile.TarInfo(f"{inner}/{part}")).size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    function = getattr(rk, f"dataset_{name}")
    found = function()
    assert found.train.x.shape[1:] == (32, 32, 3)
    assert (found.train.y.shape[1:], found.train.x.dtype) == ((1,), np.uint8)
    assert (found.test.x[-1, :, :, 0].ravel() == rows[-1, :1024]).all()
    if name == "cifar100":
        assert (function("coarse").test.y == found.test.y // 2).all()


def test_fashion_mnist_from_the_cache(cache):
    (folder := cache / "fashion-mnist").mkdir()
    for part, number in {"train": 3, "t10k": 2}.items():
        for sort, offset, size in [("labels-idx1", 8, 1), ("images-idx3", 16, 784)]:
            content = bytes(offset) + bytes(i % 10 for i in range(number * size))
            with gzip.open(folder / f"{part}-{sort}-ubyte.gz", "wb") as file:
                file.write(content)
    (x_train, y_train), (x_test, y_test) = rk.dataset_fashion_mnist()
    assert (x_train.shape, y_train.tolist(), x_test.shape, y_test.tolist()) == (
        (3, 28, 28),
        [0, 1, 2],
        (2, 28, 28),
        [0, 1],
    )


@pytest.mark.parametrize(
    ("name", "file"),
    {
        "reuters": "reuters.npz",
        "reuters_word_index": "reuters_word_index.json",
        "imdb_word_index": "imdb_word_index.json",
        "cifar10": "cifar-10-batches-py-target_archive",
        "cifar100": "cifar-100-python-target_archive",
        "fashion_mnist": "fashion-mnist/train-labels-idx1-ubyte.gz",
    }.items(),
)
def test_where_a_file_belongs(cache, monkeypatch, name, file):
    def fail(*arguments, **named):
        raise urllib.error.URLError("no network")

    monkeypatch.setattr("keras.src.utils.file_utils.urlretrieve", fail)
    expected = (
        rf"dataset_{name}\(\): {re.escape(str(cache))}/{file} is not there, and cannot be downloaded \(.*\)\. Put"
    )
    with pytest.raises(rk.DownloadError, match=expected):
        getattr(rk, f"dataset_{name}")()


def test_a_file_with_another_content_is_not_taken(tmp_path, monkeypatch):
    from keras.src.utils import file_utils

    def fail(*arguments, **named):
        raise urllib.error.URLError("no network")

    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setattr(file_utils.config, "keras_home", lambda: str(tmp_path))
    monkeypatch.setattr(file_utils, "urlretrieve", fail)
    (tmp_path / "datasets").mkdir()
    (tmp_path / "datasets" / "reuters.npz").write_bytes(b"something else")
    with pytest.raises(rk.DownloadError):
        rk.dataset_reuters()
