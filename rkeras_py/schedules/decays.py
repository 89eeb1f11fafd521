"""learning_rate_schedule_*(): rates that fall with the batches trained so far."""

from collections.abc import Sequence
from typing import Annotated, Any

import keras
from annotated_types import Ge
from typing_extensions import Doc

from ..language import Count, Size, refuse
from .making import DecaySteps, InitialRate, ScheduleName, Staircase, schedule

Alpha = Annotated[float, Doc("The lowest rate, as a share of the initial one.")]
DecayRate = Annotated[float, Doc("How far the rate falls in `decay_steps` batches.")]


@schedule(keras.optimizers.schedules.CosineDecay)
def learning_rate_schedule_cosine_decay(
    initial_learning_rate: InitialRate,
    decay_steps: DecaySteps,
    alpha: Alpha = 0.0,
    *,
    name: ScheduleName = None,
    warmup_target: Annotated[float | None, Ge(0), Doc("The rate to rise to before it decays; none if `None`.")] = None,
    warmup_steps: Annotated[Count, Doc("Batches over which it rises.")] = 0,
) -> keras.optimizers.schedules.CosineDecay:
    """Falls as half a cosine wave, after a linear rise if wanted (Loshchilov and Hutter, 2016)."""


@schedule(keras.optimizers.schedules.CosineDecayRestarts)
def learning_rate_schedule_cosine_decay_restarts(
    initial_learning_rate: InitialRate,
    first_decay_steps: Annotated[Size, Doc("Batches until the first restart.")],
    t_mul: Annotated[float, Doc("How many times as long as the one before each period is.")] = 2.0,
    m_mul: Annotated[float, Doc("What the initial rate is multiplied by at each restart.")] = 1.0,
    alpha: Alpha = 0.0,
    *,
    name: ScheduleName = None,
) -> keras.optimizers.schedules.CosineDecayRestarts:
    """Falls as half a cosine wave, again and again (Loshchilov and Hutter, 2016)."""


@schedule(keras.optimizers.schedules.ExponentialDecay)
def learning_rate_schedule_exponential_decay(
    initial_learning_rate: InitialRate,
    decay_steps: DecaySteps,
    decay_rate: DecayRate,
    staircase: Staircase = False,
    *,
    name: ScheduleName = None,
) -> keras.optimizers.schedules.ExponentialDecay:
    """Multiplies the rate by `decay_rate` every `decay_steps` batches."""


@schedule(keras.optimizers.schedules.InverseTimeDecay)
def learning_rate_schedule_inverse_time_decay(
    initial_learning_rate: InitialRate,
    decay_steps: DecaySteps,
    decay_rate: DecayRate,
    staircase: Staircase = False,
    *,
    name: ScheduleName = None,
) -> keras.optimizers.schedules.InverseTimeDecay:
    """Divides the rate by `1 + decay_rate * n / decay_steps` after n batches."""


def _one_more(boundaries: Sequence[float], values: Sequence[float], **_: Any) -> None:
    if len(values) != len(boundaries) + 1:
        wanted = f"{len(boundaries) + 1} numbers, one more than `boundaries`"
        refuse(learning_rate_schedule_piecewise_constant_decay, "values", values, wanted)


@schedule(keras.optimizers.schedules.PiecewiseConstantDecay, _one_more)
def learning_rate_schedule_piecewise_constant_decay(
    boundaries: Annotated[Sequence[float], Doc("The batches after which the rate changes, in increasing order.")],
    values: Annotated[Sequence[float], Doc("The rates, one more than there are boundaries.")],
    *,
    name: ScheduleName = None,
) -> keras.optimizers.schedules.PiecewiseConstantDecay:
    """Changes the rate after certain batches."""


@schedule(keras.optimizers.schedules.PolynomialDecay)
def learning_rate_schedule_polynomial_decay(
    initial_learning_rate: InitialRate,
    decay_steps: DecaySteps,
    end_learning_rate: Annotated[float, Ge(0), Doc("The learning rate at the end.")] = 0.0001,
    power: Annotated[float, Doc("The power of the polynomial; 1 for a straight line.")] = 1.0,
    cycle: Annotated[bool, Doc("Whether the rate rises again when it has reached its end.")] = False,
    *,
    name: ScheduleName = None,
) -> keras.optimizers.schedules.PolynomialDecay:
    """Falls to `end_learning_rate` as a polynomial does."""
