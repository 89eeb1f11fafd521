"""Functions of each element by itself."""

from typing import Annotated, Any

import keras
from keras import ops
from typing_extensions import Doc

from ..language import MISSING
from .arguments import DType, Left, NoName, Operand, Right, TensorOrTensors, TypeOrSame, X
from .declaring import backend, plain

Bound = Annotated[Any, Operand()]


@plain(ops.abs)
def k_abs(x: X) -> Any:
    """The absolute value, elementwise."""


@plain(ops.exp)
def k_exp(x: X) -> Any:
    """The exponential, elementwise."""


@plain(ops.log)
def k_log(x: X) -> Any:
    """The natural logarithm, elementwise."""


@plain(ops.square)
def k_square(x: X) -> Any:
    """The square, elementwise."""


@backend("ops.sqrt")
def k_sqrt(x: X) -> Any:
    """The square root, elementwise, and 0 for negative numbers.

    `keras.ops.sqrt` alone gives NaN for these.
    """
    return ops.sqrt(ops.maximum(x, 0))


@plain(ops.sign)
def k_sign(x: X) -> Any:
    """The sign, elementwise: -1, 0 or 1."""


@plain(ops.sin)
def k_sin(x: X) -> Any:
    """The sine of angles in radians, elementwise."""


@plain(ops.cos)
def k_cos(x: X) -> Any:
    """The cosine of angles in radians, elementwise."""


@plain(ops.tanh)
def k_tanh(x: X) -> Any:
    """The hyperbolic tangent, elementwise."""


@plain(ops.sigmoid)
def k_sigmoid(x: X) -> Any:
    """The sigmoid, `1 / (1 + exp(-x))`, elementwise."""


@backend("ops.clip")
def k_hard_sigmoid(x: X) -> Any:
    """The piecewise linear approximation of the sigmoid, `0.2 x + 0.5` between 0 and 1, elementwise.

    It is that of Keras 2; `keras.ops.hard_sigmoid` has the slope 1/6.
    """
    return _clip(ops.add(ops.multiply(x, 0.2), 0.5), 0.0, 1.0)


@plain(ops.softplus)
def k_softplus(x: X) -> Any:
    """The softplus, `log(exp(x) + 1)`, elementwise."""


@plain(ops.softsign)
def k_softsign(x: X) -> Any:
    """The softsign, `x / (abs(x) + 1)`, elementwise."""


@plain(ops.round)
def k_round(x: X) -> Any:
    """The nearest whole number, elementwise; the even one where two are equally near."""


@plain(ops.elu)
def k_elu(x: X, alpha: float = 1) -> Any:
    """The exponential linear unit, elementwise: `alpha * (exp(x) - 1)` for negative numbers.

    Args:
        alpha: The slope of the negative part.
    """


@backend("activations.relu")
def k_relu(x: X, alpha: float = 0, max_value: float | None = None) -> Any:
    """The rectified linear unit, elementwise.

    Args:
        alpha: The slope of the negative part.
        max_value: The largest value, where there is one.
    """
    # Keras 2 kept the slope below a largest value of 0 too.
    return keras.activations.relu(x, negative_slope=alpha, max_value=max_value)


@backend("ops.power")
def k_pow(x: X, a: Annotated[Any, Operand()]) -> Any:
    """A power, elementwise.

    R keras cut the exponent to a whole number, so that `k_pow(x, 0.5)` was 1.

    Args:
        a: The exponent: a number or a tensor.
    """
    return ops.power(x, int(a) if isinstance(a, float) and a.is_integer() else a)


@backend("ops.clip")
def k_clip(x: X, min_value: Bound | None = MISSING, max_value: Bound | None = MISSING) -> Any:
    """Clips values to a range, elementwise.

    Args:
        min_value: The smallest value, none if `None`; it is the one that counts where it is above `max_value`.
        max_value: The largest value, none if `None`.
    """
    return _clip(x, *(None if bound is MISSING else bound for bound in (min_value, max_value)))


@plain(ops.maximum)
def k_maximum(x: Left, y: Right) -> Any:
    """The larger of two, elementwise.

    Args:
        y: A tensor, an array or a number.
    """


@plain(ops.minimum)
def k_minimum(x: Left, y: Right) -> Any:
    """The smaller of two, elementwise."""


@plain(ops.equal, returns="A tensor of booleans.")
def k_equal(x: Left, y: Right) -> Any:
    """Whether two tensors are equal, elementwise."""


@plain(ops.not_equal, returns="A tensor of booleans.")
def k_not_equal(x: Left, y: Right) -> Any:
    """Whether two tensors are not equal, elementwise."""


@plain(ops.greater, returns="A tensor of booleans.")
def k_greater(x: Left, y: Right) -> Any:
    """Whether `x > y`, elementwise."""


@plain(ops.greater_equal, returns="A tensor of booleans.")
def k_greater_equal(x: Left, y: Right) -> Any:
    """Whether `x >= y`, elementwise."""


@plain(ops.less, returns="A tensor of booleans.")
def k_less(x: Left, y: Right) -> Any:
    """Whether `x < y`, elementwise."""


@plain(ops.less_equal, returns="A tensor of booleans.")
def k_less_equal(x: Left, y: Right) -> Any:
    """Whether `x <= y`, elementwise."""


@backend("ops.copy")
def k_identity(x: X, name: NoName = None) -> Any:
    """A tensor of the same content."""
    return ops.copy(x)


@backend("ops.zeros_like")
def k_zeros_like(x: X, dtype: TypeOrSame = None, name: NoName = None) -> Any:
    """Zeros in the shape of another tensor."""
    return ops.zeros_like(x, dtype=dtype)


@backend("ops.ones_like")
def k_ones_like(x: X, dtype: TypeOrSame = None, name: NoName = None) -> Any:
    """Ones in the shape of another tensor."""
    return ops.ones_like(x, dtype=dtype)


@backend("ops.cast")
def k_cast(x: X, dtype: Annotated[DType, Doc('The type, e.g. `"float32"` or `"int32"`.')]) -> Any:
    """Casts a tensor to another type."""
    return ops.cast(x, dtype)


@backend("ops.cast", returns="An array for an array or a number, a tensor for a tensor.")
def k_cast_to_floatx(x: X) -> Any:
    """Casts to the float type of Keras, `k_floatx()`."""
    floatx = keras.config.floatx()
    return x.astype(floatx) if type(x).__module__ == "numpy" else ops.cast(x, floatx)


@backend("ops.stop_gradient", returns="A tensor, or a list of tensors for a list.")
def k_stop_gradient(variables: Annotated[Any, TensorOrTensors(), Doc("A tensor, or a list of tensors.")]) -> Any:
    """Tensors that are constants to any gradient."""
    if isinstance(variables, list):
        return [ops.stop_gradient(one) for one in variables]
    return ops.stop_gradient(variables)


def _clip(x: Any, least: Any, largest: Any) -> Any:
    below = x if largest is None else ops.minimum(x, largest)
    return below if least is None else ops.maximum(below, least)
