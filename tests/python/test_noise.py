"""Noise in training is distributed as that of Keras 2, is another one at each call, and of the shape that was asked."""

import keras
import numpy as np
import pytest
from layer_tables.comparing import is_oldest

import rkeras_py as rk

SHAPE = (400, 20, 10)
ONES = np.ones(SHAPE, "float32")
# The function, its argument, the class in Keras 2, and the samples.
NOISE = [
    ("layer_dropout", {"rate": 0.32}, "Dropout", ONES),
    ("layer_alpha_dropout", {"rate": 0.2}, "AlphaDropout", ONES),
    ("layer_gaussian_dropout", {"rate": 0.4}, "GaussianDropout", 2 * ONES),
    ("layer_gaussian_noise", {"stddev": 0.5}, "GaussianNoise", 3 * ONES),
    ("layer_gaussian_noise", {"stddev": 7}, "GaussianNoise", ONES),
]
SPATIAL = [("layer_spatial_dropout_1d", (300, 7, 20)), ("layer_spatial_dropout_2d", (300, 3, 4, 20))]
SPATIAL += [("layer_spatial_dropout_3d", (300, 2, 3, 2, 20))]


def array(tensor):
    return keras.ops.convert_to_numpy(tensor)


@pytest.mark.parametrize(("name", "arguments", "legacy", "x"), NOISE)
def test_noise_is_distributed_as_that_of_keras_2(name, arguments, legacy, x):
    tf_keras = pytest.importorskip("tf_keras")
    ours = array(getattr(rk, name)(**arguments)(x, training=True))
    theirs = np.asarray(getattr(tf_keras.layers, legacy)(**arguments)(x, training=True))
    scale = theirs.std()
    assert abs(ours.mean() - theirs.mean()) < 0.03 * scale
    assert abs(ours.std() - theirs.std()) < 0.03 * scale
    shares = np.linspace(0, 1, 21)
    np.testing.assert_allclose(np.quantile(ours, shares[1:-1]), np.quantile(theirs, shares[1:-1]), atol=0.06 * scale)
    if "dropout" in name and "gaussian" not in name:  # two values: what is dropped, and what is kept
        np.testing.assert_allclose(np.unique(ours.round(4)), np.unique(theirs.round(4)), rtol=1e-3)


@pytest.mark.parametrize(("name", "shape"), SPATIAL)
def test_spatial_dropout_drops_channels_as_a_whole(name, shape):
    kept = array(getattr(rk, name)(rate=0.25)(np.ones(shape, "float32"), training=True)) != 0
    between = tuple(range(1, len(shape) - 1))
    assert (kept.all(axis=between) | ~kept.any(axis=between)).all()
    assert abs(kept.mean() - 0.75) < 0.02
    if not name.endswith("1d"):
        x = np.moveaxis(np.ones(shape, "float32"), -1, 1)
        kept = array(getattr(rk, name)(rate=0.25, data_format="channels_first")(x, training=True)) != 0
        between = tuple(range(2, len(shape)))
        assert (kept.all(axis=between) | ~kept.any(axis=between)).all()


@pytest.mark.parametrize("name", ["layer_dropout", "layer_alpha_dropout"])
@pytest.mark.parametrize("noise_shape", [[400, 1, 10], [None, 1, None]])
def test_what_is_dropped_together(name, noise_shape):
    kept = array(getattr(rk, name)(rate=0.25, noise_shape=noise_shape)(ONES, training=True)).round(4)
    assert (kept == kept[:, :1]).all()
    assert len(np.unique(kept)) == 2
    assert abs((kept == kept.max()).mean() - 0.75) < 0.03


@pytest.mark.parametrize(("name", "arguments"), [(name, arguments) for name, arguments, *_ in NOISE])
def test_a_seed_begins_a_row_of_noises(name, arguments):
    one, other = (getattr(rk, name)(**arguments, seed=3.0) for _ in range(2))
    first, second = (array(one(ONES, training=True)) for _ in range(2))
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(array(other(ONES, training=True)), first)
    np.testing.assert_array_equal(array(one(ONES)), ONES)


def test_all_can_be_dropped():
    if not is_oldest():  # which refuses it
        np.testing.assert_array_equal(array(rk.layer_dropout(rate=1)(ONES, training=True)), 0 * ONES)
    with pytest.raises(rk.ArgumentError, match=r"`rate` must be .*< 1, not 1"):
        rk.layer_gaussian_dropout(rate=1)
