"""Dense layers, embeddings, activations, noise, shapes, and functions as layers."""

import numpy as np

from .rows import Made, Row, floats, whole

REGULAR = {"kernel_regularizer": "l2", "bias_regularizer": "l1", "activity_regularizer": "l2"}
BEGINNING = {"kernel_initializer": "he_normal", "bias_initializer": "ones"}
# As an object: R's names of constraints are not those of Keras 2.
NORM = Made(lambda rk: rk.constraint_maxnorm(1), lambda keras: keras.constraints.MaxNorm(1))
LIMITS = {"kernel_constraint": NORM, "bias_constraint": NORM}


def with_gaps(*shape):
    """Samples with steps that are 0: in the middle, at the end, at the beginning."""
    x = floats(*shape)
    x[0, 1], x[1, -2:], x[2, 0] = 0, 0, 0
    return x


X, SERIES, GAPS, IMAGES, VOLUMES = (
    *(floats(4, 3), floats(4, 5, 3), with_gaps(4, 5, 3), floats(2, 5, 4, 3), floats(2, 3, 4, 5, 2)),
)
FIRST = {"data_format": "channels_first"}
NUMBERS = np.array([[1, 0, 3], [0, 0, 4], [4, 2, 0], [0, 1, 1]], "int32")
VECTORS = {"input_dim": 5, "output_dim": 4}


def activation(name, *arguments, **options):
    """Rows of an activation: by default, behind a mask, and with each of its arguments."""
    rows = [Row(name, X, **options), *(Row(name, x, given, **options) for x, given in arguments)]
    # What Keras 2 makes of a mask of steps in front of a softmax is an error.
    return [*rows, *([] if name == "layer_activation_softmax" else [Row(name, GAPS, masked=True, **options)])]


def noise(name, x, *arguments, **options):
    """Rows of a layer that in prediction hands on what comes in, and in training, too, where it has nothing to do."""
    amount = "stddev" if name == "layer_gaussian_noise" else "rate"
    rows = [Row(name, x, {amount: 0.25, **given}, **options) for given in ({}, *arguments)]
    return [*rows, Row(name, x, {amount: 0.0}, training=True, **options)]


SEEDED = {"seed": 3}
TOGETHER = {"noise_shape": (None, 1, 3)}
DROPOUTS = ("dropout", "alpha_dropout", "gaussian_dropout", "spatial_dropout_1d")
AXES = "Keras reads one axis alone from an HDF5 file"

ROWS = [
    Row("layer_dense", X, {"units": 5}),
    Row("layer_dense", floats(4, 2, 3), {"units": 5, "activation": "hard_sigmoid", "use_bias": False}),
    Row("layer_dense", X, {"units": 2, **REGULAR, **BEGINNING, **LIMITS}),
    Row("layer_dense", GAPS, {"units": 2, "activation": "softmax"}, masked=True),
    *(Row("layer_activation", X, {"activation": one}) for one in ("hard_sigmoid", "relu", "softmax", "linear", "elu")),
    *(Row("layer_activation", X, {"activation": one}) for one in ("selu", "gelu", "swish", "softsign", "exponential")),
    Row("layer_activation", GAPS, {"activation": "tanh"}, masked=True),
    *activation("layer_activation_relu", (X, {"max_value": 0.7}), (X, {"negative_slope": 0.2, "threshold": 0.5})),
    Row("layer_activation_relu", X, {"max_value": 1.0, "negative_slope": 0.2, "threshold": 0.5}),
    *activation("layer_activation_leaky_relu", (X, {"alpha": 0.1}), (X, {"alpha": 0})),
    *activation("layer_activation_elu", (X, {"alpha": 0.5})),
    *activation("layer_activation_selu", legacy="Activation", theirs={"activation": "selu"}),
    *activation("layer_activation_softmax", (SERIES, {"axis": 1}), (SERIES, {"axis": -2})),
    Row("layer_activation_softmax", SERIES, {"axis": (1, 2)}, in_h5=AXES),
    *activation("layer_activation_thresholded_relu", (X, {"theta": 0.5}), legacy="ThresholdedReLU"),
    Row("layer_activation_thresholded_relu", np.array([[1.0, 1.5, -1.0]], "float32"), legacy="ThresholdedReLU"),
    *activation(
        "layer_activation_parametric_relu",
        (IMAGES, {"shared_axes": (1, 2)}),
        (IMAGES, {"shared_axes": 3, "alpha_initializer": "ones"}),
        (X, {"alpha_regularizer": "l2", "alpha_constraint": NORM}),
    ),
    *noise("layer_dropout", SERIES, TOGETHER, SEEDED),
    *noise("layer_spatial_dropout_1d", SERIES),
    *noise("layer_spatial_dropout_2d", IMAGES, FIRST),
    *noise("layer_spatial_dropout_3d", VOLUMES, FIRST),
    *noise("layer_alpha_dropout", SERIES, TOGETHER, SEEDED),
    *noise("layer_gaussian_dropout", SERIES, SEEDED),
    *noise("layer_gaussian_noise", SERIES, SEEDED),
    *(
        Row(f"layer_{one}", GAPS, {"rate": 0.5}, masked=True)
        for one in ("dropout", "alpha_dropout", "gaussian_dropout")
    ),
    Row("layer_gaussian_noise", GAPS, {"stddev": 0.5}, masked=True),
    Row("layer_spatial_dropout_1d", GAPS, {"rate": 0.5}, masked=True),
    Row("layer_embedding", whole(4, 3), VECTORS),
    Row("layer_embedding", NUMBERS, {**VECTORS, "mask_zero": True}),
    Row("layer_embedding", NUMBERS[:, :2], {**VECTORS, "input_length": 2, "embeddings_initializer": "ones"}),
    Row(
        "layer_embedding",
        NUMBERS,
        {**VECTORS, "embeddings_regularizer": "l2", "activity_regularizer": "l2", "embeddings_constraint": NORM},
    ),
    Row("layer_embedding", whole(4, 3, 2), VECTORS),
    Row("layer_flatten", floats(4, 3, 2)),
    Row("layer_flatten", floats(4, 3, 2), FIRST),
    Row("layer_flatten", IMAGES, FIRST),
    Row("layer_flatten", floats(4)),
    Row("layer_flatten", GAPS, masked=True),
    Row("layer_reshape", IMAGES, {"target_shape": (6, 10)}),
    Row("layer_reshape", IMAGES, {"target_shape": (3, -1, 2)}),
    Row("layer_reshape", IMAGES, {"target_shape": (-1,)}),
    Row("layer_reshape", GAPS, {"target_shape": (3, 5)}, masked=True),
    Row("layer_permute", SERIES, {"dims": (2, 1)}),
    Row("layer_permute", IMAGES, {"dims": (3, 1, 2)}),
    Row("layer_permute", GAPS, {"dims": (2, 1)}, masked=True),
    Row("layer_repeat_vector", X, {"n": 3}),
    Row("layer_masking", GAPS),
    Row("layer_masking", np.where(GAPS == 0, 7, GAPS).astype("float32"), {"mask_value": 7}),
    Row("layer_activity_regularization", X),
    Row("layer_activity_regularization", X, {"l1": 0.5, "l2": 0.25}),
    Row("layer_activity_regularization", GAPS, {"l1": 0.5}, masked=True),
]
UNTRIED: dict[str, dict[str, str]] = {
    "layer_embedding": {"sparse": "Keras 3 refuses it; test_signatures.py shows that it warns"},
    "layer_lambda": dict.fromkeys(["f", "output_shape", "mask", "arguments"], "a function: test_lambda.py"),
}
