"""Convolutions, plain, transposed, separable, depthwise, and locally connected."""

from .comparing import keras2
from .rows import Made, Row, floats

FIRST = {"data_format": "channels_first"}
HARD = {"activation": "hard_sigmoid"}
NO_BIAS = {"use_bias": False}
_PENALTIES = {"bias_regularizer": "l1", "activity_regularizer": "l2"}


def held(prefix=""):
    """Constraints, as objects: R's names of them are not those of Keras 2."""
    norm = Made(lambda rk: rk.constraint_maxnorm(1), lambda keras: keras.constraints.MaxNorm(1))
    return {f"{one}_constraint": norm for one in (prefix or "kernel", "bias")}


REGULAR = {"kernel_regularizer": "l2", **_PENALTIES, **held()}
BEGINNING = {"kernel_initializer": "he_normal", "bias_initializer": "ones"}
DEPTHWISE_BEGINNING = {"depthwise_initializer": "he_normal", "bias_initializer": "ones"}
DEPTHWISE_REGULAR = {"depthwise_regularizer": "l2", **_PENALTIES, **held("depthwise")}
POINTWISE = {
    "pointwise_initializer": "he_normal",
    "pointwise_regularizer": "l2",
    "pointwise_constraint": held()["kernel_constraint"],
}


def compiled(name):
    """A class of Keras 2 whose layers XLA computes: what TensorFlow otherwise computes on GPUs alone."""

    def made(**arguments):
        import tensorflow as tf

        layer = getattr(keras2().layers, name)(**arguments)
        layer.call = tf.function(layer.call, jit_compile=True)
        return layer

    return made


def on_gpus(name, sort, inputs, arguments):
    return Row(name, inputs, arguments, legacy=compiled(sort))


SERIES, IMAGES, VOLUMES = floats(2, 7, 4), floats(2, 7, 6, 4), floats(2, 5, 4, 5, 4)
FIRST_SERIES, FIRST_IMAGES, FIRST_VOLUMES = floats(2, 4, 7), floats(2, 4, 7, 6), floats(2, 4, 5, 4, 5)
SMALL = {"filters": 2, "kernel_size": 3}
OPTIONS = {**SMALL, **REGULAR, **BEGINNING}

ROWS = [
    Row("layer_conv_1d", SERIES, SMALL),
    Row("layer_conv_1d", SERIES, {**SMALL, "padding": "causal", "dilation_rate": 2, **HARD, **NO_BIAS}),
    Row("layer_conv_1d", SERIES, {**OPTIONS, "padding": "same", "strides": 2}),
    on_gpus("layer_conv_1d", "Conv1D", SERIES, {**SMALL, "groups": 2}),
    on_gpus("layer_conv_1d", "Conv1D", FIRST_SERIES, {**SMALL, **FIRST, "padding": "causal"}),
    Row("layer_conv_2d", IMAGES, SMALL),
    Row("layer_conv_2d", IMAGES, {**SMALL, "kernel_size": (2, 3), "dilation_rate": (2, 1), "padding": "same", **HARD}),
    Row("layer_conv_2d", IMAGES, {**OPTIONS, "padding": "same", "strides": (2, 3), **NO_BIAS}),
    on_gpus("layer_conv_2d", "Conv2D", IMAGES, {**SMALL, "groups": 2}),
    on_gpus("layer_conv_2d", "Conv2D", FIRST_IMAGES, {**SMALL, **FIRST, "padding": "same", "strides": 2}),
    Row("layer_conv_3d", VOLUMES, SMALL),
    Row("layer_conv_3d", VOLUMES, {**SMALL, "kernel_size": (2, 1, 3), "padding": "same", "strides": (2, 1, 3), **HARD}),
    Row("layer_conv_3d", VOLUMES, {**OPTIONS, "kernel_size": 2, "dilation_rate": (2, 1, 2), **NO_BIAS}),
    on_gpus("layer_conv_3d", "Conv3D", VOLUMES, {**SMALL, "groups": 2}),
    on_gpus("layer_conv_3d", "Conv3D", FIRST_VOLUMES, {**SMALL, **FIRST, "padding": "same", "strides": 2}),
    Row("layer_conv_1d_transpose", SERIES, SMALL),
    Row("layer_conv_1d_transpose", SERIES, {**SMALL, "strides": 3, "padding": "same", "output_padding": 1, **HARD}),
    Row("layer_conv_1d_transpose", SERIES, {**OPTIONS, "dilation_rate": 2, **NO_BIAS}),
    Row("layer_conv_1d_transpose", SERIES, {**SMALL, "kernel_size": 2, "strides": 3, "output_padding": 2}),
    on_gpus("layer_conv_1d_transpose", "Conv1DTranspose", FIRST_SERIES, {**SMALL, **FIRST, "strides": 2}),
    Row("layer_conv_2d_transpose", IMAGES, SMALL),
    Row("layer_conv_2d_transpose", IMAGES, {**SMALL, "strides": (2, 3), "padding": "same", **HARD}),
    Row("layer_conv_2d_transpose", IMAGES, {**SMALL, "strides": 2, "padding": "same", "output_padding": (1, 0)}),
    Row("layer_conv_2d_transpose", IMAGES, {**OPTIONS, "kernel_size": (2, 3), "dilation_rate": (2, 2), **NO_BIAS}),
    Row("layer_conv_2d_transpose", IMAGES, {**SMALL, "kernel_size": 2, "strides": 3}),
    on_gpus(
        "layer_conv_2d_transpose", "Conv2DTranspose", FIRST_IMAGES, {**SMALL, **FIRST, "strides": 2, "padding": "same"}
    ),
    Row("layer_conv_3d_transpose", VOLUMES, SMALL),
    Row("layer_conv_3d_transpose", VOLUMES, {**SMALL, "strides": (2, 1, 3), "padding": "same", **HARD}),
    Row("layer_conv_3d_transpose", VOLUMES, {**OPTIONS, "strides": 2, "output_padding": (1, 0, 1), **NO_BIAS}),
    Row("layer_conv_3d_transpose", VOLUMES, {**SMALL, "dilation_rate": (1, 1, 1), "kernel_size": (2, 3, 1)}),
    on_gpus("layer_conv_3d_transpose", "Conv3DTranspose", FIRST_VOLUMES, {**SMALL, **FIRST, "strides": 2}),
    Row("layer_separable_conv_1d", SERIES, SMALL),
    Row("layer_separable_conv_1d", SERIES, {**SMALL, "dilation_rate": 2, **HARD, **NO_BIAS}),
    Row(
        "layer_separable_conv_1d",
        SERIES,
        {**SMALL, **DEPTHWISE_BEGINNING, **DEPTHWISE_REGULAR, **POINTWISE, "padding": "same", "depth_multiplier": 2},
    ),
    Row("layer_separable_conv_1d", SERIES, {**SMALL, "strides": 2}),
    on_gpus("layer_separable_conv_1d", "SeparableConv1D", FIRST_SERIES, {**SMALL, **FIRST}),
    Row("layer_separable_conv_2d", IMAGES, SMALL),
    Row("layer_separable_conv_2d", IMAGES, {**SMALL, "dilation_rate": 2, **HARD, **NO_BIAS}),
    Row(
        "layer_separable_conv_2d",
        IMAGES,
        {**SMALL, **DEPTHWISE_BEGINNING, **DEPTHWISE_REGULAR, **POINTWISE, "padding": "same", "depth_multiplier": 2},
    ),
    Row("layer_separable_conv_2d", IMAGES, {**SMALL, "kernel_size": (2, 3), "strides": (2, 2)}),
    on_gpus("layer_separable_conv_2d", "SeparableConv2D", FIRST_IMAGES, {**SMALL, **FIRST, "padding": "same"}),
    Row("layer_depthwise_conv_1d", SERIES, {"kernel_size": 3}),
    Row(
        "layer_depthwise_conv_1d", SERIES, {"kernel_size": 2, "dilation_rate": 2, "padding": "same", **HARD, **NO_BIAS}
    ),
    Row(
        "layer_depthwise_conv_1d",
        SERIES,
        {"kernel_size": 3, "strides": 2, "depth_multiplier": 2, **DEPTHWISE_BEGINNING, **DEPTHWISE_REGULAR},
    ),
    on_gpus("layer_depthwise_conv_1d", "DepthwiseConv1D", FIRST_SERIES, {"kernel_size": 3, **FIRST}),
    Row("layer_depthwise_conv_2d", IMAGES, {"kernel_size": 3}),
    Row("layer_depthwise_conv_2d", IMAGES, {"kernel_size": (2, 3), "dilation_rate": (2, 2), **HARD, **NO_BIAS}),
    Row(
        "layer_depthwise_conv_2d",
        IMAGES,
        {
            **{"kernel_size": 3, "strides": (2, 2), "padding": "same", "depth_multiplier": 2},
            **DEPTHWISE_BEGINNING,
            **DEPTHWISE_REGULAR,
        },
    ),
    on_gpus("layer_depthwise_conv_2d", "DepthwiseConv2D", FIRST_IMAGES, {"kernel_size": 3, **FIRST}),
]
LOCAL = [
    *[("layer_locally_connected_1d", SERIES, SMALL), ("layer_locally_connected_2d", IMAGES, SMALL)],
    ("layer_locally_connected_1d", SERIES, {**OPTIONS, "strides": 2, **HARD}),
    ("layer_locally_connected_1d", FIRST_SERIES, {**SMALL, **FIRST, "strides": 2}),
    ("layer_locally_connected_2d", IMAGES, {**OPTIONS, "kernel_size": (2, 3), "strides": (2, 1), **HARD}),
    ("layer_locally_connected_2d", FIRST_IMAGES, {**SMALL, **FIRST, "kernel_size": (2, 3)}),
    ("layer_locally_connected_2d", IMAGES, {**SMALL, **NO_BIAS}),
    ("layer_locally_connected_1d", SERIES, {**SMALL, **NO_BIAS}),
]
for _name, _inputs, _arguments in LOCAL:
    ROWS += [
        Row(
            _name,
            _inputs,
            {**_arguments, "implementation": way, "padding": padding},
            plain="Keras 3 has no locally connected layers",
        )
        for way, padding in [(1, "valid"), (2, "valid"), (2, "same"), (3, "valid"), (3, "same")]
        if not (padding == "same" and "bias_initializer" in _arguments)
    ]
UNTRIED: dict[str, dict[str, str]] = {}
