"""What a tensor is: its type, its shape, its value."""

import sys
from typing import Annotated, Any

import keras
from keras import ops
from typing_extensions import Doc

from ..language import refuse
from ..language.tensors import is_tensor
from .arguments import AnyTensor, X, size_of, sizes_known
from .declaring import backend, shape_of
from .tracing import is_symbolic, on_values
from .variables import value_of

Thing = Annotated[object, Doc("Anything.")]


@backend("ops.shape", returns="The sizes, a list.")
def k_shape(x: X) -> Any:
    """The shape of a tensor, with what only the data tell.

    Such a size is a number within `layer_lambda()`; of a symbolic tensor, as of `layer_input()`, it is symbolic too.
    """
    return tuple(_size(x, axis) if size is None else size for axis, size in enumerate(ops.shape(x)))


@backend("KerasTensor", returns="The sizes, a list; `None` for those that only the data tell.")
def k_int_shape(x: X) -> Any:
    """The shape of a tensor, as far as it is known."""
    return shape_of(x)


@backend("KerasTensor", returns="The sizes, a list; `None` for those that only the data tell.")
def k_get_variable_shape(x: X) -> Any:
    """The shape of a variable."""
    return shape_of(x)


@backend("ops.ndim", returns="A whole number.")
def k_ndim(x: X) -> Any:
    """How many axes a tensor has."""
    return len(x.shape)


@backend("ops.size", returns="A whole number.")
def k_count_params(x: X) -> Any:
    """How many elements a variable or a tensor has."""
    shape = shape_of(x)
    if not sizes_known(shape):
        refuse(k_count_params, "x", x, "a tensor of a known shape")
    return size_of(shape)


@backend("backend.standardize_dtype", returns='A string, e.g. `"float32"`.')
def k_dtype(x: X) -> Any:
    """The type of a tensor."""
    return str(keras.backend.standardize_dtype(x.dtype))


@backend("ops.convert_to_numpy", returns="A number or an array.")
def k_eval(x: X) -> Any:
    """The value of a tensor."""
    if is_symbolic(x):
        refuse(k_eval, "x", x, "a tensor that has a value; k_function() computes those of symbolic tensors")
    return value_of(_dense(x))


@backend("ops.is_tensor", returns="`True` or `False`.")
def k_is_tensor(x: Thing) -> Any:
    """Whether something is a tensor: of the backend, a symbolic one, or a variable."""
    return is_tensor(x)


@backend("utils.is_keras_tensor", returns="`True` or `False`.")
def k_is_keras_tensor(x: Thing) -> Any:
    """Whether something is a symbolic tensor of Keras, as `layer_input()` and layers called on it return."""
    return keras.utils.is_keras_tensor(x)


@backend("utils.get_source_inputs", returns="`True` or `False`.")
def k_is_placeholder(x: Thing) -> Any:
    """Whether something is a placeholder: what `layer_input()` or `k_placeholder()` returned."""
    return isinstance(x, keras.KerasTensor) and any(one is x for one in keras.utils.get_source_inputs(x))


@backend("KerasTensor", returns="`True` or `False`.")
def k_is_sparse(tensor: Thing) -> Any:
    """Whether a tensor is sparse."""
    return bool(getattr(tensor, "sparse", False)) or _is_sparse_value(tensor)


@backend("ops.convert_to_tensor")
def k_to_dense(tensor: Annotated[AnyTensor, Doc("A sparse tensor, or a dense one.")]) -> Any:
    """A dense tensor of the content of a sparse one."""
    if k_is_sparse(tensor):
        return on_values("k_to_dense", _dense, tensor)
    return ops.copy(tensor) if is_symbolic(tensor) else tensor


@backend("ops.convert_to_numpy", returns="The tensor, unchanged.")
def k_print_tensor(x: X, message: Annotated[str, Doc("What is printed in front of the value.")] = "") -> Any:
    """Prints the value of a tensor, within a model each time that it is computed."""
    return on_values("k_print_tensor", lambda value: _printed(value, message), x)


def _size(x: Any, axis: int) -> Any:
    return on_values("k_shape", lambda value: ops.convert_to_tensor(ops.shape(value)[axis], "int32"), x)


def _printed(value: Any, message: str) -> Any:
    if not is_symbolic(value):
        print(message, value_of(value), flush=True)
    elif keras.config.backend() == "tensorflow":
        import tensorflow as tf

        tf.print(message, value, output_stream=sys.stdout)
    else:
        import jax

        jax.debug.print("{message} {value}", message=message, value=value)
    return value


def _dense(tensor: Any) -> Any:
    return ops.convert_to_tensor(tensor, sparse=False) if _is_sparse_value(tensor) else tensor


def _is_sparse_value(tensor: Any) -> bool:
    if keras.config.backend() == "tensorflow":
        import tensorflow as tf

        return isinstance(tensor, tf.SparseTensor)
    return type(tensor).__module__.startswith("jax.experimental.sparse")
