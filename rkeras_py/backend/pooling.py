"""Pooling."""

from typing import Any

from keras import ops

from .arguments import DataFormat, Padding, PoolMode, PoolSize, Strides, X
from .declaring import backend


@backend("ops.max_pool")
def k_pool2d(
    x: X,
    pool_size: PoolSize,
    strides: Strides = (1, 1),
    padding: Padding = "valid",
    data_format: DataFormat = None,
    pool_mode: PoolMode = "max",
) -> Any:
    """Pools over two axes: `x` is (samples, rows, columns, channels).

    The window moves by 1 where `strides` is not given, unlike in `keras.ops.max_pool`.
    """
    return _pool(x, pool_size, strides, padding, data_format, pool_mode)


@backend("ops.max_pool")
def k_pool3d(
    x: X,
    pool_size: PoolSize,
    strides: Strides = (1, 1, 1),
    padding: Padding = "valid",
    data_format: DataFormat = None,
    pool_mode: PoolMode = "max",
) -> Any:
    """Pools over three axes: `x` is (samples, depth, rows, columns, channels).

    The window moves by 1 where `strides` is not given, unlike in `keras.ops.max_pool`.
    """
    return _pool(x, pool_size, strides, padding, data_format, pool_mode)


def _pool(x: Any, pool_size: Any, strides: Any, padding: str, data_format: str | None, pool_mode: str) -> Any:
    pool = ops.max_pool if pool_mode == "max" else ops.average_pool
    return pool(x, pool_size, strides, padding, data_format)
