"""Pooling, padding, cropping, upsampling."""

from .convolutional import FIRST, compiled
from .rows import Row, floats

SERIES, IMAGES, VOLUMES = floats(2, 7, 3), floats(2, 7, 6, 3), floats(2, 5, 6, 7, 3)
# The samples of an axis, two and three, and what moves a window over them in another way than the default.
BY_AXES = {
    "1d": (SERIES, {"pool_size": 3, "strides": 2, "padding": "same"}),
    "2d": (IMAGES, {"pool_size": (2, 3), "strides": (3, 2), "padding": "same"}),
    "3d": (VOLUMES, {"pool_size": (2, 1, 3), "strides": (1, 2, 2), "padding": "same"}),
}


def pooling(name):
    x, moved = BY_AXES[name[-2:]]
    # TensorFlow has no gradient of it on a CPU, where it is not compiled.
    legacy = compiled("MaxPooling2D") if name == "layer_max_pooling_2d" else None
    return [Row(name, x), Row(name, x, moved), Row(name, x, {"pool_size": 3, **FIRST}, legacy=legacy)]


def global_pooling(name):
    x = BY_AXES[name[-2:]][0]
    return [Row(name, x), Row(name, x, {"keepdims": True}), Row(name, x, FIRST)]


def resized(way):
    how = {
        "area": {"smooth": False},  # TensorFlow has no gradient of it
        "bicubic": {"tolerance": 5e-3},  # on JAX
    }
    return Row("layer_upsampling_2d", IMAGES, {"interpolation": way, "size": (2, 3)}, **how.get(way, {}))


ROWS = [
    *[row for kind in ("max", "average") for axes in BY_AXES for row in pooling(f"layer_{kind}_pooling_{axes}")],
    *[
        row
        for kind in ("max", "average")
        for axes in BY_AXES
        for row in global_pooling(f"layer_global_{kind}_pooling_{axes}")
    ],
    Row("layer_global_average_pooling_1d", SERIES, masked=True),
    Row("layer_upsampling_1d", SERIES),
    Row("layer_upsampling_1d", SERIES, {"size": 3}),
    Row("layer_upsampling_2d", IMAGES),
    Row("layer_upsampling_2d", IMAGES, {"size": (3, 2), **FIRST}),
    *map(resized, ("bilinear", "bicubic", "area", "lanczos3", "lanczos5")),
    Row("layer_upsampling_3d", VOLUMES),
    Row("layer_upsampling_3d", VOLUMES, {"size": (1, 3, 2)}),
    Row("layer_upsampling_3d", VOLUMES, {"size": 2, **FIRST}),
    Row("layer_zero_padding_1d", SERIES),
    *[Row("layer_zero_padding_1d", SERIES, {"padding": one}) for one in (3, (0, 2))],
    Row("layer_zero_padding_2d", IMAGES),
    *[Row("layer_zero_padding_2d", IMAGES, {"padding": one}) for one in (2, (0, 2), ((1, 0), (2, 3)))],
    Row("layer_zero_padding_2d", IMAGES, {"padding": (1, 2), **FIRST}),
    Row("layer_zero_padding_3d", VOLUMES),
    *[Row("layer_zero_padding_3d", VOLUMES, {"padding": one}) for one in (2, (0, 2, 1), ((1, 0), (2, 3), (0, 1)))],
    Row("layer_zero_padding_3d", VOLUMES, {"padding": (1, 2, 0), **FIRST}),
    Row("layer_cropping_1d", SERIES),
    *[Row("layer_cropping_1d", SERIES, {"cropping": one}) for one in (2, (0, 2))],
    Row("layer_cropping_2d", IMAGES),
    *[Row("layer_cropping_2d", IMAGES, {"cropping": one}) for one in (2, (0, 2), ((1, 0), (2, 3)))],
    Row("layer_cropping_2d", IMAGES, {"cropping": ((1, 2), (0, 1)), **FIRST}),
    Row("layer_cropping_3d", VOLUMES),
    *[Row("layer_cropping_3d", VOLUMES, {"cropping": one}) for one in (1, (0, 2, 1), ((1, 0), (2, 3), (0, 1)))],
    Row("layer_cropping_3d", VOLUMES, {"cropping": (1, 2, 0), **FIRST}),
]
UNTRIED: dict[str, dict[str, str]] = {}
