"""Tensors put together, taken apart and given other shapes."""

from typing import Annotated, Any

import keras
import numpy as np
from keras import ops
from typing_extensions import Doc

from ..language import MISSING, RDefault, Retired, RInteger, Size, refuse
from ..language.vectors import AxisFromOne
from .arguments import (
    AlongAxis,
    Axes,
    DataFormat,
    DType,
    Format,
    Indices,
    OpenShape,
    PaddingPairs,
    Pair,
    Shape,
    Tensors,
    X,
)
from .declaring import as_tensors, backend, shape_of

Factor = Annotated[Size, Doc("How often each is repeated along this axis, at least 1.")]
GivenFormat = Annotated[Format, Doc('`"channels_last"` or `"channels_first"`.')]


@backend("ops.concatenate")
def k_concatenate(tensors: Tensors, axis: AlongAxis = -1) -> Any:
    """Joins tensors along an axis that they have."""
    return ops.concatenate(tensors, axis=axis)


@backend("ops.stack", more_axes=1)
def k_stack(x: Tensors, axis: AlongAxis = 1) -> Any:
    """Joins tensors of the same shape along a new axis.

    Args:
        axis: The new axis, counted from 1, or from -1 backwards.
    """
    return ops.stack(as_tensors(x), axis=axis)


@backend("ops.unstack", since="2.15.0", returns="A list of tensors.")
def k_unstack(
    x: X,
    axis: Annotated[int, AxisFromOne(), RInteger()] = 1,
    num: int | None = None,
    name: Annotated[str | None, Retired("operations have no names in Keras 3.")] = None,
) -> Any:
    """Takes a tensor apart along an axis.

    Args:
        axis: The axis, counted from 1, or from -1 backwards.
        num: The size of the axis, where only the data tell.
        name: Not used any more.
    """
    return list(ops.unstack(x, num=num, axis=axis))


@backend("ops.expand_dims", more_axes=1)
def k_expand_dims(x: X, axis: AlongAxis = -1) -> Any:
    """Inserts an axis of size 1.

    Args:
        axis: Where the new axis is to be, counted from 1, or from -1 backwards.
    """
    return ops.expand_dims(x, axis)


@backend("ops.squeeze")
def k_squeeze(x: X, axis: Axes | None = MISSING) -> Any:
    """Removes axes of size 1.

    Args:
        axis: The axis or axes, counted from 1, or from -1 backwards; all of size 1 if `None`.
    """
    return ops.squeeze(x, axis=None if axis is MISSING else axis)


@backend("ops.reshape")
def k_reshape(x: X, shape: OpenShape) -> Any:
    """Gives a tensor another shape, row by row.

    Args:
        shape: The shape, with the batch; one size may be -1 or `None`, for what is left.
    """
    return ops.reshape(x, tuple(-1 if size is None else size for size in shape))


@backend("ops.reshape")
def k_flatten(x: X) -> Any:
    """Flattens a tensor to one axis."""
    return ops.reshape(x, (-1,))


@backend("ops.reshape")
def k_batch_flatten(x: X) -> Any:
    """Flattens each sample: a matrix of a row for each."""
    batch, *sizes = ops.shape(x)
    features: Any = 1
    for size in sizes:
        features = None if features is None or size is None else features * size
    if features is None and batch is None:
        refuse(k_batch_flatten, "x", x, "a tensor of samples of known sizes, or of a known batch")
    if features is None:
        return ops.reshape(x, (batch, -1))
    return ops.reshape(x, (batch if isinstance(batch, int) else -1, features))


@backend("ops.transpose")
def k_permute_dimensions(
    x: X, pattern: Annotated[Axes, Doc("The number of each axis in its new place, all of them, counted from 1.")]
) -> Any:
    """Permutes the axes of a tensor."""
    return ops.transpose(x, axes=pattern if isinstance(pattern, tuple) else (pattern,))


@backend("ops.transpose")
def k_transpose(x: X) -> Any:
    """Transposes a tensor: its axes in reverse order."""
    return ops.transpose(x)


@backend("ops.tile")
def k_tile(x: X, n: Shape) -> Any:
    """Tiles a tensor.

    Args:
        n: How often along each axis, a number for each.
    """
    if len(n) != len(x.shape):
        refuse(k_tile, "n", list(n), f"a vector of {len(x.shape)} whole numbers, one for each axis")
    return ops.tile(x, n)


@backend("ops.tile")
def k_repeat(x: X, n: Size) -> Any:
    """Repeats each row of a matrix: (samples, features) becomes (samples, n, features).

    `keras.ops.repeat` is another function, `k_repeat_elements()`.

    Args:
        n: How often, at least 1.
    """
    if len(x.shape) != 2:
        refuse(k_repeat, "x", x, "a matrix")
    return ops.tile(ops.expand_dims(x, 1), (1, n, 1))


@backend("ops.repeat")
def k_repeat_elements(x: X, rep: Size, axis: AlongAxis) -> Any:
    """Repeats each element along an axis.

    Args:
        rep: How often, at least 1.
    """
    return ops.repeat(x, rep, axis=axis)


@backend("ops.flip")
def k_reverse(
    x: X, axes: Annotated[Axes, Doc("The axis or axes to reverse, counted from 1, or from -1 backwards.")]
) -> Any:
    """Reverses a tensor along axes."""
    for axis in axes if isinstance(axes, tuple) else (axes,):
        x = ops.flip(x, axis=axis)
    return x


@backend("ops.take")
def k_gather(reference: X, indices: Annotated[Any, Indices()]) -> Any:
    """Gathers rows of a tensor.

    Args:
        reference: A tensor.
        indices: The rows: numbers or an array, counted from 1, or a tensor, counted from 0.
    """
    if not shape_of(reference):
        refuse(k_gather, "reference", reference, "a tensor with an axis")
    rows = shape_of(reference)[0]
    largest = np.max(indices, initial=-1).item() if isinstance(indices, np.ndarray | np.generic) else -1
    if rows is not None and largest >= rows:
        refuse(k_gather, "indices", largest + 1, f"numbers of rows, at most {rows}")
    return ops.take(reference, indices, axis=0)


@backend("ops.one_hot")
def k_one_hot(indices: X, num_classes: Size) -> Any:
    """One-hot encodes whole numbers.

    Args:
        indices: A tensor of whole numbers, counted from 0; there is no 1 for one that is out of range.
        num_classes: How many classes there are.
    """
    return ops.one_hot(ops.cast(indices, "int32"), num_classes)


@backend("ops.arange")
def k_arange(start: int, stop: int | None = None, step: int = 1, dtype: DType = "int32") -> Any:
    """A sequence of whole numbers.

    Args:
        start: The first number; with `stop` left out, the end of a sequence that begins with 0.
        stop: The end, which is not reached.
        step: The distance between two.
        dtype: The type of the result.
    """
    if stop is None:
        start, stop = 0, max(start, 0)
    return ops.arange(start, stop, step, dtype=dtype)


@backend("ops.repeat")
def k_resize_images(x: X, height_factor: Factor, width_factor: Factor, data_format: GivenFormat) -> Any:
    """Resizes images by repeating their pixels.

    Args:
        x: A tensor of images, of rank 4.
    """
    return _repeated(x, (height_factor, width_factor), data_format)


@backend("ops.repeat")
def k_resize_volumes(
    x: X, depth_factor: Factor, height_factor: Factor, width_factor: Factor, data_format: GivenFormat
) -> Any:
    """Resizes volumes by repeating their voxels.

    Args:
        x: A tensor of volumes, of rank 5.
    """
    return _repeated(x, (depth_factor, height_factor, width_factor), data_format)


@backend("ops.pad")
def k_temporal_padding(
    x: X,
    padding: Annotated[Any, Pair(), Doc("How many steps of zeros in front and behind.")] = (1, 1),
) -> Any:
    """Pads the time steps of a tensor of rank 3 with zeros.

    Args:
        x: A tensor: (samples, steps, features).
    """
    return ops.pad(x, ((0, 0), padding, (0, 0)))


@backend("ops.pad")
def k_spatial_2d_padding(
    x: X,
    padding: Annotated[
        Any,
        PaddingPairs(2),
        RDefault("list(list(1, 1), list(1, 1))"),
        Doc("How many rows of zeros above and below, and how many columns left and right."),
    ] = ((1, 1), (1, 1)),
    data_format: DataFormat = None,
) -> Any:
    """Pads images with zeros.

    Args:
        x: A tensor of images, of rank 4.
    """
    return _padded(x, padding, data_format)


@backend("ops.pad")
def k_spatial_3d_padding(
    x: X,
    padding: Annotated[
        Any,
        PaddingPairs(3),
        RDefault("list(list(1, 1), list(1, 1), list(1, 1))"),
        Doc("How many zeros in front of and behind each of the three axes."),
    ] = ((1, 1), (1, 1), (1, 1)),
    data_format: DataFormat = None,
) -> Any:
    """Pads volumes with zeros.

    Args:
        x: A tensor of volumes, of rank 5.
    """
    return _padded(x, padding, data_format)


def _repeated(x: Any, factors: tuple[int, ...], data_format: str) -> Any:
    first = 1 if data_format == "channels_last" else 2
    for axis, factor in enumerate(factors, start=first):
        x = ops.repeat(x, factor, axis=axis)
    return x


def _padded(x: Any, pairs: tuple[tuple[int, int], ...], data_format: str | None) -> Any:
    last = (data_format or keras.config.image_data_format()) == "channels_last"
    return ops.pad(x, ((0, 0), *pairs, (0, 0)) if last else ((0, 0), (0, 0), *pairs))
