"""Noise, which acts in training alone: dropout, and numbers that are added or multiplied with."""

from typing import Annotated, Any, Unpack

import keras
from annotated_types import Ge, Lt
from typing_extensions import Doc

from ..language import MISSING, REQUIRED
from .adding import layer
from .arguments import BatchInputShape, DataFormat, InputShape, LayerTail, Shape, Share, ShortTail, Target

Dropped = Annotated[Share, Doc("The share, from 0 to 1.")]
# With all of it dropped, these have no finite numbers to put out.
NotAll = Annotated[float, Ge(0), Lt(1)]
NoiseShape = Annotated[
    Shape | None, Doc("The shape of the mask, with the batch; `None` in it, or 1, for what is dropped together.")
]
Seed = Annotated[int | None, Doc("The seed of the noise, which is another one at each call; drawn if `None`.")]


@layer(keras.layers.Dropout)
def layer_dropout(
    object: Target = MISSING,
    rate: Dropped = REQUIRED,
    noise_shape: NoiseShape = None,
    seed: Seed = None,
    input_shape: InputShape = None,
    batch_input_shape: BatchInputShape = None,
    **tail: Unpack[ShortTail],
) -> Any:
    """Sets a random share of the input to 0 in training, and scales up the rest."""


@layer(keras.layers.SpatialDropout1D)
def layer_spatial_dropout_1d(object: Target = MISSING, rate: Dropped = REQUIRED, **tail: Unpack[ShortTail]) -> Any:
    """Drops a random share of the features in training, each at all steps: input (batch, steps, features)."""


@layer(keras.layers.SpatialDropout2D)
def layer_spatial_dropout_2d(
    object: Target = MISSING,
    rate: Dropped = REQUIRED,
    data_format: DataFormat = None,
    **tail: Unpack[ShortTail],
) -> Any:
    """Drops a random share of the channels in training, each as a whole: input (batch, rows, columns, channels)."""


@layer(keras.layers.SpatialDropout3D)
def layer_spatial_dropout_3d(
    object: Target = MISSING,
    rate: Dropped = REQUIRED,
    data_format: DataFormat = None,
    **tail: Unpack[ShortTail],
) -> Any:
    """Drops a random share of the channels in training, each as a whole: input (batch, three dimensions, channels)."""


@layer(keras.layers.AlphaDropout)
def layer_alpha_dropout(
    object: Target = MISSING,
    rate: NotAll = REQUIRED,
    noise_shape: NoiseShape = None,
    seed: Seed = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """Sets a random share of the input to its negative saturation in training, and keeps mean and variance.

    For layers behind `selu` (Klambauer et al., 2017).

    Args:
        rate: The share, from 0 to below 1.
    """


@layer(keras.layers.GaussianDropout)
def layer_gaussian_dropout(
    object: Target = MISSING,
    rate: NotAll = REQUIRED,
    *,
    seed: Seed = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """Multiplies with random numbers around 1 in training.

    Args:
        rate: The standard deviation is `sqrt(rate / (1 - rate))`, as that of dropout with this rate; below 1.
    """


class GaussianNoise(keras.layers.GaussianNoise):
    """Keras's, of any standard deviation: Keras 3 has none above 1."""

    def __init__(self, stddev: float, seed: int | None = None, **kwargs: Any) -> None:
        super().__init__(min(stddev, 1.0), seed=seed, **kwargs)
        self.stddev = stddev


GaussianNoise.__module__ = "keras.layers"  # by which a saved model finds it: plain Keras loads it too


@layer(GaussianNoise)
def layer_gaussian_noise(
    object: Target = MISSING,
    stddev: Annotated[float, Ge(0)] = REQUIRED,
    *,
    seed: Seed = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """Adds random numbers around 0 in training.

    Args:
        stddev: Their standard deviation.
    """
