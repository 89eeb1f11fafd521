"""Images, single ones and batches of changed ones, against Keras 2."""

from pathlib import Path

import keras
import numpy as np
import pandas as pd
import pytest
from tf_keras import utils as utils_of_keras_2
from tf_keras.preprocessing import image as image_of_keras_2

import rkeras_py as rk
from rkeras_py.keras_internals import legacy_preprocessing
from rkeras_py.language.wording import RValue

pytestmark = pytest.mark.once

PIXELS = np.random.default_rng(1).integers(0, 256, (9, 12, 10, 3)).astype("float32")
CLASSES = np.arange(9) % 3
OPTIONS = [
    {},
    {"rotation_range": 40, "width_shift_range": 0.2, "height_shift_range": 0.2, "shear_range": 0.2, "zoom_range": 0.2},
    {"width_shift_range": [1, 2, 3], "height_shift_range": 3, "fill_mode": "constant", "cval": 7},
    {"width_shift_range": 2.5, "zoom_range": [0.5, 1.5], "fill_mode": "reflect"},
    {"horizontal_flip": True, "vertical_flip": True, "rescale": 1 / 255},
    {"brightness_range": [0.2, 0.8], "channel_shift_range": 20, "fill_mode": "wrap", "rotation_range": 10},
    {"samplewise_center": True, "samplewise_std_normalization": True},
    {"featurewise_center": True, "featurewise_std_normalization": True, "rescale": 0.1},
    {"featurewise_center": True, "zca_whitening": True, "zca_epsilon": 1e-4},
    {"preprocessing_function": lambda image: image[:, ::-1] / 2, "rescale": 2},
    {"data_format": "channels_first", "rotation_range": 20},
]


def equal(one, other):
    if isinstance(one, list | tuple):
        assert len(one) == len(other)
        for mine, its in zip(one, other, strict=True):
            equal(mine, its)
    else:
        assert one.dtype == other.dtype
        np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-5)


def some(flow, number=5, seed=3):
    np.random.seed(seed)
    return [next(flow) for _ in range(number)]


def generators(options):
    ours, theirs = rk.image_data_generator(**options), image_of_keras_2.ImageDataGenerator(**options)
    if any(name.startswith(("featurewise", "zca")) for name in options):
        assert rk.fit_image_data_generator(ours, PIXELS, seed=2, augment=True, rounds=2) is ours
        theirs.fit(PIXELS, seed=2, augment=True, rounds=2)
    return ours, theirs


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: "-".join(options))
def test_flow_images_from_data(options):
    ours, theirs = generators(options)
    assert isinstance(ours, legacy_preprocessing("image").ImageDataGenerator)
    pixels = PIXELS if options.get("data_format") is None else PIXELS.transpose(0, 3, 1, 2)
    for more in (
        {"y": CLASSES},
        {"seed": 4, "y": CLASSES, "sample_weight": np.arange(9.0, dtype="f4")},
        {"shuffle": False},
    ):
        mine = rk.flow_images_from_data(np.asfortranarray(pixels), generator=ours, batch_size=4, **more)
        its = theirs.flow(pixels, batch_size=4, **more)
        assert len(mine) == len(its) == 3
        equal(some(mine), some(its))
    assert isinstance(mine, keras.utils.PyDataset)


def test_parts_of_data():
    ours, theirs = generators({"validation_split": 0.34})
    for subset in ("training", "validation"):
        mine = rk.flow_images_from_data(PIXELS, CLASSES, ours, shuffle=False, subset=subset)
        equal(some(mine, 2), some(theirs.flow(PIXELS, CLASSES, shuffle=False, subset=subset), 2))
    assert rk.flow_images_from_data(PIXELS).image_data_generator.rescale is None


@pytest.fixture
def folder():
    """A directory with two classes of images."""
    for name, number in {"cats": 4, "狗": 3}.items():
        (place := Path("images") / name).mkdir(parents=True)
        for i in range(number):
            keras.utils.save_img(place / f"{i}.png", PIXELS[i + len(name)], scale=False)
    return "images"


def test_flow_images_from_directory(folder, capsys):
    ours, theirs = generators({**OPTIONS[1], "validation_split": 0.4, "rescale": 1 / 255})
    for more in [
        {"target_size": (12.0, 10.0), "class_mode": "binary"},
        {"target_size": (5, 6), "seed": 3, "interpolation": "bilinear", "color_mode": "grayscale"},
        {"target_size": (5, 6), "classes": ["狗", "cats"], "class_mode": "sparse", "shuffle": False},
        {"target_size": (5, 6), "class_mode": "input", "subset": "training", "color_mode": "rgba"},
        {"target_size": (5, 6), "class_mode": None, "subset": "validation"},
    ]:
        mine = rk.flow_images_from_directory(folder, ours, batch_size=3, **more)
        sizes = {"target_size": tuple(map(int, more["target_size"]))}
        its = theirs.flow_from_directory(folder, batch_size=3, **{**more, **sizes})
        for part in ("class_indices", "filenames", "samples", "n", "batch_size"):
            assert getattr(mine, part) == getattr(its, part)
        equal(some(mine), some(its))
    assert "Found 7 images belonging to 2 classes." in capsys.readouterr().out
    rk.flow_images_from_directory(folder, ours, save_to_dir="new/place", save_prefix="a", save_format="jpeg")[0]
    assert len(list(Path("new/place").glob("a_*.jpeg"))) == 7
    with pytest.raises(rk.ArgumentError, match='`directory` must be a directory that is there, not "nowhere"'):
        rk.flow_images_from_directory("nowhere")


@pytest.fixture
def frame(folder):
    files = [str(path.relative_to(folder)) for path in sorted(Path(folder).rglob("*.png"))]
    return pd.DataFrame(
        {"filename": files, "class": ["a", "b"] * 3 + ["a"], "one": np.arange(7.0), "two": np.arange(7)}
    )


def test_flow_images_from_dataframe(frame, folder):
    ours, theirs = generators({"validation_split": 0.3, "horizontal_flip": True})
    for more in [
        {},
        {"class_mode": "binary", "subset": "training", "seed": 2},
        {"class_mode": "raw", "y_col": ["one", "two"]},
        {"class_mode": "multi_output", "y_col": ["one", "two"]},
        {"class_mode": "sparse", "classes": ["b", "a"], "shuffle": False},
        {"class_mode": None, "y_col": None},
        {"class_mode": "input"},
    ]:
        mine = rk.flow_images_from_dataframe(frame, folder, generator=ours, target_size=(5, 6), batch_size=3, **more)
        its = theirs.flow_from_dataframe(frame, folder, target_size=(5, 6), batch_size=3, **more)
        equal(some(mine), some(its))
    other = rk.flow_images_from_dataframe(frame, folder, y_col="one", class_mode="other", target_size=(5, 6))
    assert sorted(next(other)[1]) == list(range(7))
    for like in (frame.astype({"class": "category"}), {name: list(frame[name]) for name in frame}):
        flow = rk.flow_images_from_dataframe(like, folder, target_size=(5, 6), shuffle=False)
        assert flow.class_indices == {"a": 0, "b": 1}
        assert flow.filenames == list(frame["filename"])
    single = {"filename": frame["filename"][0], "class": "a", "note": RValue("NA")}
    assert rk.flow_images_from_dataframe(single, folder).n == 1


def test_rows_that_are_left_out(frame, folder):
    twice = pd.concat([frame, frame[:2]])
    with pytest.warns(rk.RKerasWarning, match="2 rows are left out, as their file is named before"):
        assert rk.flow_images_from_dataframe(twice, folder).n == 7
    assert rk.flow_images_from_dataframe(twice, folder, drop_duplicates=False).n == 9
    with pytest.warns(rk.RKerasWarning, match="1 invalid image filename"):
        assert rk.flow_images_from_dataframe(frame.replace("cats/0.png", "no.png"), folder).n == 6
    for options, expected in [
        ({"x_col": "file"}, "`x_col` must be a column of `dataframe`, which has filename, class, one, two, not"),
        ({"y_col": ["one", "three"], "class_mode": "raw"}, "`y_col` must be a column of"),
        ({"dataframe": {"a": [1, 2], "b": [1]}}, "`dataframe` must be a data frame"),
    ]:
        with pytest.raises(rk.ArgumentError, match=expected):
            rk.flow_images_from_dataframe(**{"dataframe": frame, **options})


def test_a_function_that_returns_what_r_returns():
    def read_only(image):
        result = np.asfortranarray(image.astype("float64")) + 1
        result.flags.writeable = False
        return result

    flow = rk.flow_images_from_data(
        PIXELS, generator=rk.image_data_generator(preprocessing_function=read_only, rescale=0.5), shuffle=False
    )
    np.testing.assert_allclose(next(flow), (PIXELS + 1) / 2)
    counts = rk.image_data_generator(preprocessing_function=lambda image: image.astype("int64"), rescale=0.5)
    np.testing.assert_allclose(next(rk.flow_images_from_data(PIXELS, generator=counts, shuffle=False)), PIXELS / 2)
    for wrong in (lambda image: image[:3], lambda image: None):
        generator = rk.image_data_generator(preprocessing_function=wrong)
        with pytest.raises(rk.ArgumentError, match=r"must be an array of shape \(12, 10, 3\), not"):
            next(rk.flow_images_from_data(PIXELS, generator=generator))


def test_what_is_said_of_a_generator():
    with pytest.warns(rk.RKerasWarning, match="`zca_whitening`, which overrides setting of `featurewise_center`"):
        rk.image_data_generator(zca_whitening=True)
    flow = rk.flow_images_from_data(PIXELS, generator=rk.image_data_generator(featurewise_center=True), shuffle=False)
    with pytest.warns(rk.RKerasWarning, match=r"call fit_image_data_generator\(\)") as said:
        found = [next(flow), next(flow)]
    assert len(said) == 1
    np.testing.assert_array_equal(found[0], PIXELS)
    for options, expected in [
        ({"brightness_range": [1, 2, 3]}, "`brightness_range` must be two numbers, or nothing"),
        ({"zoom_range": [1, 2, 3]}, "`zoom_range` must be a number, or two"),
        ({"width_shift_range": [1, "a"]}, "`width_shift_range` must be a number or a vector of numbers"),
        ({"validation_split": 1}, "`validation_split` must be a number >= 0 and < 1"),
    ]:
        with pytest.raises(rk.ArgumentError, match=expected):
            rk.image_data_generator(**options)
    for function in (
        lambda: rk.fit_image_data_generator(rk.image_data_generator(), PIXELS[0]),
        lambda: rk.flow_images_from_data(PIXELS[0]),
    ):
        with pytest.raises(rk.ArgumentError, match="`x` must be an array of 4 axes"):
            function()
    with pytest.raises(rk.ArgumentError, match="`y` must be an array of 9, as many as there are images"):
        rk.flow_images_from_data(PIXELS, [1, 2])


def test_single_images(folder):
    path = f"{folder}/狗/0.png"
    for options in (
        {},
        {"grayscale": True},
        {"target_size": (5, 6), "interpolation": "bicubic"},
        {"color_mode": "rgba"},
    ):
        ours = rk.image_load(path, **options)
        more = {name: value for name, value in options.items() if name != "grayscale"}
        theirs = utils_of_keras_2.load_img(
            path, **more, **({"color_mode": "grayscale"} if "grayscale" in options else {})
        )
        for data_format in ("channels_last", "channels_first"):
            equal(rk.image_to_array(ours, data_format), utils_of_keras_2.img_to_array(theirs, data_format))
    array = rk.image_to_array(rk.image_load(path))
    rk.image_array_save(np.asfortranarray(array), "new/a.png", scale=False)
    equal(rk.image_to_array(rk.image_load("new/a.png")), array)
    rk.image_array_save(array / 7, "b", file_format="bmp", scale=True)
    stretched = rk.image_to_array(rk.image_load("b"))
    assert (stretched.min(), stretched.max()) == (0, 255)
    Path("text.png").write_text("text")
    for wrong, expected in [("nowhere.png", "No such file"), ("text.png", "it is none")]:
        with pytest.raises(rk.ArgumentError, match=rf"`path` must be the file of an image \({expected}"):
            rk.image_load(wrong)
    with pytest.raises(rk.ArgumentError, match="`img` must be an array of 3 axes"):
        rk.image_array_save(PIXELS, "c.png")
    with pytest.raises(rk.FileError, match="could not be written"):
        rk.image_array_save(array, "/dev/null/a.png")


def test_image_array_resize():
    from scipy import ndimage

    image = PIXELS[0]
    equal(rk.image_array_resize(image, 6, 20), ndimage.zoom(image, (0.5, 2, 1), order=1))
    equal(rk.image_array_resize(PIXELS, 6, 20)[0], rk.image_array_resize(image, 6, 20))
    first = rk.image_array_resize(image.transpose(2, 0, 1), 6, 20, "channels_first")
    equal(first, rk.image_array_resize(image, 6, 20).transpose(2, 0, 1))
    equal(rk.image_array_resize(image[None].transpose(0, 3, 1, 2), 6, 20, "channels_first")[0], first)
    with pytest.raises(rk.ArgumentError, match="`img` must be an array of 3 or 4 axes"):
        rk.image_array_resize(image[0], 6, 20)
