"""The arguments that optimizers share: what they may be, and what the help says of them, once."""

from typing import Annotated, Any, TypedDict

import keras
from annotated_types import Ge, Gt, Le, Lt
from typing_extensions import Doc

from ..language import Default, OtherName, Retired, RInteger, Size
from ..language.compound import Bounded
from ..language.kinds import Kind
from ..language.scalars import Number


class RateOrSchedule(Kind):
    """A learning rate, or the schedule that it follows."""

    _rate = Bounded(Number(), [Ge(0)])

    def wants(self) -> str:
        return f"{self._rate.wants()} or a learning rate schedule"

    def convert(self, value: Any) -> Any:
        if isinstance(value, keras.optimizers.schedules.LearningRateSchedule):
            return value
        return self._rate.convert(value)


Rate = Annotated[Any, RateOrSchedule(), Doc("The learning rate: a number, or a `learning_rate_schedule_*()`.")]
LearningRate = Annotated[
    Any, RateOrSchedule(), OtherName("lr"), Doc("The name of `lr` in newer versions: give one of them.")
]
Decay = Annotated[float, Ge(0), Doc("Divides the rate by `1 + decay * n` after n batches; 0 for no decay.")]
Epsilon = Annotated[
    float | None,
    Ge(0),
    Doc("Added to the divisor, against a division by 0; Keras's own, usually 1e-7, if `None` or 0."),
]
ClipNorm = Annotated[
    float | None,
    Gt(0),
    Doc("The largest norm of the gradient of a weight tensor: longer ones are scaled down to it."),
]
ClipValue = Annotated[
    float | None, Gt(0), Doc("The largest entry of a gradient: larger ones are cut to it, before norms are looked at.")
]
Remembered = Annotated[float, Ge(0), Lt(1)]
InitialAccumulator = Annotated[float, Ge(0), Doc("What the sums of squared gradients begin with.")]
Strength = Annotated[float, Ge(0)]

WeightDecay = Annotated[
    float | None, Ge(0), Doc("The share of each weight, times the learning rate, that is taken off it at each batch.")
]
GlobalClipNorm = Annotated[
    float | None, Gt(0), Doc("The largest norm of all gradients together: they are scaled down to it in proportion.")
]
UseEMA = Annotated[
    bool,
    Default(False),
    Doc("Whether the weights are replaced by their exponential moving average, at the latest at the end of `fit`."),
]
EMAMomentum = Annotated[float, Ge(0), Le(1), Default(0.99), Doc("How much of the average is kept at each batch.")]
EMAOverwriteFrequency = Annotated[
    Size | None, Doc("After how many batches the weights are replaced by their average; at the end alone if `None`.")
]
JitCompile = Annotated[
    bool,
    Default(True),
    Retired("XLA is asked for by `compile(jit_compile = )`."),
    Doc("Not used any more: `compile` has it."),
]
OptimizerName = Annotated[str, Doc("The name of the optimizer.")]
LossScaleFactor = Annotated[
    float | None, Gt(0), Doc("What the loss is multiplied by, and the gradients divided by, against underflow.")
]
GradientAccumulationSteps = Annotated[
    int | None, Ge(2), Doc("Batches whose gradients are averaged for a step; a step is made at each batch if `None`.")
]


class TailOfFtrl(TypedDict, total=False):
    """What ends the signature of all optimizers since Keras 2.11."""

    global_clipnorm: GlobalClipNorm
    use_ema: UseEMA
    ema_momentum: EMAMomentum
    ema_overwrite_frequency: EMAOverwriteFrequency
    jit_compile: JitCompile


class _WeightDecay(TypedDict, total=False):
    weight_decay: WeightDecay


class Tail(_WeightDecay, TailOfFtrl, total=False):
    """The same, where all that is in front of it is older."""


class TailOfRMSprop(Tail, total=False):
    """The same, where averages replace the weights from time to time unless told otherwise."""

    ema_overwrite_frequency: Annotated[EMAOverwriteFrequency, Default(100), RInteger()]
