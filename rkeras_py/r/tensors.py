"""Tensors and variables, as R computes with them: `R/tensors.R` calls what is here.

All of it is done by `keras.ops`, so that it is the same on every backend, for symbolic tensors and in compiled
graphs; only `values()` and `shown()` look at numbers. A function that cannot do what was asked returns a `Failure`: an
exception would reach the user of R as a traceback.
"""

import functools
import math
import re
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, ParamSpec

import numpy as np

from .tensor_parts import part_of
from .tensor_types import (
    UNKNOWN,
    Unsuitable,
    computable,
    described,
    dtype_of,
    fitting,
    floating,
    is_floating,
    is_tensor,
    logical,
    op,
    sizes_of,
    type_and_shape,
    value_of,
)

P = ParamSpec("P")

_FIRST = 6  # as many elements as str() shows of a vector
_WHOLE = 100  # tensors up to this size are printed as a whole

_ARITHMETIC = {
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "/": "true_divide",
    "^": "power",
    "%%": "mod",
    "%/%": "floor_divide",
    "==": "equal",
    "!=": "not_equal",
    "<": "less",
    "<=": "less_equal",
    ">": "greater",
    ">=": "greater_equal",
}
_LOGIC = {"&": "logical_and", "|": "logical_or", "!": "logical_not"}
# Where Keras has another name than R.
_MATH = {
    "ceiling": "ceil",
    "acos": "arccos",
    "asin": "arcsin",
    "atan": "arctan",
    "acosh": "arccosh",
    "asinh": "arcsinh",
    "atanh": "arctanh",
    "is.nan": "isnan",
    "is.finite": "isfinite",
    "is.infinite": "isinf",
}
_NOT_IN_KERAS = {"signif", "gamma", "lgamma", "digamma", "trigamma", "cummax", "cummin"}


class Reduction(NamedTuple):
    """How many numbers become one."""

    reduce: str
    combine: str
    """What becomes of the results for several tensors."""
    neutral: float | None = None
    """What stands for a value that is left out."""


_REDUCTIONS = {
    "sum": Reduction("sum", "add", 0),
    "prod": Reduction("prod", "multiply", 1),
    "max": Reduction("max", "maximum", -math.inf),
    "min": Reduction("min", "minimum", math.inf),
    "any": Reduction("any", "logical_or"),
    "all": Reduction("all", "logical_and"),
}


@dataclass
class Failure:
    """Why there is no result."""

    kind: Literal["refused", "failed"]
    message: str
    trace: str = ""


def _for_r(function: Callable[P, Any]) -> Callable[P, Any]:
    """Returns failures; the first argument of every function is the name of the R function that it serves."""

    @functools.wraps(function)
    def guarded(*arguments: P.args, **more: P.kwargs) -> Any:
        try:
            return function(*arguments, **more)
        except Unsuitable as error:
            return Failure("refused", f"{_name(arguments[0])}: {error}.")
        except Exception as error:
            message = f"{_name(arguments[0])}: Keras cannot compute this for {_all(arguments)}: {_first_line(error)}"
            return Failure("failed", message, traceback.format_exc())

    return guarded


@_for_r
def operate(generic: str, left: Any, right: Any = None) -> Any:
    """Carries out an operator of R.

    Numbers of R take the type of the tensor beside them: 2L beside float32 is a float32, and so is 0.1. Only where that
    would lose something is it the tensor that changes: beside integers and truth values 0.5 makes floats, as in R.

    Args:
        generic: The operator.
        left: A tensor, or a number or an array of R.
        right: Likewise; None for an operator with one side.
    """
    if generic in _LOGIC:
        sides = [logical(side) for side in (left, right) if side is not None]
        return op(_LOGIC[generic])(*sides)
    if right is None:
        return op("negative")(computable(left)) if generic == "-" else computable(left)
    if not is_tensor(left):
        right = computable(right)
        left, right = fitting(left, right)
    elif not is_tensor(right):
        left = computable(left)
        right, left = fitting(right, left)
    else:
        left, right = computable(left), computable(right)
    if generic == "^":
        if type(right) in (int, float) and right == 2:
            return op("square")(floating(left))
        left, right = floating(left), floating(right)
    if generic == "+":
        return _sum(left, right)
    return op(_ARITHMETIC[generic])(left, right)


@_for_r
def compute(generic: str, x: Any, more: Sequence[Any] = ()) -> Any:
    """Computes a function of R's group Math.

    Args:
        generic: The function.
        x: A tensor.
        more: The digits of round(), the base of log().
    """
    if generic in _NOT_IN_KERAS:
        raise Unsuitable("Keras has no such function for tensors")
    if generic not in ("log", "round") and more:
        raise Unsuitable("a tensor is its only argument")
    x = computable(x)
    if generic in ("cospi", "sinpi", "tanpi"):
        return op(generic.removesuffix("pi"))(floating(x) * math.pi)
    if generic in ("cumsum", "cumprod"):
        return op(generic)(_vector(x))
    if generic == "round":
        return op("round")(x, *(int(digits) for digits in more))
    result = op(_MATH.get(generic, generic))(x)
    return result / math.log(more[0]) if more else result


@_for_r
def reduce(
    generic: str, operands: Sequence[Any], axes: Sequence[int] | None, keepdims: bool = False, na_rm: bool = False
) -> Any:
    """Computes mean(), or a function of R's group Summary.

    Args:
        generic: The function.
        operands: Tensors, numbers and arrays; at least the first is a tensor.
        axes: The dimensions that it goes over, counted from 1, or, negative, from the end; None for all.
        keepdims: Whether these stay, with one element.
        na_rm: Whether NaN are left out.
    """
    if len(operands) > 1 and generic == "mean":
        raise Unsuitable("beside the tensor there can be `axis`, `keepdims` and `na.rm`, nothing else")
    if len(operands) > 1 and (axes is not None or keepdims):
        raise Unsuitable("with `axis` and `keepdims` there has to be one tensor, not several")
    if generic == "range":
        return op("stack")([_reduced(end, operands, axes, keepdims, na_rm) for end in ("min", "max")])
    return _reduced(generic, operands, axes, keepdims, na_rm)


@_for_r
def subset(generic: str, x: Any, indices: Sequence[Sequence[Any]], drop: bool = True) -> Any:
    """Takes a part of a tensor.

    Args:
        generic: "[" or "[[".
        x: A tensor.
        indices: One for each dimension, by its sort: `["all"]`; `["at", i]`; `["range", from, to, by]`, where None
            is open; `["take", [i, …]]`; `["mask", [True, …]]`; and `["new"]`, a dimension that is not there, and
            `["rest"]`, all that are not named. They count from 1, or, negative, from the end.
        drop: Whether a dimension of which one element is taken by its number is dropped.
    """
    return part_of(x, indices, drop)


@_for_r
def transpose(generic: str, x: Any) -> Any:
    """The transpose of a matrix; a vector becomes a row, as in R."""
    rank = len(sizes_of(x) or [])
    if rank > 2:
        raise Unsuitable(f"the tensor has to be a matrix or a vector, not {type_and_shape(x)}")
    return op("transpose")(x) if rank == 2 else op("reshape")(x, (1, -1))


@_for_r
def multiply_matrices(generic: str, left: Any, right: Any) -> Any:
    """The product of matrices, one of which may be of R."""
    if not is_tensor(left):
        left, right = fitting(left, computable(right))
    elif not is_tensor(right):
        right, left = fitting(right, computable(left))
    return op("matmul")(left, right)


@_for_r
def as_tensor(generic: str, x: Any, dtype: Any = None, shape: float | Sequence[float | None] | None = None) -> Any:
    """A tensor of R's values, or a tensor of another type or shape.

    Args:
        generic: The R function.
        x: A tensor, a number, or an array.
        dtype: The type; None for that of the values.
        shape: The shape, a single value fills it, others row by row; None or -1 is a size that the others tell.
    """
    import keras

    dtype = keras.backend.standardize_dtype(dtype) if dtype is not None else None
    if is_tensor(x):
        tensor = computable(x) if dtype is None else keras.ops.cast(x, dtype)
    else:
        tensor = keras.ops.convert_to_tensor(x if dtype is None else np.asarray(x).astype(dtype))
    if shape is None:
        return tensor
    sizes = tuple(-1 if size is None else int(size) for size in np.atleast_1d(np.asarray(shape)))
    fill = math.prod(tensor.shape) == 1 and -1 not in sizes
    return keras.ops.broadcast_to(keras.ops.reshape(tensor, ()), sizes) if fill else keras.ops.reshape(tensor, sizes)


@_for_r
def shape(generic: str, x: Any) -> list[int] | None:
    """The sizes of the dimensions, -1 where one is not known; None where it is not known how many there are."""
    return sizes_of(x)


@_for_r
def values(generic: str, x: Any) -> Any:
    """The numbers, of a type that R can read."""
    array = _values(x)
    if array is None:
        raise Unsuitable(f"{described(x)} has no values: it stands for those that come when the model runs")
    return array


@_for_r
def shown(generic: str, x: Any) -> dict[str, Any]:
    """What is printed of a tensor: a line about it, and its values, where it has some; of a large one the first."""
    sizes = sizes_of(x) or []
    large = math.prod(sizes) > _WHOLE and UNKNOWN not in sizes
    # In R's order, in which the first dimension runs fastest.
    first = value_of(x)[(slice(_FIRST), *[0] * (len(sizes) - 1))] if large else x
    return {"text": described(x), "values": _values(first), "more": large}


def _all(arguments: Iterable[Any]) -> str:
    """The tensors among arguments, in words."""
    inner = [one for argument in arguments for one in (argument if isinstance(argument, list) else [argument])]
    return " and ".join(described(one) for one in inner if is_tensor(one)) or "numbers"


def _name(generic: Any) -> str:
    return f"{generic}()" if generic[0].isalpha() else f"`{generic}`"


def _first_line(error: Exception) -> str:
    """The beginning of what an error says, without what TensorFlow writes for its own developers."""
    line = (str(error).strip() or type(error).__name__).split("\n", 1)[0]
    return re.sub(r"\{\{.*?\}\} ?| ?\[Op:.*", "", line)


def _sum(left: Any, right: Any) -> Any:
    """The sum of tensors, also where `keras.ops.add` errs.

    On TensorFlow it takes what stands right for a bias where only one of its sizes is not 1: n rows with 1 column are
    added to n rows with n columns as if they were 1 row.
    """
    if is_tensor(left) and is_tensor(right):
        sizes = sizes_of(right)
        if sizes is None or (len(sizes) > 1 and sizes != sizes_of(left)):
            return op("subtract")(left, op("negative")(right))
    return op("add")(left, right)


def _vector(x: Any) -> Any:
    """All elements, in R's order."""
    return x if len(sizes_of(x) or []) == 1 else op("reshape")(op("transpose")(x), (-1,))


def _reduced(generic: str, operands: Sequence[Any], axes: Sequence[int] | None, keepdims: bool, na_rm: bool) -> Any:
    first = operands[0]
    where = {"axis": None if axes is None else tuple(_axis(first, axis) for axis in axes), "keepdims": keepdims}
    if generic == "mean":
        return _mean(computable(first), where, na_rm)
    how = _REDUCTIONS[generic]
    results = []
    for operand in operands:
        if how.neutral is None:
            operand = logical(operand)
        else:
            operand = (
                computable(operand)
                if is_tensor(operand)
                else op("convert_to_tensor")(fitting(operand, computable(first))[0])
            )
            if na_rm and is_floating(operand):
                operand = op("where")(op("isnan")(operand), how.neutral, operand)
        results.append(op(how.reduce)(operand, **where))
    return functools.reduce(op(how.combine), results)


def _mean(x: Any, where: dict[str, Any], na_rm: bool) -> Any:
    if not (na_rm and is_floating(x)):
        return op("mean")(x, **where)
    left_out = op("isnan")(x)
    total = op("sum")(op("where")(left_out, 0, x), **where)
    return total / op("sum")(op("cast")(op("logical_not")(left_out), dtype_of(x)), **where)


def _axis(x: Any, axis: int) -> int:
    rank = len(sizes_of(x) or [])
    if axis == 0 or abs(axis) > rank:
        raise Unsuitable(f"`axis` must be from 1 to {rank}, or negative, from the end, not {axis}")
    return axis - 1 if axis > 0 else axis


def _values(x: Any) -> Any:
    """The numbers, as a number or an array; None if there are none yet."""
    import keras

    if isinstance(x, keras.KerasTensor):
        return None
    try:
        array = np.asarray(keras.ops.convert_to_numpy(x))
    except (NotImplementedError, AttributeError, TypeError, ValueError):
        # What backends say of a tensor in a graph.
        return None
    if array.dtype.kind == "O":
        array = np.array([text.decode() for text in array.ravel()]).reshape(array.shape)
    elif array.dtype.kind in "iu":
        array = array.astype("int32" if np.can_cast(array.dtype, "int32") else "float64")
    elif array.dtype.kind not in "bcU" and array.dtype.name not in ("float32", "float64"):
        array = array.astype("float32")
    return array if array.ndim else array.item()  # which crosses in less time
