"""optimizer_sgd()."""

from typing import Annotated, Unpack

import keras
from typing_extensions import Doc

from ..language import Retired
from .arguments import (
    ClipNorm,
    ClipValue,
    Decay,
    GradientAccumulationSteps,
    LearningRate,
    LossScaleFactor,
    OptimizerName,
    Rate,
    Remembered,
    Tail,
)
from .making import optimizer


@optimizer(keras.optimizers.SGD)
def optimizer_sgd(
    lr: Rate = 0.01,
    momentum: Annotated[Remembered, Doc("How much of the last step goes into the next.")] = 0.0,
    decay: Decay = 0.0,
    nesterov: Annotated[bool, Doc("Whether the momentum is Nesterov's.")] = False,
    clipnorm: ClipNorm = None,
    clipvalue: ClipValue = None,
    learning_rate: LearningRate = None,
    amsgrad: Annotated[
        bool, Retired("it never had an effect here, only `optimizer_adam` has it."), Doc("Not used any more.")
    ] = False,
    *,
    name: OptimizerName = "SGD",
    loss_scale_factor: LossScaleFactor = None,
    gradient_accumulation_steps: GradientAccumulationSteps = None,
    **tail: Unpack[Tail],
) -> keras.optimizers.SGD:
    """Stochastic gradient descent, with momentum if wanted.

    As in Keras 2, momentum does not carry on rows of an embedding that the batch has not touched.
    """
