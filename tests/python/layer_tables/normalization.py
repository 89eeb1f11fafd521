"""Normalization over the batch, within a sample, and to the length 1."""

from .core import AXES, GAPS, NORM
from .rows import Row, floats

X, SERIES, IMAGES, VOLUMES = floats(4, 3), floats(4, 5, 3), floats(2, 5, 4, 3), floats(2, 3, 4, 2, 3)
FACTORS = {"beta_regularizer": "l1", "gamma_regularizer": "l2", "beta_constraint": NORM, "gamma_constraint": NORM}
BEGINNINGS = {"beta_initializer": "ones", "gamma_initializer": "he_normal"}
MOVING = {"moving_mean_initializer": "ones", "moving_variance_initializer": "zeros"}


def over_batches(x, arguments=None, **options):
    """A row in prediction, and one in training."""
    return [Row("layer_batch_normalization", x, arguments or {}, training=one, **options) for one in (False, True)]


ROWS = [
    *(row for x in (X, SERIES, IMAGES, VOLUMES) for row in over_batches(x)),
    *over_batches(SERIES, {"axis": 1}),
    *over_batches(IMAGES, {"axis": 1, "momentum": 0.5}),
    *over_batches(IMAGES, {"axis": 2, "momentum": 0.5}),
    *over_batches(VOLUMES, {"axis": 1, "momentum": 0.5}),
    *over_batches(IMAGES, {"epsilon": 0.1, "momentum": 0}),
    *over_batches(X, {"epsilon": 0.1, "momentum": 0.25, "center": False}),
    *over_batches(X, {"scale": False, "synchronized": False}),
    *over_batches(IMAGES, {"center": False, "scale": False}),
    *over_batches(SERIES, {**FACTORS, **BEGINNINGS, **MOVING}),
    *over_batches(GAPS, masked=True),
    *(Row("layer_layer_normalization", x) for x in (X, SERIES, IMAGES)),
    Row("layer_layer_normalization", IMAGES, {"axis": 1}),
    Row("layer_layer_normalization", IMAGES, {"axis": (1, 2), "epsilon": 0.1}, in_h5=AXES),
    Row("layer_layer_normalization", IMAGES, {"axis": (-1, 1), "center": False}, in_h5=AXES),
    Row("layer_layer_normalization", X, {"scale": False}),
    Row("layer_layer_normalization", SERIES, {**FACTORS, **BEGINNINGS}),
    Row("layer_layer_normalization", GAPS, masked=True),
    *(Row("layer_unit_normalization", x) for x in (X, SERIES)),
    Row("layer_unit_normalization", X * 1e-7, otherwise="it makes 1 of any length"),
    Row("layer_unit_normalization", IMAGES, {"axis": 2}, {"axis": 1}),
    Row("layer_unit_normalization", IMAGES, {"axis": (2, 4)}, {"axis": [1, 3]}, in_h5=AXES),
    Row("layer_unit_normalization", GAPS, masked=True),
]
UNTRIED: dict[str, dict[str, str]] = {}
