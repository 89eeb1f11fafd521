"""Initializers that draw from the same distribution whatever the size of the weights is."""

from typing import Annotated, Any

import keras
from annotated_types import Ge
from typing_extensions import Doc

from .making import Seed, initializer

Mean = Annotated[float, Doc("The mean of the distribution.")]
Spread = Annotated[float, Ge(0), Doc("The standard deviation of the distribution.")]


@initializer(keras.initializers.RandomNormal)
def initializer_random_normal(mean: Mean = 0.0, stddev: Spread = 0.05, seed: Seed = None) -> Any:
    """Draws the weights from a normal distribution."""


@initializer(keras.initializers.RandomUniform)
def initializer_random_uniform(minval: float = -0.05, maxval: float = 0.05, seed: Seed = None) -> Any:
    """Draws the weights from a uniform distribution.

    Args:
        minval: The smallest number that is drawn.
        maxval: What all numbers drawn are below.
    """


@initializer(keras.initializers.TruncatedNormal)
def initializer_truncated_normal(mean: Mean = 0.0, stddev: Spread = 0.05, seed: Seed = None) -> Any:
    """Draws the weights from a truncated normal distribution.

    What is more than two standard deviations from the mean is drawn again.
    """


@initializer(keras.initializers.Orthogonal)
def initializer_orthogonal(gain: float = 1.0, seed: Seed = None) -> Any:
    """Fills the weights with a random orthogonal matrix.

    Weights of more than two axes are an orthogonal matrix when all axes but the last are put together.

    Args:
        gain: A factor for the matrix.
    """
