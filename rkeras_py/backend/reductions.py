"""Sums, means, extremes and the like, along axes."""

from typing import Any

import keras
import numpy as np
from keras import ops

from .arguments import AlongAxis, KeepDims, ReductionAxes, X
from .declaring import backend, plain


@plain(ops.sum)
def k_sum(x: X, axis: ReductionAxes = None, keepdims: KeepDims = False) -> Any:
    """The sum along axes."""


@plain(ops.prod)
def k_prod(x: X, axis: ReductionAxes = None, keepdims: KeepDims = False) -> Any:
    """The product along axes."""


@backend("ops.max")
def k_max(x: X, axis: ReductionAxes = None, keepdims: KeepDims = False) -> Any:
    """The largest value along axes."""
    return ops.max(x, axis=axis, keepdims=keepdims, initial=_limit(x, -np.inf, "min"))


@backend("ops.min")
def k_min(x: X, axis: ReductionAxes = None, keepdims: KeepDims = False) -> Any:
    """The smallest value along axes."""
    return ops.min(x, axis=axis, keepdims=keepdims, initial=_limit(x, np.inf, "max"))


@backend("ops.mean")
def k_mean(x: X, axis: ReductionAxes = None, keepdims: KeepDims = False) -> Any:
    """The mean along axes, a float for whole numbers too, where Keras 2 cut it."""
    return ops.mean(x, axis=axis, keepdims=keepdims)


@plain(ops.std)
def k_std(x: X, axis: ReductionAxes = None, keepdims: KeepDims = False) -> Any:
    """The standard deviation of the population along axes."""


@plain(ops.var)
def k_var(x: X, axis: ReductionAxes = None, keepdims: KeepDims = False) -> Any:
    """The variance of the population along axes."""


@plain(ops.any, returns="A tensor of booleans.")
def k_any(x: X, axis: ReductionAxes = None, keepdims: KeepDims = False) -> Any:
    """Whether any value is true, that is not 0, along axes."""


@plain(ops.all, returns="A tensor of booleans.")
def k_all(x: X, axis: ReductionAxes = None, keepdims: KeepDims = False) -> Any:
    """Whether all values are true, that is not 0, along axes."""


@backend("ops.logsumexp")
def k_logsumexp(x: X, axis: ReductionAxes = None, keepdims: KeepDims = False) -> Any:
    """The logarithm of the sum of the exponentials along axes, without overflow."""
    return ops.logsumexp(x, axis=axis, keepdims=keepdims)


@backend("ops.argmax", returns="A tensor of whole numbers, counted from 0.")
def k_argmax(x: X, axis: AlongAxis = -1) -> Any:
    """Where the largest value is along an axis, counted from 0."""
    return ops.argmax(x, axis=axis)


@backend("ops.argmin", returns="A tensor of whole numbers, counted from 0.")
def k_argmin(x: X, axis: AlongAxis = -1) -> Any:
    """Where the smallest value is along an axis, counted from 0."""
    return ops.argmin(x, axis=axis)


@backend("ops.cumsum")
def k_cumsum(x: X, axis: AlongAxis = 1) -> Any:
    """The cumulative sum along an axis."""
    return ops.cumsum(x, axis=axis)


@backend("ops.cumprod")
def k_cumprod(x: X, axis: AlongAxis = 1) -> Any:
    """The cumulative product along an axis."""
    return ops.cumprod(x, axis=axis)


@backend("ops.softmax")
def k_softmax(x: X, axis: AlongAxis = -1) -> Any:
    """The softmax along an axis: exponentials that sum to 1."""
    return ops.softmax(x, axis=axis)


@backend("ops.rsqrt")
def k_l2_normalize(x: X, axis: ReductionAxes = None) -> Any:
    """Divides by the Euclidean norm along axes.

    Below a norm of 1e-6 the divisor is 1e-6, as in Keras 2; `keras.ops.normalize` takes the norm down to 1e-12.
    """
    square = ops.sum(ops.square(x), axis=axis, keepdims=True)
    return ops.multiply(x, ops.rsqrt(ops.maximum(square, 1e-12)))


def _limit(x: Any, of_floats: float, of_integers: str) -> Any:
    """What the extreme of nothing is, which Keras 3 refuses to tell."""
    dtype = keras.backend.standardize_dtype(x.dtype)
    if keras.backend.is_float_dtype(dtype):
        return of_floats
    if dtype == "bool":
        return of_floats > 0
    of_backend = keras.backend.standardize_dtype(ops.zeros((), dtype).dtype)  # JAX has no int64 unless asked to
    return int(getattr(np.iinfo(of_backend), of_integers))
