"""Windows over series, and data sets of files, against Keras 2."""

from pathlib import Path

import keras
import numpy as np
import pytest
from tf_keras import utils as utils_of_keras_2
from tf_keras.preprocessing import sequence as sequence_of_keras_2

import rkeras_py as rk

pytestmark = [pytest.mark.once, pytest.mark.tensorflow]

SERIES = np.asfortranarray(np.arange(90.0).reshape(30, 3) % 17)
TARGETS = np.arange(30.0)
OPTIONS = [
    {},
    {"sampling_rate": 2, "stride": 3, "batch_size": 4},
    {"start_index": 5, "end_index": 20, "reverse": True},
    {"shuffle": True, "batch_size": 8},
]


def batches(data):
    return [
        tuple(np.asarray(one) for one in batch) if isinstance(batch, tuple) else np.asarray(batch) for batch in data
    ]


def equal(ours, theirs):
    assert len(ours) == len(theirs) > 0
    for one, other in zip(ours, theirs, strict=True):
        for mine, its in zip(one, other, strict=True) if isinstance(one, tuple) else [(one, other)]:
            assert mine.dtype == its.dtype
            np.testing.assert_array_equal(mine, its)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_timeseries_generator(options):
    ours = rk.timeseries_generator(SERIES, TARGETS, 6.0, **options)
    theirs = sequence_of_keras_2.TimeseriesGenerator(SERIES.astype("float32"), TARGETS.astype("float32"), 6, **options)
    assert isinstance(ours, keras.utils.PyDataset)
    assert len(ours) == len(theirs)
    np.random.seed(3)
    found = batches(ours)
    np.random.seed(3)
    equal(found, batches(theirs[i] for i in range(len(theirs))))


def test_a_generator_trains(build):
    model = keras.Sequential([keras.Input((6, 3)), keras.layers.Flatten(), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    assert len(model.fit(rk.timeseries_generator(SERIES / 17, TARGETS / 30, 6), epochs=2, verbose=0).epoch) == 2


def test_series_that_are_too_short():
    for options, expected in [
        ({"length": 30}, r"`length` must be at most 29, the steps that are there before, not 30"),
        ({"length": 3, "end_index": 30}, r"`end_index` must be below 30"),
        ({"length": 3, "start_index": 28}, r"`length` must be at most 1,"),
        ({"length": 3, "targets": [1, 2]}, r"`targets` must be an array with 30 targets"),
        ({"length": 3, "data": [["a"]]}, r"`data` must be an array of numbers"),
        ({"length": 3, "data": [[1], [2, 3]]}, r"`data` must be an array of numbers"),
    ]:
        with pytest.raises(rk.ArgumentError, match=expected):
            rk.timeseries_generator(**{"data": SERIES, "targets": TARGETS, **options})


WINDOWS = [
    ({}, {}),
    ({"sequence_stride": 2, "sampling_rate": 3, "batch_size": 4}, {}),
    ({"batch_size": None}, {}),
    ({"shuffle": True, "seed": 5}, {}),
    ({"start_index": 0}, {"start_index": 0}),
    ({"start_index": 1}, {"start_index": 0}),
    ({"start_index": 6, "end_index": 20}, {"start_index": 5, "end_index": 20}),
    ({"end_index": -1}, {}),
    ({"end_index": -3}, {"end_index": 28}),
]


@pytest.mark.parametrize("targets", [TARGETS, None], ids=["targets", "none"])
@pytest.mark.parametrize(("options", "counted_from_0"), WINDOWS, ids=str)
def test_timeseries_dataset_from_array(options, counted_from_0, targets):
    ours = rk.timeseries_dataset_from_array(SERIES, targets, 4, **options)
    same = {name: value for name, value in options.items() if not name.endswith("index")}
    theirs = utils_of_keras_2.timeseries_dataset_from_array(
        SERIES.astype("float32"), None if targets is None else targets.astype("float32"), 4, **same, **counted_from_0
    )
    equal(batches(ours), batches(theirs))


def test_windows_that_are_not_there():
    for options, expected in [
        ({"start_index": 31}, r"`start_index` must be at most 30"),
        ({"end_index": 31}, r"`end_index` must be between `start_index` and 30"),
        ({"start_index": 8, "end_index": 7}, r"`end_index` must be between"),
        ({"end_index": 0, "start_index": 30}, None),
    ]:
        if expected:
            with pytest.raises(rk.ArgumentError, match=expected):
                rk.timeseries_dataset_from_array(SERIES, None, 2, **options)


@pytest.fixture
def texts():
    """A directory with two classes of texts, one with a name beyond ASCII."""
    for folder, texts in {"bad": ["no", "never again"], "很好": ["好", "yes 😀", "fine"]}.items():
        (place := Path("reviews") / folder).mkdir(parents=True)
        for number, text in enumerate(texts):
            (place / f"{number}.txt").write_text(text, "utf-8")
    return "reviews"


def test_text_dataset_from_directory(texts, capsys):
    options = [
        {"shuffle": False},
        {"seed": 3.0},
        {"shuffle": False, "label_mode": "binary", "class_names": ["bad", "很好"], "batch_size": 2},
        {"shuffle": False, "labels": [0, 1, 1, 0, 1], "label_mode": "categorical"},
        {"shuffle": False, "label_mode": None, "labels": None, "max_length": 2},
        {"validation_split": 0.4, "subset": "validation", "seed": 1},
    ]
    for one in options:
        ours = rk.text_dataset_from_directory(texts, **one)
        more = {name: int(value) if name == "seed" else value for name, value in one.items()}
        equal(batches(ours), batches(utils_of_keras_2.text_dataset_from_directory(texts, **more)))
    assert "Found 5 files" in capsys.readouterr().out
    parts = rk.text_dataset_from_directory(texts, validation_split=0.4, subset="both", seed=1, verbose=False)
    assert [len(batches(part)[0][0]) for part in parts] == [3, 2]
    assert rk.text_dataset_from_directory(texts, verbose=False).class_names == ["bad", "很好"]
    assert not capsys.readouterr().err
    with pytest.raises(rk.ArgumentError, match='`directory` must be a directory that is there, not "nowhere"'):
        rk.text_dataset_from_directory("nowhere")


@pytest.fixture
def images():
    """A directory with two classes of images."""
    random = np.random.default_rng(1)
    for folder, number in {"cats": 3, "狗": 2}.items():
        (place := Path("images") / folder).mkdir(parents=True)
        for i in range(number):
            keras.utils.save_img(place / f"{i}.png", random.integers(0, 256, (9, 7, 3)), scale=False)
    return "images"


def test_image_dataset_from_directory(images, capsys):
    for one in [
        {"shuffle": False, "image_size": [9.0, 7.0]},
        {"shuffle": False, "image_size": [5, 4], "color_mode": "grayscale", "label_mode": "categorical"},
        {"seed": 2, "image_size": [4, 4], "interpolation": "nearest", "batch_size": 2},
        {"shuffle": False, "image_size": [4, 4], "crop_to_aspect_ratio": True, "labels": None, "label_mode": None},
        {"validation_split": 0.4, "subset": "training", "seed": 1, "image_size": [4, 4]},
    ]:
        ours = rk.image_dataset_from_directory(images, **one)
        size = tuple(int(side) for side in one["image_size"])
        theirs = utils_of_keras_2.image_dataset_from_directory(images, **{**one, "image_size": size})
        assert ours.class_names == theirs.class_names if "labels" not in one else True
        for mine, its in zip(batches(ours), batches(theirs), strict=True):
            for a, b in zip(mine, its, strict=True) if isinstance(mine, tuple) else [(mine, its)]:
                np.testing.assert_allclose(a, b, rtol=1e-6, atol=1e-4)
    assert "Found 5 files" in capsys.readouterr().out
    for size in (3, [3], [3, 0], [3, 3, 3]):
        with pytest.raises(rk.ArgumentError, match="`image_size` must be two whole numbers, a height and a width"):
            rk.image_dataset_from_directory(images, image_size=size)
