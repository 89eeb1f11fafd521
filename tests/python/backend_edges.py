"""More of what the backend functions are to compute: other types, NaN and infinities, what is empty, further ranks."""

import keras
import numpy as np
from backend_rows import (
    BOOLEANS,
    EDGES,
    INF,
    INTEGERS,
    NAN,
    RANKS,
    SMOOTH,
    floats,
    in_a_list,
    keras2_backend,
    positive,
    probabilities,
    row,
    tf,
    whole,
)

DOUBLES = np.asarray(floats(3, 4), "float64")
ODD = np.array([[NAN, 1, -INF], [INF, 0, -0.0], [2, 2, -1]], "float32")
EMPTY, NO_COLUMNS = EDGES[1], np.zeros((3, 0), "float32")
COUNTS = whole(2, 3, 2)

# Types
for name in [*SMOOTH, "sign", "round", "stop_gradient", "zeros_like", "ones_like"]:
    row(f"k_{name}", DOUBLES, smooth=False, symbolic=name != "cast_to_floatx" or None)
for name in ["log", "sqrt"]:
    row(f"k_{name}", np.abs(DOUBLES), smooth=False)
for name in ["sum", "prod", "mean", "max", "min", "std", "var", "argmax", "cumsum", "cumprod", "softmax"]:
    row(f"k_{name}", DOUBLES, axis=1, theirs={"axis": 0}, smooth=False)
for name in ["sum", "prod", "max", "min"]:
    for x in [INTEGERS, COUNTS, COUNTS.astype("uint8"), COUNTS.astype("int64")]:
        row(f"k_{name}", x, smooth=False)
for name in ["maximum", "minimum", "equal", "not_equal", "greater", "greater_equal", "less", "less_equal"]:
    row(f"k_{name}", DOUBLES, DOUBLES[::-1].copy(), smooth=False)
    row(f"k_{name}", EMPTY, EMPTY, smooth=False)
row("k_equal", BOOLEANS, BOOLEANS[::-1].copy(), smooth=False)
row("k_not_equal", BOOLEANS, BOOLEANS[::-1].copy(), smooth=False)
for x in [INTEGERS, BOOLEANS, COUNTS, COUNTS.astype("uint8"), EMPTY, NO_COLUMNS, ODD, DOUBLES]:
    plain = {"smooth": False}
    row("k_concatenate", x, x, how=in_a_list, **plain)
    row("k_concatenate", x, x, how=in_a_list, axis=1, theirs={"axis": 0}, **plain)
    row("k_stack", x, x, how=in_a_list, theirs={"axis": 0}, **plain)
    for name in ["expand_dims", "flatten", "transpose", "identity"]:
        row(f"k_{name}", x, **plain)
    row("k_batch_flatten", x, symbolic=x is not NO_COLUMNS, **plain)  # Keras cannot tell how many rows of nothing
    row("k_reverse", x, axes=[1, 2], theirs={"axes": [0, 1]}, **plain)
    if len(x):  # Keras 2 could not repeat nothing
        row("k_repeat_elements", x, rep=2, axis=1, theirs={"rep": 2, "axis": 0}, **plain)
    row("k_tile", x, n=[2] * x.ndim, **plain)
    row("k_permute_dimensions", x, pattern=[*range(x.ndim, 0, -1)], theirs={"pattern": [*range(x.ndim)][::-1]}, **plain)
    row("k_reshape", x, shape=[1, -1] if x.size else [0, 7], **plain)
    row(
        "k_unstack", x, axis=1, keras2=lambda x: tf().unstack(x, axis=0), symbolic="fixed" if len(x) else False, **plain
    )
    if x.ndim == 2:
        row("k_repeat", x, n=2, **plain)
    if len(x):
        row("k_gather", x, indices=[1, 2], theirs={"indices": [0, 1]}, symbolic=False, **plain)
row("k_squeeze", INTEGERS[:, :1], axis=2, theirs={"axis": 1}, smooth=False)
row("k_temporal_padding", whole(2, 3, 2), smooth=False)
row("k_spatial_2d_padding", whole(1, 2, 3, 2), data_format="channels_last", smooth=False)
for dtype in ["float16", "float64", "int64", "uint8"]:
    row("k_cast", np.array([[0.0, 1.9], [7.5, 3.0]], "float32"), dtype=dtype, smooth=dtype == "float64")
row("k_one_hot", np.array([0, 2, 1], "int64"), num_classes=3, smooth=False)
row("k_one_hot", np.zeros((0,), "int32"), num_classes=3, smooth=False)

# NaN, infinities, nothing
for name in ["cumsum", "cumprod"]:
    row(f"k_{name}", ODD, axis=2, theirs={"axis": 1}, smooth=False)
    row(f"k_{name}", EMPTY, theirs={"axis": 0}, smooth=False)
row("k_softmax", np.array([[1, -INF, 0], [-INF, 2, -INF]], "float32"), smooth=False)
row("k_softmax", EMPTY, smooth=False)
for x in [ODD, np.array([[INF, 1, 0], [-INF, -INF, 0]], "float32"), EMPTY]:
    row("k_l2_normalize", x, axis=2, theirs={"axis": 1}, smooth=False)
for name in ["argmax", "argmin"]:
    row(f"k_{name}", np.array([[INF, 1, -INF], [3, 3, -1]], "float32"), smooth=False)
    row(f"k_{name}", EMPTY, axis=2, theirs={"axis": 1}, smooth=False)
    row(f"k_{name}", COUNTS, axis=2, theirs={"axis": 1}, smooth=False)
for name in ["any", "all"]:
    for axis in [(1, 2), (1, -1)]:
        row(
            f"k_{name}",
            np.arange(24).reshape(2, 3, 4) % 5 > 1,
            axis=list(axis),
            keepdims=True,
            theirs={"axis": [one - 1 if one > 0 else one for one in axis], "keepdims": True},
            smooth=False,
        )
row("k_any", np.array(True), smooth=False)
row("k_all", np.zeros((2, 1, 0, 2), "bool"), axis=3, theirs={"axis": 2}, smooth=False)
row("k_dot", ODD, floats(3, 2), smooth=False)
row("k_dot", EMPTY, floats(3, 2), smooth=False)
row("k_dot", NO_COLUMNS, np.zeros((0, 2), "float32"), smooth=False)
row("k_dot", floats(2, 3, 4, 5), floats(5, 2))
row("k_dot", floats(2, 3, 2, 5), floats(2, 5, 3))
row("k_batch_dot", EMPTY, EMPTY, axes=2, theirs={"axes": 1}, smooth=False)
row("k_batch_dot", np.stack([ODD, ODD]), floats(2, 3, 2), axes=None, smooth=False)
row("k_bias_add", ODD, floats(3), smooth=False)
row("k_bias_add", EMPTY, floats(3), smooth=False)
row("k_batch_normalization", ODD, floats(3), positive(3), floats(3), floats(3), smooth=False)
for mode in ["max", "avg"]:
    x = floats(1, 3, 3, 2)
    x[0, 1, 1, 0] = INF
    row("k_pool2d", x, pool_size=(2, 2), pool_mode=mode, smooth=False)
    row("k_pool2d", np.zeros((0, 3, 3, 2), "float32"), pool_size=(2, 2), pool_mode=mode, smooth=False)
row("k_binary_crossentropy", np.array([1, 0], "float32"), np.array([NAN, NAN], "float32"), smooth=False)
row(
    "k_binary_crossentropy",
    np.array([1, 0], "float32"),
    np.array([1e4, 1e4], "float32"),
    from_logits=True,
    smooth=False,
)
row("k_categorical_crossentropy", np.eye(2, dtype="float32"), np.array([[NAN, 1], [1, 1]], "float32"), smooth=False)
row("k_categorical_crossentropy", EMPTY, EMPTY, smooth=False)
row(
    "k_switch",
    np.array([True, False, True]),
    ODD,
    -ODD,
    keras2=lambda c, x, y: tf().where(c[:, None], x, y),
    smooth=False,
)
row("k_in_top_k", np.array([[NAN, 1, 2], [INF, 1, 2]], "float32"), np.array([1, 0], "int32"), k=2, smooth=False)

# Ranks
for x in RANKS:
    row("k_pow", np.abs(x) + 0.1, a=1.5)
    row("k_cast", x, dtype="int32", smooth=False)
    row("k_cast_to_floatx", x, how=lambda f, x: f(x if keras.utils.is_keras_tensor(x) else tensor_for(f, x)))
    if x.ndim:
        row("k_softmax", x, keras2=lambda x: tf().nn.softmax(x))  # Keras 2 refused vectors
        row("k_gather", x, indices=[1, 1], theirs={"indices": [0, 0]}, symbolic=False)
        row("k_gather", x, how=lambda f, x: f(x, tensor_for(f, np.array([1, 0, 1], "int32"))))
        row("k_reshape", x, shape=[-1])
        condition = np.arange(x.size).reshape(x.shape) % 2 == 0
        row("k_switch", condition, x, floats(*x.shape))
    if 0 < x.ndim < 3:
        row("k_argmax", x[..., None], axis=x.ndim, theirs={"axis": x.ndim - 1}, smooth=False)
row("k_pow", ODD, a=2, smooth=False)
row("k_pow", EMPTY, a=2, smooth=False)
for shape in [(4, 3), (2, 4, 3)]:
    for output, options in [(probabilities(*shape), {}), (floats(*shape), {"from_logits": True})]:
        row("k_sparse_categorical_crossentropy", whole(*shape[:-1], below=3), output, **options)


# Variables
def through(change):
    """What a variable holds after a change, here and in Keras 2."""

    def how(f, x, *more, **options):
        module = rkeras() if "rkeras" in f.__module__ else keras2_backend()
        names = {"variable": "k_variable", "get_value": "k_get_value"} if module is rkeras() else {}
        variable = getattr(module, names.get("variable", "variable"))(x if module is rkeras() else x.numpy())
        change(f, variable, *more, **options)
        return np.asarray(getattr(module, names.get("get_value", "get_value"))(variable))

    return how


def on_one(f, variable, *more, **options):
    f(variable, *(one if "rkeras" in f.__module__ else one.numpy() for one in more), **options)


for x in RANKS:
    for name in ["update", "update_add", "update_sub", "set_value"]:
        row(f"k_{name}", x, floats(*x.shape), how=through(on_one), smooth=False, symbolic=False)
    options = {"momentum": 0.9, "how": through(on_one)}
    row("k_moving_average_update", x, floats(*x.shape), **options, smooth=False, symbolic=False)
    unchanged = {"smooth": False, "symbolic": False}
    row("k_get_value", x, how=through(lambda f, variable: f(variable)), **unchanged)
    row("k_batch_get_value", x, how=lambda f, x: f([variable_for(f, x)]), **unchanged)
    row(
        "k_batch_set_value",
        x,
        -x,
        how=through(lambda f, variable, new: f([[variable, tensor_or_array(f, new)]])),
        **unchanged,
    )
    row("k_to_dense", x, how_theirs=lambda f, x: f(x), smooth=True)
    row("k_print_tensor", x, smooth=True)


def tensor_or_array(f, x):
    return x if "rkeras" in f.__module__ else x.numpy()


def variable_for(f, x):
    return rkeras().k_variable(x) if "rkeras" in f.__module__ else keras2_backend().variable(x.numpy())


def tensor_for(f, x):
    return keras.ops.convert_to_tensor(x) if "rkeras" in f.__module__ else tf().convert_to_tensor(x)


def rkeras():
    import rkeras_py

    return rkeras_py
