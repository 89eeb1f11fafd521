"""What tensors are to R: their shape, their type, and how R's numbers go with them."""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

UNKNOWN = -1
"""A size that is known when the model runs."""

# R has nothing narrower than its integers: TRUE + TRUE is 2, and 200 + 100 is 300.
_NARROW = {"bool", "int8", "uint8", "int16", "uint16"}


class Unsuitable(Exception):
    """What was asked for makes no sense for this tensor; the message is for the user of R."""


@functools.cache
def op(name: str) -> Callable[..., Any]:
    """A function of `keras.ops`. Keras is imported when the first is called for."""
    import keras

    return getattr(keras.ops, name)


def is_tensor(x: Any) -> bool:
    """Whether something is no value of R."""
    return not (x is None or isinstance(x, bool | int | float | complex | str | list | tuple | np.ndarray | np.generic))


def sizes_of(x: Any) -> list[int] | None:
    """The sizes of the dimensions; None if it is not known how many there are."""
    if getattr(x.shape, "rank", 0) is None:
        return None
    # A size that is not known is None, or, while JAX traces, an expression.
    return [size if isinstance(size, int) else UNKNOWN for size in x.shape]


def type_and_shape(x: Any) -> str:
    """As `float32 [2, 3]`, with R's word for a size that is not known."""
    sizes = sizes_of(x)
    if sizes is None:
        return f"{dtype_of(x)} of unknown shape"
    shown = ", ".join("NA" if size == UNKNOWN else str(size) for size in sizes)
    return f"{dtype_of(x)} [{shown}]" if sizes else dtype_of(x)


def described(x: Any) -> str:
    """A tensor in words: `<tensor, float32 [2, 3]>`."""
    import keras

    if isinstance(x, keras.Variable):
        return f'<variable "{x.path}", {type_and_shape(x)}>'
    return f"<{'KerasTensor' if isinstance(x, keras.KerasTensor) else 'tensor'}, {type_and_shape(x)}>"


def dtype_of(x: Any) -> str:
    """The type, by the name that Keras has for it on every backend."""
    import keras

    return keras.backend.standardize_dtype(x.dtype)


def is_floating(x: Any) -> bool:
    """Whether there can be fractions."""
    dtype = dtype_of(x)
    return "float" in dtype or "complex" in dtype


def value_of(x: Any) -> Any:
    """The tensor that a variable is at present, of the type that it has in mixed precision."""
    import keras

    return keras.ops.convert_to_tensor(x) if isinstance(x, keras.Variable) else x


def computable(x: Any) -> Any:
    """A tensor of a type that R could compute with."""
    x = value_of(x)
    return op("cast")(x, "int32") if dtype_of(x) in _NARROW else x


def floating(x: Any) -> Any:
    """Floats, as R has them where it divides or raises to a power."""
    import keras

    if isinstance(x, int | float):
        return float(x)
    return x if is_floating(x) else keras.ops.cast(x, keras.config.floatx())


def logical(x: Any) -> Any:
    """Truth values, of a tensor or of values of R."""
    if is_tensor(x):
        x = value_of(x)
        return x if dtype_of(x) == "bool" else op("cast")(x, "bool")
    return op("convert_to_tensor")(np.array(x, dtype="bool"))


def fitting(value: Any, tensor: Any) -> tuple[Any, Any]:
    """Numbers of R and the tensor beside them, in types that go together; in this order."""
    to_floats = is_floating(tensor)
    if to_floats and isinstance(value, float):
        return value, tensor
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        raise Unsuitable(f"beside a tensor there have to be numbers or a tensor, not {value!r}")
    if not to_floats:
        limits = np.iinfo(dtype_of(tensor))
        to_floats = not np.all((array >= limits.min) & (array <= limits.max) & (array == np.round(array)))
        tensor = floating(tensor) if to_floats else tensor
    kind = float if to_floats else int
    if array.ndim == 0:
        # Keras leaves the type to the tensor beside a number of Python's.
        return kind(array), tensor
    # The memory of an array of R is R's, and JAX might keep it for its own.
    array = np.array(array, dtype=kind, order="C")
    return op("convert_to_tensor")(array, dtype=dtype_of(tensor)), tensor
