"""What the backend functions are to compute: a row for each call, ours and that of Keras 2."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

NAN, INF = np.nan, np.inf
random = np.random.default_rng(0)


def floats(*shape):
    return np.asarray(random.normal(size=shape), "float32")


def positive(*shape):
    return random.uniform(0.2, 2, shape).astype("float32")


def apart(*shape):
    """Numbers of which none are near one another, for what has kinks."""
    return random.permutation(np.prod(shape, dtype=int)).reshape(shape).astype("float32") / 10


def probabilities(*shape, axis=-1):
    numbers = random.uniform(0.1, 1, shape)
    return (numbers / numbers.sum(axis=axis, keepdims=True)).astype("float32")


def whole(*shape, below=5):
    return random.integers(0, below, shape).astype("int32")


RANKS = [floats(), floats(3), floats(3, 4), floats(2, 3, 4), floats(2, 3, 2, 3)]
EDGES = [
    np.array([NAN, INF, -INF, 0, -0.0, 1, 1, -1, 0.5, 1.5, 2.5, -2.5, 1e-30, -1e30, 88, -88], "float32"),
    np.zeros((0, 3), "float32"),
]
HALF = floats(3, 4).astype("float16")
INTEGERS = np.array([[3, -1, 0], [2, 2, -7]], "int32")
BOOLEANS = np.array([[True, False, True], [False, False, False]])


@dataclass
class Row:
    """A call: the function, its tensors, the other arguments for R keras and for Keras 2."""

    name: str
    tensors: list[Any]
    ours: dict[str, Any] = field(default_factory=dict)
    theirs: dict[str, Any] | None = None
    # Where the tensors do not stand in front one by one.
    how: Callable[..., Any] | None = None
    how_theirs: Callable[..., Any] | None = None
    # What is compared of the result, and what the gradient is taken by.
    smooth: bool = True
    symbolic: bool = True
    keras2: Any = None
    tolerance: float = 1e-6

    def call(self, function, tensors):
        how = self.how or (lambda f, *given, **options: f(*given, **options))
        return how(function, *tensors, **self.ours)

    def call_keras2(self, backend, tensors):
        tensors = [tf().constant(x) for x in tensors]
        if self.keras2 is not None:
            return self.keras2(*tensors)
        how = self.how_theirs or self.how or (lambda f, *given, **options: f(*given, **options))
        options = self.ours if self.theirs is None else self.theirs
        return how(backend_function(backend, self.name.removeprefix("k_")), *tensors, **options)


def backend_function(backend, name):
    """Of Keras 2; R keras reached those too that are not exported."""
    from tf_keras.src import backend as source

    return getattr(backend, name, None) or getattr(source, name)


ROWS: list[Row] = []


def row(
    name,
    *tensors,
    theirs=None,
    how=None,
    how_theirs=None,
    smooth=True,
    symbolic=True,
    keras2=None,
    tolerance=1e-6,
    **ours,
):
    row = Row(name, list(tensors), ours, theirs, how, how_theirs, smooth, symbolic, keras2, tolerance)
    ROWS.append(row)


def in_a_list(f, *tensors, **options):
    return f(list(tensors), **options)


SMOOTH = ["exp", "square", "sin", "cos", "tanh", "sigmoid", "softplus", "softsign", "elu", "relu", "hard_sigmoid"]
SMOOTH += ["abs", "identity", "cast_to_floatx"]
for name in [*SMOOTH, "sign", "round", "zeros_like", "ones_like", "stop_gradient"]:
    kept = name in SMOOTH and name != "cast_to_floatx"
    for x in [*RANKS, *EDGES, HALF]:
        # Keras 2 makes NumPy's of arrays here, and so do we.
        row(f"k_{name}", x, smooth=kept and x.size > 0, symbolic=name != "cast_to_floatx" or None)
for name in ["log", "sqrt"]:
    for x in [*(np.abs(x) + 0.1 for x in RANKS), *EDGES, HALF]:
        row(f"k_{name}", x, smooth=x.dtype == "float32" and not np.isnan(x).any() and x.size > 0)
for name in ["abs", "sign", "square", "identity", "zeros_like", "ones_like"]:
    row(f"k_{name}", INTEGERS, smooth=False)
for name in ["zeros_like", "ones_like"]:
    row(f"k_{name}", RANKS[2], dtype="int32", smooth=False)
for dtype in ["float16", "float32", "float64", "int32", "bool", "uint8"]:
    for x in [np.abs(RANKS[3]) + 1, np.abs(INTEGERS), BOOLEANS]:
        row("k_cast", x, dtype=dtype, smooth=False)
row("k_elu", RANKS[3], alpha=0.5)
row("k_relu", RANKS[3], alpha=0.25)
row("k_relu", RANKS[3] * 3, alpha=0.25, max_value=1)
row("k_relu", RANKS[3] * 3, max_value=0.5)
for a in [2, 3, 0.5, -1.5]:
    row("k_pow", positive(3, 4), a=a)
row("k_pow", floats(3, 4), a=2)
row("k_pow", INTEGERS, a=2, smooth=False)
row("k_pow", positive(3, 4), positive(4))
for bounds in [(-0.5, 0.5), (None, 0.5), (-0.5, None), (0.5, -0.5), (None, None)]:
    for x in [*RANKS, *EDGES]:
        edges = dict(zip(["min_value", "max_value"], bounds, strict=True))
        row("k_clip", x, **edges, symbolic=bounds != (None, None), smooth=x.size > 0 and not np.isnan(x).any())
for name in ["maximum", "minimum", "equal", "not_equal", "greater", "greater_equal", "less", "less_equal"]:
    for x, y in [
        *zip(RANKS, [floats(*x.shape) for x in RANKS], strict=True),
        (floats(3, 4), floats(4)),
        (EDGES[0], EDGES[0][::-1].copy()),
    ]:
        row(f"k_{name}", x, y, smooth="mum" in name and not np.isnan(x).any())
    row(f"k_{name}", INTEGERS, np.zeros((2, 3), "int32"), smooth=False)
    row(f"k_{name}", RANKS[2], how=lambda f, x: f(x, 0.0), smooth="mum" in name)

for name in ["sum", "prod", "mean", "max", "min", "std", "var", "logsumexp"]:
    ranks = [apart(*x.shape) for x in RANKS] if name in ("max", "min", "std") else RANKS
    for x, axis in itertools.product([*ranks, EDGES[0], HALF], [None, 1, -1, 2, (1, 2), (1, -1), (3, 1)]):
        places = axis if isinstance(axis, tuple) else () if axis is None else (axis,)
        if (
            any(abs(one) > x.ndim for one in places)
            or (len(places) == 2 and x.ndim == 1)
            or (places == (1, -1) and x.ndim < 2)
        ):
            continue
        zero_based = axis if axis is None else tuple(one - 1 if one > 0 else one for one in places)
        theirs = zero_based if axis is None or len(zero_based) > 1 else zero_based[0]
        if x is not ranks[3] and (len(places) > 1 or (x is HALF and axis == -1)):
            continue
        for keepdims in [False, True] if x is ranks[2] else [x.ndim == 3]:
            plain = x.dtype == "float32" and not np.isnan(x).any()
            steady = name not in ("std", "prod") or x.ndim > 1
            keras2 = None
            if name == "logsumexp":  # gone from Keras 2 when R keras still called it

                def keras2(x, axis=theirs, keepdims=keepdims):
                    return tf().reduce_logsumexp(x, axis, keepdims)

            row(
                f"k_{name}",
                x,
                axis=list(axis) if isinstance(axis, tuple) else axis,
                keepdims=keepdims,
                theirs={"axis": theirs if not isinstance(theirs, tuple) else list(theirs), "keepdims": keepdims},
                smooth=plain and steady,
                keras2=keras2,
            )
    row(
        f"k_{name}",
        EDGES[1],
        axis=1,
        theirs={"axis": 0},
        smooth=False,
        keras2=keras2 and (lambda x: tf().reduce_logsumexp(x, 0)),
    )
    row(
        f"k_{name}",
        np.array([1.0, 2, 4, 4, 4], "float32"),
        axis=-1,
        smooth=False,
        keras2=keras2 and (lambda x: tf().reduce_logsumexp(x, -1)),
    )
for name in ["sum", "prod", "max", "min"]:
    row(f"k_{name}", INTEGERS, axis=2, theirs={"axis": 1}, smooth=False)
for name in ["any", "all"]:
    for x in [BOOLEANS, INTEGERS, floats(2, 3), np.zeros((0, 3), "bool"), np.array([NAN, 1], "float32")]:
        for axis in [None, 1, -1]:
            row(f"k_{name}", x, axis=axis, theirs={"axis": 0 if axis == 1 else axis}, smooth=False)
for name in ["argmax", "argmin"]:
    for x in [*RANKS[1:], np.array([[1, 3, 3], [0, 0, -1]], "float32"), INTEGERS]:
        row(f"k_{name}", x, smooth=False)
        row(f"k_{name}", x, axis=1, theirs={"axis": 0}, smooth=False)
for name in ["cumsum", "cumprod"]:
    for x in RANKS[1:]:
        row(f"k_{name}", x, theirs={"axis": 0})
        row(f"k_{name}", x, axis=x.ndim, theirs={"axis": -1})
    row(f"k_{name}", INTEGERS, theirs={"axis": 0}, smooth=False)
for x in [*RANKS[2:], np.array([[1000, -1000, 0], [88, 89, 90]], "float32")]:
    row("k_softmax", x)
    row("k_softmax", x, axis=1, theirs={"axis": 0})
for x in [*RANKS[1:], np.array([[1e-7, 0], [0, 0], [3, 4]], "float32")]:
    row("k_l2_normalize", x, smooth=x.shape[-1] > 2)
    row("k_l2_normalize", x, axis=-1, smooth=x.shape[-1] > 2)
    row("k_l2_normalize", x, axis=1, theirs={"axis": 0}, smooth=x.shape[-1] > 2)

for x in RANKS[1:]:
    row("k_concatenate", x, x * 2, how=in_a_list)
    row("k_concatenate", x, x * 2, x * 3, how=in_a_list, axis=1, theirs={"axis": 0})
for x in RANKS:
    row("k_stack", x, floats(*x.shape), how=in_a_list, theirs={"axis": 0})
    row("k_stack", x, floats(*x.shape), how=in_a_list, axis=-1)
    row("k_expand_dims", x)
    row("k_expand_dims", x, axis=1, theirs={"axis": 0}, symbolic=True)
    row("k_flatten", x)
    row("k_transpose", x)
row("k_stack", RANKS[2], RANKS[2], how=in_a_list, axis=3, theirs={"axis": 2})
for x in RANKS[1:]:
    row("k_unstack", x, axis=x.ndim, keras2=lambda x: tf().unstack(x, axis=-1), symbolic=x.ndim > 1)
    row("k_reverse", x, axes=1, theirs={"axes": 0})
    row("k_repeat_elements", x, rep=2, axis=x.ndim, theirs={"rep": 2, "axis": x.ndim - 1})
    row("k_tile", x, n=[2] * x.ndim)
for x in RANKS[2:]:
    row("k_batch_flatten", x)
    row(
        "k_permute_dimensions",
        x,
        pattern=[1, *range(x.ndim, 1, -1)],
        theirs={"pattern": [0, *range(x.ndim - 1, 0, -1)]},
    )
row("k_batch_flatten", EDGES[1])
row("k_reverse", RANKS[3], axes=[1, 3], theirs={"axes": [0, 2]})
row("k_squeeze", floats(3, 1, 2), axis=2, theirs={"axis": 1})
row("k_squeeze", floats(3, 2, 1), axis=-1)
row("k_reshape", RANKS[3], shape=[2, 12])
row("k_reshape", RANKS[3], shape=[-1, 4])
row("k_reshape", RANKS[3], shape=[None, 2.0, 2], theirs={"shape": (-1, 2, 2)})
row("k_tile", RANKS[2], n=[1, 3])
row("k_repeat", RANKS[2], n=3)
row("k_gather", RANKS[2], indices=[3, 1, 1], theirs={"indices": [2, 0, 0]}, symbolic=False)
row("k_gather", RANKS[3], indices=np.array([[1, 2]]), theirs={"indices": [[0, 1]]}, symbolic=False)
row("k_one_hot", np.array([[0, 2], [3, -1]], "int32"), num_classes=3, smooth=False)
row("k_one_hot", np.array(2, "int32"), num_classes=3, smooth=False)
for options in [
    {"start": 5},
    {"start": 2, "stop": 5},
    {"start": 5, "stop": 0, "step": -2},
    {"start": 0},
    {"start": 5, "dtype": "float32"},
]:
    row("k_arange", **options, smooth=False, symbolic=False)
row("k_arange", start=-3, smooth=False, symbolic=False)
for data_format in ["channels_last", "channels_first"]:
    row("k_resize_images", floats(2, 3, 4, 2), height_factor=2, width_factor=3, data_format=data_format)
    factors = {"depth_factor": 2, "height_factor": 1, "width_factor": 3}
    row("k_resize_volumes", floats(1, 2, 3, 2, 2), **factors, data_format=data_format)
    row("k_spatial_2d_padding", floats(2, 3, 4, 2), data_format=data_format)
    row("k_spatial_2d_padding", floats(2, 3, 4, 2), padding=((1, 2), (0, 3)), data_format=data_format)
    row("k_spatial_3d_padding", floats(1, 2, 3, 2, 2), data_format=data_format)
    row("k_spatial_3d_padding", floats(1, 2, 3, 2, 2), padding=((1, 0), (0, 2), (1, 1)), data_format=data_format)
row("k_temporal_padding", floats(2, 3, 4))
row("k_temporal_padding", floats(2, 3, 4), padding=(2, 0))

row("k_dot", floats(3, 4), floats(4, 2))
row("k_dot", floats(2, 3, 4), floats(4, 2))
row("k_dot", floats(2, 3, 4), floats(2, 4, 5))
row("k_dot", floats(2, 3), floats(5, 3, 2))
for left, right, axes in [
    ((4, 3), (4, 3), None),
    ((4, 3), (4, 3), 2),
    ((4, 2, 3), (4, 3, 5), None),
    ((4, 2, 3), (4, 3), None),
    ((4, 2, 3), (4, 3), [3, 2]),
    ((4, 3), (4, 3, 5), [2, 2]),
    ((4, 2, 3), (4, 5, 3), [3, 3]),
    ((4, 3), (4, 5, 3), [2, 3]),
    ((4, 2, 3), (4, 2, 5), 2),
    ((4, 2, 3, 5), (4, 6, 5), [-1, -1]),
    ((4, 2, 3, 5), (4, 3, 2), [3, 2]),
    ((4, 2, 3, 5), (4, 7, 5, 2), None),
]:
    theirs = (
        axes if axes is None else [one - 1 if one > 0 else one for one in (axes if isinstance(axes, list) else [axes])]
    )
    theirs = theirs[0] if theirs is not None and len(theirs) == 1 else theirs
    row("k_batch_dot", floats(*left), floats(*right), axes=axes, theirs={"axes": theirs})
row("k_eye", size=3, smooth=False, symbolic=False)
row("k_eye", size=2, dtype="int32", smooth=False, symbolic=False)

BOTH = ["channels_last", "channels_first"]


def laid(x, data_format):
    return x if data_format == "channels_last" else np.moveaxis(x, -1, 1).copy()


for data_format in [*BOTH, None]:
    for options in [
        {},
        {"strides": 2},
        {"padding": "same"},
        {"padding": "causal", "dilation_rate": 2},
        {"padding": "causal"},
        {"padding": "same", "dilation_rate": 2},
    ]:
        x = laid(floats(2, 8, 3), data_format or "channels_last")
        keras2 = None
        if data_format == "channels_first" and options.get("padding") == "causal":  # Keras 2 padded the channels

            def keras2(x, k, options=options):
                return tf().transpose(keras2_backend().conv1d(tf().transpose(x, (0, 2, 1)), k, **options), (0, 2, 1))

        row("k_conv1d", x, floats(3, 3, 4), **options, data_format=data_format, keras2=keras2)
    for options in [{}, {"strides": (2, 1)}, {"padding": "same", "strides": (2, 2)}, {"dilation_rate": (2, 1)}]:
        x = laid(floats(2, 6, 7, 3), data_format or "channels_last")
        row("k_conv2d", x, floats(3, 2, 3, 4), **options, data_format=data_format)
    for options in [{}, {"strides": (2, 2)}, {"padding": "same"}, {"dilation_rate": (2, 2)}]:
        x = laid(floats(2, 6, 7, 3), data_format or "channels_last")
        row("k_depthwise_conv2d", x, floats(3, 2, 3, 2), **options, data_format=data_format)
        row(
            "k_separable_conv2d",
            x,
            floats(3, 2, 3, 2),
            floats(1, 1, 6, 4),
            **options,
            data_format=data_format,
        )
    for options in [{}, {"strides": (2, 1, 1)}, {"padding": "same"}]:
        x = laid(floats(1, 4, 5, 4, 2), data_format or "channels_last")
        row("k_conv3d", x, floats(2, 3, 2, 2, 3), **options, data_format=data_format)
    for size, options in [
        ((8, 8), {}),
        ((6, 7), {"padding": "same"}),
        ((12, 14), {"padding": "same", "strides": (2, 2)}),
        ((11, 13), {"padding": "same", "strides": (2, 2)}),
        ((13, 14), {"strides": (2, 2)}),
        ((14, 15), {"strides": (2, 2)}),
        ((18, 21), {"strides": (3, 3)}),
        ((19, 22), {"strides": (3, 3)}),
        ((18, 20), {"padding": "same", "strides": (3, 3)}),
    ]:
        x = laid(floats(2, 6, 7, 3), data_format or "channels_last")
        shape = (2, *size, 4) if data_format != "channels_first" else (2, 4, *size)
        row(
            "k_conv2d_transpose",
            x,
            floats(3, 2, 4, 3),
            output_shape=shape,
            **options,
            data_format=data_format,
        )
    for size, options in [((3, 4, 4), {}), ((4, 6, 6), {"padding": "same", "strides": (2, 2, 2)})]:
        x = laid(floats(1, 2, 3, 3, 2), data_format or "channels_last")
        shape = (1, *size, 4) if data_format != "channels_first" else (1, 4, *size)
        row(
            "k_conv3d_transpose",
            x,
            floats(2, 2, 2, 4, 2),
            output_shape=shape,
            **options,
            data_format=data_format,
        )
    for mode, options in itertools.product(
        ["max", "avg"], [{}, {"strides": (2, 2)}, {"padding": "same"}, {"padding": "same", "strides": (2, 3)}]
    ):
        x = laid(apart(2, 5, 6, 3), data_format or "channels_last")
        row("k_pool2d", x, pool_size=(2, 3), **options, data_format=data_format, pool_mode=mode)
    for mode, options in itertools.product(["max", "avg"], [{}, {"strides": (2, 2, 2), "padding": "same"}]):
        x = laid(apart(1, 4, 5, 4, 2), data_format or "channels_last")
        row("k_pool3d", x, pool_size=(2, 2, 3), **options, data_format=data_format, pool_mode=mode)
    row(
        "k_local_conv1d",
        laid(floats(2, 7, 3), data_format or "channels_last"),
        floats(3, 9, 4),
        kernel_size=3,
        strides=2,
        theirs={"kernel_size": (3,), "strides": (2,), "data_format": data_format},
        data_format=data_format,
    )
    row(
        "k_local_conv2d",
        laid(floats(2, 5, 6, 3), data_format or "channels_last"),
        floats(6, 12, 4),
        kernel_size=(2, 2),
        strides=(2, 2),
        output_shape=(2, 3),
        data_format=data_format,
    )
    for rank in [3, 4, 5]:
        x = laid(floats(*[2, 3, 4, 5][: rank - 1], 6), data_format or "channels_last")
        row("k_bias_add", x, floats(6), data_format=data_format)
        row("k_bias_add", x, floats(*[3, 4, 5][: rank - 2], 6), data_format=data_format)
row("k_bias_add", floats(3, 4), floats(4))
row(
    "k_conv2d_transpose",
    floats(2, 6, 7, 3),
    floats(3, 2, 4, 3),
    output_shape=(None, 12, 14, 4),
    padding="same",
    strides=(2, 2),
)

for shape in [(4, 3), (2, 4, 3), (2, 3, 4, 5)]:
    x, channels = floats(*shape), shape[-1:]
    four = (floats(*channels), positive(*channels), floats(*channels), floats(*channels))
    row("k_batch_normalization", x, *four)
    row(
        "k_batch_normalization",
        x,
        *four,
        axis=len(shape),
        epsilon=0.1,
        theirs={"axis": -1, "epsilon": 0.1},
    )
    row("k_batch_normalization", x, *four[:2], how=lambda f, *given, **o: f(*given, None, None, **o))
x, four = floats(2, 3, 4), [floats(1, 3, 1), positive(1, 3, 1), floats(1, 3, 1), floats(1, 3, 1)]
row("k_batch_normalization", x, *four, axis=2, theirs={"axis": 1})
for x, axes in [
    (floats(6, 3), [0]),
    (floats(4, 2, 3), [0, 1]),
    (floats(2, 3, 4, 5), [0, 1, 2]),
    (floats(2, 3, 4, 5), [0, 2, 3]),
]:
    kept = [size for axis, size in enumerate(x.shape) if axis not in axes]
    row("k_normalize_batch_in_training", x, floats(*kept), floats(*kept), reduction_axes=axes)
row("k_normalize_batch_in_training", floats(6, 3), how=lambda f, x: f(x, None, None, [0]))

for shape in [(4, 3), (2, 4, 3)]:
    row("k_binary_crossentropy", probabilities(*shape), probabilities(*shape))
    row("k_binary_crossentropy", probabilities(*shape), floats(*shape) * 5, from_logits=True)
    row("k_categorical_crossentropy", probabilities(*shape), probabilities(*shape))
    row("k_categorical_crossentropy", probabilities(*shape), positive(*shape))
    row("k_categorical_crossentropy", probabilities(*shape), floats(*shape) * 5, from_logits=True)
    for output, options in [
        (probabilities(*shape), {}),
        (positive(*shape), {}),
        (floats(*shape) * 5, {"from_logits": True}),
    ]:
        row("k_sparse_categorical_crossentropy", whole(*shape[:-1], below=3), output, **options, smooth=False)
        row("k_sparse_categorical_crossentropy", whole(*shape[:-1], 1, below=3), output, **options, smooth=False)
# What 1 - (1 - epsilon) + epsilon is, a compiler rounds otherwise.
row(
    "k_binary_crossentropy",
    np.array([1, 0, 1, 0.5], "float32"),
    np.array([0, 1, 1, 0], "float32"),
    smooth=False,
    symbolic=False,
)
row(
    "k_categorical_crossentropy",
    np.eye(3, dtype="float32"),
    np.array([[0, 1, 0], [0, 1, 0], [0.5, 0.5, 0]], "float32"),
    smooth=False,
)
row(
    "k_categorical_crossentropy",
    probabilities(2, 3, 4, axis=1),
    probabilities(2, 3, 4, axis=1),
    axis=2,
    theirs={"axis": 1},
)
row(
    "k_sparse_categorical_crossentropy",
    whole(2, 4, below=3),
    probabilities(2, 3, 4, axis=1),
    axis=2,
    theirs={"axis": 1},
    smooth=False,
)
row(
    "k_sparse_categorical_crossentropy",
    np.array([0, 1], "int32"),
    np.array([[0, 1, 0], [0, 1, 0]], "float32"),
    smooth=False,
)
for k in [1, 2, 5]:
    ties = np.array([[0.1, 0.5, 0.5], [0.3, 0.3, 0.3], [0.9, 0.2, 0.1]], "float32")
    row("k_in_top_k", ties, np.array([2, 2, 1], "int32"), k=k, smooth=False, symbolic=k < 5)

LABELS = np.array([[0, 1, 2, 1], [1, 1, 0, 0]], "int32")
LENGTHS = [np.array([[6], [5]], "int32"), np.array([[4], [2]], "int32")]
SPEECH = probabilities(2, 6, 4)
row("k_ctc_batch_cost", SPEECH, how=lambda f, p: f(LABELS, p, *LENGTHS), symbolic="fixed")
for options in [{}, {"greedy": False, "beam_width": 10, "top_paths": 2}]:
    row(
        "k_ctc_decode",
        SPEECH,
        input_length=np.array([6, 5], "int32"),
        **options,
        smooth=False,
        symbolic=False,
    )

condition = np.array([True, False, True])
row("k_switch", condition, floats(3), floats(3))
row("k_switch", np.array([[True], [False], [True]]), floats(3, 4), floats(3, 4))
row(
    "k_switch",
    condition,
    floats(3, 4),
    floats(3, 4),
    keras2=lambda c, x, y: tf().where(tf().cast(c, "bool")[:, None], x, y),
)
row("k_switch", np.array(True), floats(3), floats(3), symbolic=False)
row(
    "k_switch",
    np.array(0.0, "float32"),
    floats(3),
    floats(3),
    how=lambda f, c, x, y: f(c, lambda: x, lambda: y),
    symbolic=False,
    smooth=False,
)
for training in [0, 1, True, False, None]:
    row("k_in_train_phase", floats(3), floats(3), training=training, symbolic=False)
    row("k_in_test_phase", floats(3), floats(3), training=training, symbolic=False)
for x in RANKS[1:]:
    row("k_map_fn", x, how=lambda f, x, **o: f(lambda one: one * 2 + 1, x, **o))
    row("k_foldl", x, how=lambda f, x: f(lambda gathered, one: gathered * 0.5 - one, x))
    row("k_foldr", x, how=lambda f, x: f(lambda gathered, one: gathered * 0.5 - one, x))
    row("k_foldl", x, x[0], how=lambda f, x, begun: f(lambda gathered, one: gathered * 0.5 - one, x, initializer=begun))
row("k_map_fn", whole(3), how=lambda f, x, **o: f(lambda one: one * 2, x, dtype="int32"), smooth=False)
row(
    "k_map_fn",
    floats(3, 2),
    floats(3, 2),
    how=lambda f, x, y: f(lambda both: both[0] * both[1], [x, y], dtype="float32"),
)

MASK = np.array([[True, True, False, True], [True, False, False, True]])


def steps(f, x, state, *more, **options):
    def step(now, states):
        new = states[0] * 0.5 + now
        return (new * (states[1] if len(states) > 1 else 1.0), [new])

    if tf().is_tensor(x) and "rkeras" not in f.__module__ and "mask" in options:
        options["mask"] = tf().constant(options["mask"])
    return f(step, x, [state], **options)


for options in [
    {},
    {"go_backwards": True},
    {"unroll": True},
    {"unroll": True, "go_backwards": True},
    {"mask": MASK},
    {"mask": MASK, "unroll": True},
]:
    row("k_rnn", floats(2, 4, 3), floats(2, 3), how=steps, **options, symbolic="fixed" if "mask" in options else True)
CONSTANT = floats(3)
row("k_rnn", floats(2, 4, 3), floats(2, 3), how=steps, constants=[CONSTANT], unroll=True)
row("k_rnn", floats(2, 4, 3), floats(2, 3), how=steps, constants=[CONSTANT])

for x in [*RANKS, INTEGERS]:
    for name in ["shape", "int_shape", "get_variable_shape"]:
        row(
            f"k_{name}",
            x,
            how=lambda f, x: np.array(f(x), "int32"),
            smooth=False,
            symbolic=False,
            keras2=(lambda x: np.array(x.shape, "int32")) if name == "get_variable_shape" else None,
        )
    row("k_ndim", x, smooth=False, symbolic=False)
    row("k_count_params", x, smooth=False, symbolic=False, keras2=lambda x: np.prod(x.shape, dtype=int))
    row("k_eval", x, smooth=False, symbolic=False)
for value, options in [
    (2.5, {}),
    (2, {}),
    ([1, 2], {}),
    (2, {"shape": [2, 3]}),
    ([1, 2, 3, 4], {"shape": [2, 2]}),
    (2, {"dtype": "int32"}),
]:
    theirs = {**options, "shape": tuple(options["shape"])} if "shape" in options else None
    row(
        "k_constant",
        how=lambda f, value=value, **o: f(value, **o),
        **options,
        theirs=theirs,
        smooth=False,
        symbolic=False,
    )
    if "shape" not in options:
        row("k_variable", how=lambda f, value=value, **o: f(value, **o), **options, smooth=False, symbolic=False)
for name in ["zeros", "ones"]:
    row(f"k_{name}", shape=[2, 3], smooth=False, symbolic=False)
    row(f"k_{name}", shape=3, dtype="int32", theirs={"shape": (3,), "dtype": "int32"}, smooth=False, symbolic=False)


def keras2_backend():
    import tf_keras

    return tf_keras.backend


def tf():
    import tensorflow

    return tensorflow
