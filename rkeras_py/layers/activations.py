"""Activations that are layers of their own, with parameters."""

from typing import Annotated, Any, Unpack

import keras
from annotated_types import Ge

from ..language import MISSING, IntegerTuple
from ..language.identifiers import Constraint, Initializer, Regularizer
from .adding import layer
from .arguments import LayerTail, Target

FromZero = Annotated[float, Ge(0)]


def _as_slope(arguments: dict[str, Any]) -> dict[str, Any]:
    alpha = arguments.pop("alpha")
    return {**arguments, "negative_slope": alpha}


def _as_threshold(arguments: dict[str, Any]) -> dict[str, Any]:
    theta = arguments.pop("theta")
    return {**arguments, "threshold": theta}


@layer(keras.layers.ReLU)
def layer_activation_relu(
    object: Target = MISSING,
    max_value: FromZero | None = None,
    negative_slope: FromZero = 0,
    threshold: FromZero = 0,
    **tail: Unpack[LayerTail],
) -> Any:
    """The rectified linear unit: `x` from the threshold on, `negative_slope * (x - threshold)` below it.

    Args:
        max_value: The largest output; `None` for none.
        negative_slope: The slope below the threshold.
        threshold: Where it begins.
    """


@layer(keras.layers.LeakyReLU, prepare=_as_slope)
def layer_activation_leaky_relu(
    object: Target = MISSING,
    alpha: FromZero = 0.3,
    **tail: Unpack[LayerTail],
) -> Any:
    """The leaky rectified linear unit: `x` from 0 on, `alpha * x` below.

    Args:
        alpha: The slope below 0.
    """


@layer(keras.layers.PReLU)
def layer_activation_parametric_relu(
    object: Target = MISSING,
    alpha_initializer: Initializer = "zeros",
    alpha_regularizer: Regularizer | None = None,
    alpha_constraint: Constraint | None = None,
    shared_axes: IntegerTuple | None = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """The parametric rectified linear unit (He et al., 2015): `x` from 0 on, `alpha * x` below, where alpha is learnt.

    Args:
        alpha_initializer: How the slopes begin.
        alpha_regularizer: A penalty on the slopes.
        alpha_constraint: What the slopes are held to.
        shared_axes: The axes along which slopes are shared, where 1 is the first behind the batch.
    """


@layer(keras.layers.ReLU, prepare=_as_threshold)
def layer_activation_thresholded_relu(
    object: Target = MISSING,
    theta: FromZero = 1,
    **tail: Unpack[LayerTail],
) -> Any:
    """The thresholded rectified linear unit: `x` above theta, else 0.

    Args:
        theta: The threshold.
    """


@layer(keras.layers.ELU)
def layer_activation_elu(
    object: Target = MISSING,
    alpha: float = 1,
    **tail: Unpack[LayerTail],
) -> Any:
    """The exponential linear unit (Clevert et al., 2015): `x` from 0 on, `alpha * (exp(x) - 1)` below.

    Args:
        alpha: The scale below 0.
    """


def _as_selu(arguments: dict[str, Any]) -> dict[str, Any]:
    return {**arguments, "activation": "selu"}


@layer(keras.layers.Activation, prepare=_as_selu)
def layer_activation_selu(object: Target = MISSING, **tail: Unpack[LayerTail]) -> Any:
    """The scaled exponential linear unit (Klambauer et al., 2017)."""


@layer(keras.layers.Softmax)
def layer_activation_softmax(
    object: Target = MISSING,
    axis: IntegerTuple = -1,
    **tail: Unpack[LayerTail],
) -> Any:
    """The softmax: numbers from 0 to 1 with the sum 1.

    Args:
        axis: The axis along which the sum is 1, counted from 0 with the batch, or from -1 backwards; or several.
    """
