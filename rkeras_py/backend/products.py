"""Products of matrices and of batches of them."""

from string import ascii_lowercase
from typing import Annotated, Any

import keras
from keras import ops
from typing_extensions import Doc

from ..language import Size, refuse
from .arguments import AnyTensor, AxesOfTwo, NoName, TypeOrDefault, X
from .declaring import backend, plain, shape_of, shape_text

_SUMMED = (
    "The axis of `x` and that of `y` to sum over, counted from 1 with the batch, or from -1 backwards; one number for "
    "both; if `None`, the last of `x` and the second last of `y`, its last where it is a matrix."
)


@plain(ops.dot)
def k_dot(x: X, y: AnyTensor) -> Any:
    """The dot product: sums over the last axis of `x` and the second last of `y`.

    Args:
        y: A tensor or an array.
    """


@backend("ops.einsum")
def k_batch_dot(
    x: X,
    y: AnyTensor,
    axes: Annotated[Annotated[Any, AxesOfTwo()] | None, Doc(_SUMMED)],
) -> Any:
    """The dot product of each sample with the one in the same place.

    Args:
        x: A tensor of samples, of rank 2 or more.
        y: A tensor of as many samples, of rank 2 or more.

    Returns:
        A tensor; of two matrices a matrix of one column.
    """
    left, right = shape_of(x), shape_of(y)
    if min(len(left), len(right)) < 2:
        refuse(k_batch_dot, "x" if len(left) < 2 else "y", x if len(left) < 2 else y, "a tensor of rank 2 or more")
    if axes is None:
        axes = (len(left) - 1, len(right) - (1 if len(right) == 2 else 2))
    in_x, in_y = (axis + len(shape) * (axis < 0) for axis, shape in zip(axes, (left, right), strict=True))
    if not (0 < in_x < len(left) and 0 < in_y < len(right)):
        wants = f"an axis of `x`, 2 to {len(left)}, and one of `y`, 2 to {len(right)}"
        refuse(k_batch_dot, "axes", [in_x + 1, in_y + 1], wants)
    summed, batch = {left[in_x], right[in_y]}, {left[0], right[0]}
    if len(summed - {None}) > 1 or len(batch - {None}) > 1:
        wants = f"a tensor that goes with `x` of shape {shape_text(x)}"
        refuse(k_batch_dot, "y", y, f"{wants}: as many samples, and the same size along the axes")
    letters = iter(ascii_lowercase.replace("n", ""))
    of_x = ["n", *(next(letters) for _ in left[1:])]
    of_y = ["n", *(next(letters) for _ in right[1:])]
    of_y[in_y] = of_x[in_x]
    kept = [one for one in [*of_x, *of_y[1:]] if one != of_x[in_x]]
    result = ops.einsum(f"{''.join(of_x)},{''.join(of_y)}->{''.join(kept)}", x, y)
    return ops.expand_dims(result, 1) if len(left) == len(right) == 2 else result


@backend("ops.eye")
def k_eye(size: Size, dtype: TypeOrDefault = None, name: NoName = None) -> Any:
    """The identity matrix.

    Args:
        size: How many rows and columns.
    """
    return ops.eye(size, dtype=dtype or keras.config.floatx())
