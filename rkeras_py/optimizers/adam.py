"""Adam and what is made of it: optimizer_adam(), optimizer_adamax(), optimizer_nadam()."""

from typing import Annotated, Unpack

import keras
from annotated_types import Ge
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
    Tail,
)
from .making import optimizer

Beta1 = Annotated[Remembered, Doc("How much of the mean of the gradients is kept at each batch.")]
Beta2 = Annotated[Remembered, Doc("How much of the mean of their squares is kept at each batch.")]


@optimizer(keras.optimizers.Adam)
def optimizer_adam(
    lr: Rate = 0.001,
    beta_1: Beta1 = 0.9,
    beta_2: Beta2 = 0.999,
    epsilon: Epsilon = None,
    decay: Decay = 0.0,
    amsgrad: Annotated[
        bool, Doc("Whether the largest mean square so far is used (Reddi, Kale and Kumar, 2018).")
    ] = False,
    clipnorm: ClipNorm = None,
    clipvalue: ClipValue = None,
    learning_rate: LearningRate = None,
    *,
    name: OptimizerName = "Adam",
    loss_scale_factor: LossScaleFactor = None,
    gradient_accumulation_steps: GradientAccumulationSteps = None,
    **tail: Unpack[Tail],
) -> keras.optimizers.Adam:
    """Adam (Kingma and Ba, 2015)."""


@optimizer(keras.optimizers.Adamax)
def optimizer_adamax(
    lr: Rate = 0.002,
    beta_1: Beta1 = 0.9,
    beta_2: Annotated[Remembered, Doc("How much of the largest gradient is kept at each batch.")] = 0.999,
    epsilon: Epsilon = None,
    decay: Decay = 0.0,
    clipnorm: ClipNorm = None,
    clipvalue: ClipValue = None,
    learning_rate: LearningRate = None,
    *,
    name: OptimizerName = "Adamax",
    loss_scale_factor: LossScaleFactor = None,
    gradient_accumulation_steps: GradientAccumulationSteps = None,
    **tail: Unpack[Tail],
) -> keras.optimizers.Adamax:
    """Adamax: Adam with the infinity norm (Kingma and Ba, 2015).

    The default rate is that of R keras 2.2; Keras 3 has 0.001.
    """


@optimizer(keras.optimizers.Nadam)
def optimizer_nadam(
    lr: Rate = 0.002,
    beta_1: Beta1 = 0.9,
    beta_2: Beta2 = 0.999,
    epsilon: Epsilon = None,
    schedule_decay: Annotated[float, Ge(0), Doc("How fast the momentum grows to `beta_1`; Keras 3 has 1.")] = 0.004,
    clipnorm: ClipNorm = None,
    clipvalue: ClipValue = None,
    learning_rate: LearningRate = None,
    *,
    name: OptimizerName = "Nadam",
    loss_scale_factor: LossScaleFactor = None,
    gradient_accumulation_steps: GradientAccumulationSteps = None,
    **tail: Unpack[Tail],
) -> keras.optimizers.Nadam:
    """Nadam: Adam with Nesterov momentum (Dozat, 2016).

    The default rate is that of R keras 2.2; Keras 3 has 0.001.
    """
