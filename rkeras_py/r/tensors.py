"""Tensors and variables, as R computes with them: `R/tensors.R` calls what is here.

All of it is done by `keras.ops`, so that it is the same on every backend, for symbolic tensors and in compiled
graphs; only `values()` and `shown()` look at numbers. A function that cannot do what was asked returns a `Failure`: an
exception would reach the user of R as a traceback.
"""

import functools
import itertools
import math
import re
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, ParamSpec

import numpy as np

P = ParamSpec("P")

_UNKNOWN = -1  # a size that is known when the model runs
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
# R has nothing narrower than its integers: TRUE + TRUE is 2, and 200 + 100 is 300.
_NARROW = {"bool", "int8", "uint8", "int16", "uint16"}


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


class Unsuitable(Exception):
    """What was asked for makes no sense for this tensor; the message is for the user of R."""


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
        sides = [_logical(side) for side in (left, right) if side is not None]
        return _op(_LOGIC[generic])(*sides)
    if right is None:
        return _op("negative")(_computable(left)) if generic == "-" else _computable(left)
    if not _is_tensor(left):
        right = _computable(right)
        left, right = _fitting(left, right)
    elif not _is_tensor(right):
        left = _computable(left)
        right, left = _fitting(right, left)
    else:
        left, right = _computable(left), _computable(right)
    if generic == "^":
        if type(right) in (int, float) and right == 2:
            return _op("square")(_floating(left))
        left, right = _floating(left), _floating(right)
    if generic == "+":
        return _sum(left, right)
    return _op(_ARITHMETIC[generic])(left, right)


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
    x = _computable(x)
    if generic in ("cospi", "sinpi", "tanpi"):
        return _op(generic.removesuffix("pi"))(_floating(x) * math.pi)
    if generic in ("cumsum", "cumprod"):
        return _op(generic)(_vector(x))
    if generic == "round":
        return _op("round")(x, *(int(digits) for digits in more))
    result = _op(_MATH.get(generic, generic))(x)
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
        return _op("stack")([_reduced(end, operands, axes, keepdims, na_rm) for end in ("min", "max")])
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
    sizes = _shape(x)
    if sizes is None:
        raise Unsuitable("how many dimensions the tensor has is not known")
    given = sum(sort not in ("new", "rest") for sort, *_ in indices)
    rest = ["all"] * (len(sizes) - given)
    if not sizes and given:
        raise Unsuitable("a single number has no indices")
    if given > len(sizes) or (rest and ["rest"] not in [list(index) for index in indices]):
        missing = "1" + ", " * (len(sizes) - 1)
        indices_of = "1 dimension takes 1 index" if len(sizes) == 1 else "{0} dimensions takes {0} indices"
        raise Unsuitable(f"a tensor of {indices_of.format(len(sizes))}, as in x[{missing}], not {given}")
    key: list[Any] = []
    axis = 0
    for sort, *of in itertools.chain.from_iterable(
        [[sort] for sort in rest] if i[0] == "rest" else [i] for i in indices
    ):
        if sort == "new":
            key.append(None)
            continue
        size = sizes[axis]
        if sort == "at":
            position = _position(of[0], size)
            # What is behind the last one has no number from the end.
            key.append(position if drop else slice(position, position + 1 or None))
        elif sort == "range":
            x, part = _range(x, axis, size, *of)
            key.append(part)
        elif sort in ("take", "mask"):
            x, part = _take(x, axis, size, _chosen(of[0], size) if sort == "mask" else of[0])
            key.append(part)
        else:
            key.append(slice(None))
        axis += 1
    return _value(x)[tuple(key)] if any(part != slice(None) for part in key) else x


@_for_r
def transpose(generic: str, x: Any) -> Any:
    """The transpose of a matrix; a vector becomes a row, as in R."""
    rank = len(_shape(x) or [])
    if rank > 2:
        raise Unsuitable(f"the tensor has to be a matrix or a vector, not {_type_and_shape(x)}")
    return _op("transpose")(x) if rank == 2 else _op("reshape")(x, (1, -1))


@_for_r
def multiply_matrices(generic: str, left: Any, right: Any) -> Any:
    """The product of matrices, one of which may be of R."""
    if not _is_tensor(left):
        left, right = _fitting(left, _computable(right))
    elif not _is_tensor(right):
        right, left = _fitting(right, _computable(left))
    return _op("matmul")(left, right)


@_for_r
def shape(generic: str, x: Any) -> list[int] | None:
    """The sizes of the dimensions, -1 where one is not known; None where it is not known how many there are."""
    return _shape(x)


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
    sizes = _shape(x) or []
    large = math.prod(sizes) > _WHOLE and _UNKNOWN not in sizes
    # In R's order, in which the first dimension runs fastest.
    first = _value(x)[(slice(_FIRST), *[0] * (len(sizes) - 1))] if large else x
    return {"text": described(x), "values": _values(first), "more": large}


def described(x: Any) -> str:
    """A tensor in words: `<tensor, float32 [2, 3]>`."""
    import keras

    if isinstance(x, keras.Variable):
        return f'<variable "{x.path}", {_type_and_shape(x)}>'
    return f"<{'KerasTensor' if isinstance(x, keras.KerasTensor) else 'tensor'}, {_type_and_shape(x)}>"


def _all(arguments: Iterable[Any]) -> str:
    """The tensors among arguments, in words."""
    inner = [one for argument in arguments for one in (argument if isinstance(argument, list) else [argument])]
    return " and ".join(described(one) for one in inner if _is_tensor(one)) or "numbers"


def _name(generic: Any) -> str:
    return f"{generic}()" if generic[0].isalpha() else f"`{generic}`"


def _first_line(error: Exception) -> str:
    """The beginning of what an error says, without what TensorFlow writes for its own developers."""
    line = (str(error).strip() or type(error).__name__).split("\n", 1)[0]
    return re.sub(r"\{\{.*?\}\} ?| ?\[Op:.*", "", line)


@functools.cache
def _op(name: str) -> Callable[..., Any]:
    import keras

    return getattr(keras.ops, name)


def _is_tensor(x: Any) -> bool:
    """Whether something is no value of R."""
    return not (x is None or isinstance(x, bool | int | float | complex | str | list | tuple | np.ndarray | np.generic))


def _dtype(x: Any) -> str:
    import keras

    return keras.backend.standardize_dtype(x.dtype)


def _is_floating(x: Any) -> bool:
    dtype = _dtype(x)
    return "float" in dtype or "complex" in dtype


def _value(x: Any) -> Any:
    """The tensor that a variable is at present, of the type that it has in mixed precision."""
    import keras

    return keras.ops.convert_to_tensor(x) if isinstance(x, keras.Variable) else x


def _computable(x: Any) -> Any:
    """A tensor of a type that R could compute with."""
    x = _value(x)
    return _op("cast")(x, "int32") if _dtype(x) in _NARROW else x


def _floating(x: Any) -> Any:
    """Floats, as R has them where it divides or raises to a power."""
    import keras

    if isinstance(x, int | float):
        return float(x)
    return x if _is_floating(x) else keras.ops.cast(x, keras.config.floatx())


def _logical(x: Any) -> Any:
    if _is_tensor(x):
        x = _value(x)
        return x if _dtype(x) == "bool" else _op("cast")(x, "bool")
    return _op("convert_to_tensor")(np.array(x, dtype="bool"))


def _fitting(value: Any, tensor: Any) -> tuple[Any, Any]:
    """Numbers of R and the tensor beside them, in types that go together; in this order."""
    floating = _is_floating(tensor)
    if floating and isinstance(value, float):
        return value, tensor
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        raise Unsuitable(f"beside a tensor there have to be numbers or a tensor, not {value!r}")
    if not floating:
        limits = np.iinfo(_dtype(tensor))
        floating = not np.all((array >= limits.min) & (array <= limits.max) & (array == np.round(array)))
        tensor = _floating(tensor) if floating else tensor
    kind = float if floating else int
    if array.ndim == 0:
        # Keras leaves the type to the tensor beside a number of Python's.
        return kind(array), tensor
    # The memory of an array of R is R's, and JAX might keep it for its own.
    array = np.array(array, dtype=kind, order="C")
    return _op("convert_to_tensor")(array, dtype=_dtype(tensor)), tensor


def _sum(left: Any, right: Any) -> Any:
    """The sum of tensors, also where `keras.ops.add` errs.

    On TensorFlow it takes what stands right for a bias where only one of its sizes is not 1: n rows with 1 column are
    added to n rows with n columns as if they were 1 row.
    """
    if _is_tensor(left) and _is_tensor(right) and len(_shape(right) or [0, 0]) > 1 and _shape(left) != _shape(right):
        return _op("subtract")(left, _op("negative")(right))
    return _op("add")(left, right)


def _vector(x: Any) -> Any:
    """All elements, in R's order."""
    return x if len(_shape(x) or []) == 1 else _op("reshape")(_op("transpose")(x), (-1,))


def _reduced(generic: str, operands: Sequence[Any], axes: Sequence[int] | None, keepdims: bool, na_rm: bool) -> Any:
    first = operands[0]
    where = {"axis": None if axes is None else tuple(_axis(first, axis) for axis in axes), "keepdims": keepdims}
    if generic == "mean":
        return _mean(_computable(first), where, na_rm)
    how = _REDUCTIONS[generic]
    results = []
    for operand in operands:
        if how.neutral is None:
            operand = _logical(operand)
        else:
            operand = (
                _computable(operand)
                if _is_tensor(operand)
                else _op("convert_to_tensor")(_fitting(operand, _computable(first))[0])
            )
            if na_rm and _is_floating(operand):
                operand = _op("where")(_op("isnan")(operand), how.neutral, operand)
        results.append(_op(how.reduce)(operand, **where))
    return functools.reduce(_op(how.combine), results)


def _mean(x: Any, where: dict[str, Any], na_rm: bool) -> Any:
    if not (na_rm and _is_floating(x)):
        return _op("mean")(x, **where)
    left_out = _op("isnan")(x)
    total = _op("sum")(_op("where")(left_out, 0, x), **where)
    return total / _op("sum")(_op("cast")(_op("logical_not")(left_out), _dtype(x)), **where)


def _axis(x: Any, axis: int) -> int:
    rank = len(_shape(x) or [])
    if axis == 0 or abs(axis) > rank:
        raise Unsuitable(f"`axis` must be from 1 to {rank}, or negative, from the end, not {axis}")
    return axis - 1 if axis > 0 else axis


def _shape(x: Any) -> list[int] | None:
    if getattr(x.shape, "rank", 0) is None:
        return None
    # A size that is not known is None, or, while JAX traces, an expression.
    return [size if isinstance(size, int) else _UNKNOWN for size in x.shape]


def _type_and_shape(x: Any) -> str:
    sizes = _shape(x)
    if sizes is None:
        return f"{_dtype(x)} of unknown shape"
    shown = ", ".join("NA" if size == _UNKNOWN else str(size) for size in sizes)
    return f"{_dtype(x)} [{shown}]" if sizes else _dtype(x)


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


def _position(index: int, size: int) -> int:
    """An index of R as one of Python."""
    if index == 0:
        raise Unsuitable("indices count from 1, not from 0")
    if size != _UNKNOWN and abs(index) > size:
        raise Unsuitable(f"index {index} is out of bounds: the dimension has {size}")
    return index - 1 if index > 0 else index


def _range(x: Any, axis: int, size: int, start: int | None, stop: int | None, step: int | None) -> tuple[Any, slice]:
    """From `start` to `stop`, this one included; backwards, if it lies before."""
    first = 0 if start is None else _position(start, size)
    last = -1 if stop is None else _position(stop, size)
    backwards = start is not None and stop is not None and (start < 0) == (stop < 0) and start > stop
    if size != _UNKNOWN:
        first, last = first % size, last % size
    if backwards:
        return _take(x, axis, size, [i + 1 for i in range(first, last - 1, -abs(step or 1))])
    return x, slice(first, last + 1 or None, abs(step) if step else None)


def _take(x: Any, axis: int, size: int, indices: Sequence[int]) -> tuple[Any, slice]:
    positions = [_position(int(index), size) for index in indices]
    if size != _UNKNOWN:
        positions = [position % size for position in positions]
    elif any(position < 0 for position in positions):
        raise Unsuitable("several indices cannot count from the end of a dimension whose size is not known")
    if not positions:
        return x, slice(0, 0)
    first = positions[0]
    if positions == list(range(first, first + len(positions))):
        return x, slice(first, first + len(positions))
    return _op("take")(x, positions, axis=axis), slice(None)


def _chosen(mask: Sequence[bool], size: int) -> list[int]:
    if size not in (_UNKNOWN, len(mask)):
        raise Unsuitable(f"{len(mask)} logical indices are given for a dimension of {size}")
    return [i + 1 for i, chosen in enumerate(mask) if chosen]
