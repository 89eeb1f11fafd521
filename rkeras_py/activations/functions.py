"""Activations: called on a tensor or an array at once, or given to a layer as they are."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import keras
from typing_extensions import Doc

from ..language import Tensor, r_function, refuse
from .keras2 import hard_sigmoid_of

F = TypeVar("F", bound=Callable[..., Any])

X = Annotated[Tensor, Doc("A tensor, or an array or numbers.")]

_RETURNS = "A tensor of the shape of `x`."
_RAISES = "ArgumentError: An argument is not what it must be."


def activation(computed: Callable[..., Any], first: str = "2.2.5.0", keras_name: str | None = None) -> Callable[[F], F]:
    """Makes an R function of a signature that stands for an activation of Keras; it needs no body.

    Args:
        computed: What computes it.
        first: The first version of R keras that has it.
        keras_name: What Keras calls it, if not by the name of the function that computes it.
    """
    name = keras_name or computed.__name__

    def made(arguments: dict[str, Any]) -> Any:
        return computed(_floats(arguments.pop("x")), **arguments)

    def decorate(declared: F) -> F:
        source = f"R keras {first}, `{declared.__name__}`; Keras, `keras.activations.{name}`."
        function: F = r_function(  # type: ignore[assignment]
            make=made, keras_name=name, Returns=_RETURNS, Raises=_RAISES, Source=source
        )(declared)
        return function

    return decorate


def _floats(x: Any) -> Any:
    """Whole numbers as floats, as R's are; arrays as tensors, which the plain ones of Keras would leave as they are."""
    ops = keras.ops
    if not isinstance(x, keras.KerasTensor):
        x = ops.convert_to_tensor(x)
    return x if "float" in keras.backend.standardize_dtype(x.dtype) else ops.cast(x, keras.config.floatx())


@activation(keras.activations.elu)
def activation_elu(x: X, alpha: float = 1.0) -> Any:
    """Exponential linear unit: `x` above 0, `alpha * (exp(x) - 1)` below.

    Args:
        alpha: The size of the limit for large negative `x`.
    """


@activation(keras.activations.selu)
def activation_selu(x: X) -> Any:
    """Scaled exponential linear unit: `scale * elu(x, alpha)`, with the constants of self-normalizing networks.

    To be used with `initializer_lecun_normal` and alpha dropout.
    """


@activation(hard_sigmoid_of, keras_name="hard_sigmoid")
def activation_hard_sigmoid(x: X) -> Any:
    """Hard sigmoid: `0.2 * x + 0.5`, cut to 0 and 1, as Keras 2 computed it.

    Keras 3 alone computes `x / 6 + 0.5`, another function under the same name.
    """


@activation(keras.activations.linear)
def activation_linear(x: X) -> Any:
    """Linear (identity) activation: `x` as it is."""


def _relu(x: Any, alpha: float, max_value: float | None, threshold: float) -> Any:
    ops = keras.ops
    computed = keras.activations.relu(x, negative_slope=alpha, max_value=max_value, threshold=threshold)
    # Keras 3 makes 0 of NaN where there is a threshold.
    return ops.where(ops.isnan(x), x, computed) if threshold and not alpha else computed


@activation(_relu, keras_name="relu")
def activation_relu(x: X, alpha: float = 0.0, max_value: float | None = None, threshold: float = 0.0) -> Any:
    """Rectified linear unit: `x` above 0, 0 below.

    Args:
        alpha: The slope below the threshold: `alpha * (x - threshold)`.
        max_value: Where the output saturates; nowhere if `None`.
        threshold: Up to here the output is 0, or damped by `alpha`.
    """


@activation(keras.activations.sigmoid)
def activation_sigmoid(x: X) -> Any:
    """Sigmoid: `1 / (1 + exp(-x))`.

    R keras computed softmax under this name, by mistake.
    """


def _softmax(x: Any, axis: int) -> Any:
    if not -len(x.shape) <= axis < len(x.shape):
        refuse(activation_softmax, "axis", axis, f"one of the {len(x.shape)} axes of `x`, counted from 0")
    return keras.activations.softmax(x, axis=axis)


@activation(_softmax, keras_name="softmax")
def activation_softmax(x: X, axis: int = -1) -> Any:
    """Softmax: turns logits into probabilities that sum to 1 along an axis.

    Args:
        axis: The axis along which they sum to 1, counted from 0, as in R keras, or from -1 backwards.
    """


@activation(keras.activations.softplus)
def activation_softplus(x: X) -> Any:
    """Softplus: `log(exp(x) + 1)`."""


@activation(keras.activations.softsign)
def activation_softsign(x: X) -> Any:
    """Softsign: `x / (abs(x) + 1)`."""


@activation(keras.activations.tanh)
def activation_tanh(x: X) -> Any:
    """Hyperbolic tangent."""


@activation(keras.activations.exponential)
def activation_exponential(x: X) -> Any:
    """Exponential activation: `exp(x)`."""


@activation(keras.activations.gelu, first="2.15.0")
def activation_gelu(x: X, approximate: bool = False) -> Any:
    """Gaussian error linear unit: `x * P(X <= x)` for a standard normal `X`.

    Args:
        approximate: Whether to use the approximation by `tanh`.
    """


@activation(keras.activations.silu, first="2.15.0")
def activation_swish(x: X) -> Any:
    """Swish (SiLU): `x * sigmoid(x)`. Keras 3 saves it as `"silu"`."""
