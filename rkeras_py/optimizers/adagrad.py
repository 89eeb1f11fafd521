"""Rates that adapt to each weight: optimizer_adagrad(), optimizer_adadelta(), optimizer_ftrl()."""

from typing import Annotated, Unpack

import keras
from annotated_types import Le
from typing_extensions import Doc

from .arguments import (
    ClipNorm,
    ClipValue,
    Decay,
    Epsilon,
    GradientAccumulationSteps,
    InitialAccumulator,
    LearningRate,
    LossScaleFactor,
    OptimizerName,
    Rate,
    Remembered,
    Strength,
    Tail,
    TailOfFtrl,
    WeightDecay,
)
from .making import optimizer


@optimizer(keras.optimizers.Adagrad)
def optimizer_adagrad(
    lr: Rate = 0.01,
    epsilon: Epsilon = None,
    decay: Decay = 0.0,
    clipnorm: ClipNorm = None,
    clipvalue: ClipValue = None,
    learning_rate: LearningRate = None,
    initial_accumulator_value: InitialAccumulator = 0.1,
    *,
    name: OptimizerName = "Adagrad",
    loss_scale_factor: LossScaleFactor = None,
    gradient_accumulation_steps: GradientAccumulationSteps = None,
    **tail: Unpack[Tail],
) -> keras.optimizers.Adagrad:
    """Adagrad: steps divided by the root of the sum of all squared gradients (Duchi, Hazan and Singer, 2011).

    The default rate is that of R keras 2.2; Keras 3 has 0.001. As in Keras 2, `epsilon` is added to the root, not below
    it.
    """


@optimizer(keras.optimizers.Adadelta)
def optimizer_adadelta(
    lr: Rate = 1.0,
    rho: Annotated[Remembered, Doc("How much of the mean squares is kept at each batch.")] = 0.95,
    epsilon: Epsilon = None,
    decay: Decay = 0.0,
    clipnorm: ClipNorm = None,
    clipvalue: ClipValue = None,
    learning_rate: LearningRate = None,
    *,
    name: OptimizerName = "Adadelta",
    loss_scale_factor: LossScaleFactor = None,
    gradient_accumulation_steps: GradientAccumulationSteps = None,
    **tail: Unpack[Tail],
) -> keras.optimizers.Adadelta:
    """Adadelta: steps as long as recent ones were (Zeiler, 2012).

    The default rate is that of the paper and of R keras 2.2; Keras 3 has 0.001, which hardly trains.
    """


@optimizer(keras.optimizers.Ftrl, "2.15.0")
def optimizer_ftrl(
    learning_rate: Rate = 0.001,
    learning_rate_power: Annotated[
        float, Le(0), Doc("How the rate falls with the sum of squared gradients; 0 for a constant rate.")
    ] = -0.5,
    initial_accumulator_value: InitialAccumulator = 0.1,
    l1_regularization_strength: Annotated[Strength, Doc("The penalty on absolute values.")] = 0.0,
    l2_regularization_strength: Annotated[Strength, Doc("The penalty on squares.")] = 0.0,
    l2_shrinkage_regularization_strength: Annotated[
        Strength, Doc("The penalty on squares that is added to the loss alone.")
    ] = 0.0,
    beta: Annotated[float, Doc("The beta of the paper.")] = 0.0,
    weight_decay: WeightDecay = None,
    clipnorm: ClipNorm = None,
    clipvalue: ClipValue = None,
    *,
    name: OptimizerName = "Ftrl",
    loss_scale_factor: LossScaleFactor = None,
    gradient_accumulation_steps: GradientAccumulationSteps = None,
    **tail: Unpack[TailOfFtrl],
) -> keras.optimizers.Ftrl:
    """FTRL, "follow the regularized leader" (McMahan and others, 2013)."""
