"""The arguments that losses and metrics share: what they may be, and what the help says of them, once."""

from typing import Annotated, Literal

from annotated_types import Ge, Le
from typing_extensions import Doc

from ..language import Axis, RDefault, RInteger, Tensor

Targets = Annotated[Tensor, Doc("The targets, one row for each sample; missing, as `y_pred`, for an object.")]
Predictions = Annotated[Tensor, Doc("The predictions, in the shape of the targets.")]
ClassNumbers = Annotated[
    Tensor, Doc("The number of the class of each sample, counted from 0; missing, as `y_pred`, for an object.")
]
ClassProbabilities = Annotated[Tensor, Doc("The predictions, a row for each sample and a column for each class.")]
Reduction = Annotated[
    Literal["auto", "sum_over_batch_size", "sum", "none", "mean", "mean_with_sample_weight"],
    RDefault('"auto"'),
    Doc(
        'What the object makes of the values of the samples: `"sum"`, `"none"`, or `"auto"`, which is '
        '`"sum_over_batch_size"`, their mean.'
    ),
]
LossName = Annotated[str | None, Doc("The name of the object.")]
FromLogits = Annotated[bool, Doc("Whether the predictions are logits instead of probabilities.")]
LabelSmoothing = Annotated[
    float, Ge(0), Le(1), Doc("How far the targets are drawn towards equal probabilities: from 0, not at all, to 1.")
]
ClassAxis = Annotated[Axis, RInteger(), Doc("The axis of the classes, counted from 1, or from -1 backwards.")]
MeanAxis = Annotated[
    Axis, RInteger(), Doc("The axis over which the mean is taken, counted from 1, or from -1 backwards.")
]
VectorAxis = Annotated[
    Axis, RInteger(), Doc("The axis along which the vectors lie, counted from 1, or from -1 backwards.")
]
