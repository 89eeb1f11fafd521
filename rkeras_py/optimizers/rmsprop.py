"""optimizer_rmsprop()."""

from typing import Annotated, Unpack

import keras
from typing_extensions import Doc

from .arguments import (
    ClipNorm,
    ClipValue,
    Decay,
    Epsilon,
    GradientAccumulationSteps,
    LearningRate,
    LossScaleFactor,
    OptimizerName,
    Rate,
    Remembered,
    TailOfRMSprop,
)
from .making import optimizer


@optimizer(keras.optimizers.RMSprop)
def optimizer_rmsprop(
    lr: Rate = 0.001,
    rho: Annotated[Remembered, Doc("How much of the mean square of the gradients is kept at each batch.")] = 0.9,
    epsilon: Epsilon = None,
    decay: Decay = 0.0,
    clipnorm: ClipNorm = None,
    clipvalue: ClipValue = None,
    learning_rate: LearningRate = None,
    momentum: Annotated[Remembered, Doc("How much of the last step goes into the next.")] = 0.0,
    centered: Annotated[bool, Doc("Whether gradients are divided by their standard deviation.")] = False,
    *,
    name: OptimizerName = "RMSprop",
    loss_scale_factor: LossScaleFactor = None,
    gradient_accumulation_steps: GradientAccumulationSteps = None,
    **tail: Unpack[TailOfRMSprop],
) -> keras.optimizers.RMSprop:
    """RMSprop: steps divided by the root mean square of recent gradients.

    As in Keras 2, `epsilon` is added to the root, not below it, unless there is momentum.
    """
