"""Initializers that draw from a distribution as wide as the number of inputs or outputs asks for."""

from typing import Annotated, Any, Literal

import keras
from annotated_types import Gt

from ..language import r_function
from .making import RAISES, RETURNS, Seed, initializer, made


@r_function(Returns=RETURNS, Raises=RAISES)
def initializer_variance_scaling(
    scale: Annotated[float, Gt(0)] = 1.0,
    mode: Literal["fan_in", "fan_out", "fan_avg"] = "fan_in",
    distribution: Literal["normal", "uniform", "truncated_normal", "untruncated_normal"] = "normal",
    seed: Seed = None,
) -> Any:
    """Draws the weights from a distribution whose variance is `scale / n`.

    `"normal"` is not truncated, as in R keras on TensorFlow 2; Keras 3 alone truncates it under this name.

    Args:
        scale: The factor, above 0.
        mode: What `n` is: the number of inputs of the weights, of their outputs, or the mean of both.
        distribution: The distribution. `"uniform"` reaches from `-limit` to `limit`, `limit = sqrt(3 * scale / n)`;
            `"truncated_normal"` is cut at two standard deviations.

    Source:
        R keras 2.2.5.0, `initializer_variance_scaling`; Keras, `keras.initializers.VarianceScaling`.
    """
    options = {**locals(), "distribution": "untruncated_normal" if distribution == "normal" else distribution}
    return made(keras.initializers.VarianceScaling, **options)


@initializer(keras.initializers.GlorotNormal)
def initializer_glorot_normal(seed: Seed = None) -> Any:
    """Glorot (Xavier) normal initializer: truncated normal, `stddev = sqrt(2 / (fan_in + fan_out))`.

    `fan_in` and `fan_out` are the numbers of inputs and outputs of the weights.
    """


@initializer(keras.initializers.GlorotUniform)
def initializer_glorot_uniform(seed: Seed = None) -> Any:
    """Glorot (Xavier) uniform initializer: from `-limit` to `limit`, `limit = sqrt(6 / (fan_in + fan_out))`.

    `fan_in` and `fan_out` are the numbers of inputs and outputs of the weights.
    """


@initializer(keras.initializers.HeNormal)
def initializer_he_normal(seed: Seed = None) -> Any:
    """He normal initializer: truncated normal, `stddev = sqrt(2 / fan_in)`.

    `fan_in` is the number of inputs of the weights.
    """


@initializer(keras.initializers.HeUniform)
def initializer_he_uniform(seed: Seed = None) -> Any:
    """He uniform initializer: from `-limit` to `limit`, `limit = sqrt(6 / fan_in)`.

    `fan_in` is the number of inputs of the weights.
    """


@initializer(keras.initializers.LecunNormal)
def initializer_lecun_normal(seed: Seed = None) -> Any:
    """LeCun normal initializer: truncated normal, `stddev = sqrt(1 / fan_in)`.

    `fan_in` is the number of inputs of the weights.
    """


@initializer(keras.initializers.LecunUniform)
def initializer_lecun_uniform(seed: Seed = None) -> Any:
    """LeCun uniform initializer: from `-limit` to `limit`, `limit = sqrt(3 / fan_in)`.

    `fan_in` is the number of inputs of the weights.
    """
