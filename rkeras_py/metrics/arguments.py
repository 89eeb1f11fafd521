"""The arguments that metrics share: what they may be, and what the help says of them, once."""

from collections.abc import Sequence
from typing import Annotated

from annotated_types import Ge, Le
from typing_extensions import Doc

from ..language import Count, RInteger, Size

MetricName = Annotated[str | None, Doc("The name of the object, under which it is logged; made up if `None`.")]
DType = Annotated[str | None, Doc("The type that the object computes in, that of Keras's default if `None`.")]
Top = Annotated[Size, Doc("How many of the highest predictions the class may be among.")]
Share = Annotated[float, Ge(0), Le(1)]
Thresholds = Annotated[
    Sequence[Share] | None,
    Doc("From which prediction on a sample is taken for positive, 0.5 if `None`; several give a value for each."),
]
ThresholdCount = Annotated[Size, RInteger(), Doc("How many thresholds are tried.")]
ClassId = Annotated[
    Count | None, Doc("The class that counts as positive, its number counted from 0; all of them if `None`.")
]
