"""Variables: they are made, read and changed."""

from collections.abc import Callable
from typing import Annotated, Any

import keras
import numpy as np
from keras import ops
from typing_extensions import Doc

from ..language import identifiers, r_function, refuse
from ..language.compound import Anything
from ..language.kinds import Kind, Unfit
from ..language.scalars import Number
from .arguments import AnyTensor, NoName, Shape, TensorOrTensors, TypeOrDefault, VariableName, sizes_known
from .declaring import backend
from .tracing import in_graph, is_symbolic

Changed = Annotated[keras.Variable, Doc("A variable.")]


class VariableValues(Kind):
    """Pairs of a variable and its value."""

    def wants(self) -> str:
        return "a list of pairs, each of a variable and its value"

    def convert(self, value: Any) -> list[tuple[Any, Any]]:
        pairs = list(value) if isinstance(value, list | tuple) else [value]
        for pair in pairs:
            if not isinstance(pair, list | tuple) or len(pair) != 2 or not isinstance(pair[0], keras.Variable):
                raise Unfit
        return [(variable, one) for variable, one in pairs]


@backend("Variable", returns="A variable.")
def k_variable(
    value: AnyTensor,
    dtype: TypeOrDefault = None,
    name: VariableName = None,
    constraint: identifiers.Constraint | None = None,
) -> Any:
    """A variable.

    It is of the type `k_floatx()`, where `keras.Variable` takes that of its value.

    Args:
        value: What it begins with: a tensor, an array or a number.
        constraint: What an optimizer holds it to, e.g. `constraint_maxnorm(2)`.
    """
    dtype = dtype or keras.config.floatx()
    variable = keras.Variable(ops.cast(value, dtype), dtype=dtype, name=name)
    if constraint is not None:
        variable.constraint = keras.constraints.get(constraint)
    return variable


@backend("Variable", returns="A variable; within a compiled graph a tensor.")
def k_zeros(shape: Annotated[Shape, Doc("The shape.")], dtype: TypeOrDefault = None, name: VariableName = None) -> Any:
    """A variable of zeros."""
    return _filled(ops.zeros, shape, dtype, name)


@backend("Variable", returns="A variable; within a compiled graph a tensor.")
def k_ones(shape: Annotated[Shape, Doc("The shape.")], dtype: TypeOrDefault = None, name: VariableName = None) -> Any:
    """A variable of ones."""
    return _filled(ops.ones, shape, dtype, name)


@backend("ops.convert_to_tensor")
def k_constant(value: AnyTensor, dtype: TypeOrDefault = None, shape: Shape | None = None, name: NoName = None) -> Any:
    """A constant.

    It is of the type `k_floatx()`, where Keras 3 takes that of the value.

    Args:
        value: An array or a number.
        shape: The shape of the result, that of the value if `None`; a number fills it.
    """
    tensor = ops.cast(value, dtype or keras.config.floatx())
    if shape is None:
        return tensor
    return ops.broadcast_to(tensor, shape) if len(tensor.shape) == 0 else ops.reshape(tensor, shape)


@r_function
def k_get_value(x: object) -> Any:
    """The value of a variable or a tensor.

    Args:
        x: A variable, as `model$optimizer$lr` (in Python: `model.optimizer.lr`), or a tensor.

    Returns:
        A number, or an array of the variable's shape.

    Raises:
        ArgumentError: `x` is no variable or tensor.

    Source:
        R keras 2.2.5.0, `k_get_value`; Keras, `keras.ops.convert_to_numpy`.
    """
    if not (isinstance(x, keras.Variable | np.ndarray | int | float) or ops.is_tensor(x)):
        refuse(k_get_value, "x", x, "a variable or a tensor")
    return value_of(x)


@r_function
def k_set_value(x: object, value: object) -> None:
    """Sets the value of a variable.

    Args:
        x: A variable, as `model$optimizer$lr` (in Python: `model.optimizer.lr`).
        value: A number, or an array of the variable's shape.

    Returns:
        Nothing.

    Raises:
        ArgumentError: `x` is no variable, or the value is not of its shape.

    Source:
        R keras 2.2.5.0, `k_set_value`; Keras, `Variable.assign`.
    """
    if not isinstance(x, keras.Variable):
        refuse(k_set_value, "x", x, "a variable")
    shape = tuple(x.shape)
    array = _value_for(x, value)
    if array is None:
        refuse(k_set_value, "value", value, f"an array of shape {shape}" if shape else "a number")
    x.assign(array)


@backend("ops.convert_to_numpy", returns="A list of numbers and arrays.")
def k_batch_get_value(ops: Annotated[Any, TensorOrTensors(), Doc("A list of variables or tensors.")]) -> Any:
    """The values of several variables or tensors."""
    several = ops if isinstance(ops, list) else [ops]
    for one in several:
        if is_symbolic(one):
            refuse(k_batch_get_value, "ops", one, "variables, or tensors that have values (see k_function())")
    return [value_of(one) for one in several]


@backend("Variable", returns="Nothing.")
def k_batch_set_value(
    lists: Annotated[Any, VariableValues(), Doc("A list of pairs: a variable and its value.")],
) -> None:
    """Sets the values of several variables, or of none where one does not fit."""
    arrays = [_value_for(variable, value) for variable, value in lists]
    for place, (array, (variable, _)) in enumerate(zip(arrays, lists, strict=True), start=1):
        if array is None:
            refuse(
                k_batch_set_value, "lists", lists, f"values of the shapes of the variables ({place}: {variable.shape})"
            )
    for array, (variable, _) in zip(arrays, lists, strict=True):
        variable.assign(array)


@backend("Variable.assign", returns="The variable.")
def k_update(x: Changed, new_x: Annotated[AnyTensor, Doc("The new value.")]) -> Any:
    """Sets a variable to a value."""
    return _assigned(x, new_x)


@backend("Variable.assign_add", returns="The variable.")
def k_update_add(x: Changed, increment: Annotated[AnyTensor, Doc("What is added.")]) -> Any:
    """Adds to a variable."""
    return _assigned(x, x + ops.cast(increment, x.dtype))


@backend("Variable.assign_sub", returns="The variable.")
def k_update_sub(x: Changed, decrement: Annotated[AnyTensor, Doc("What is subtracted.")]) -> Any:
    """Subtracts from a variable."""
    return _assigned(x, x - ops.cast(decrement, x.dtype))


@backend("Variable.assign", returns="The variable.")
def k_moving_average_update(
    x: Changed,
    value: Annotated[AnyTensor, Doc("The newest value.")],
    momentum: Annotated[float, Doc("How much of the average stays, between 0 and 1.")],
) -> Any:
    """Updates a moving average: `x * momentum + value * (1 - momentum)`."""
    return _assigned(x, x - (x - ops.cast(value, x.dtype)) * (1 - momentum))


def value_of(x: Any) -> Any:
    """A tensor as an array, or as a number if it has no axes."""
    value = np.asarray(ops.convert_to_numpy(x))
    return value.item() if value.ndim == 0 else value


def _filled(fill: Callable[..., Any], shape: tuple[Any, ...], dtype: str | None, name: str | None) -> Any:
    dtype = dtype or keras.config.floatx()
    if sizes_known(shape) and not in_graph():
        return keras.Variable(fill(shape, dtype=dtype), dtype=dtype, name=name)
    return fill(shape, dtype=dtype)


def _assigned(x: Any, value: Any) -> Any:
    x.assign(value)
    return x


def _value_for(x: Any, value: Any) -> Any:
    """The value as an array of the variable's shape; None if it does not fit."""
    shape = tuple(x.shape)
    try:
        array = np.asarray(Anything().convert(value) if shape else Number().convert(value))
    except Unfit:
        return None
    return array if array.shape == shape else None
