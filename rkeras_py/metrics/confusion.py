"""Metrics of right and wrong decisions between classes."""

from collections.abc import Sequence
from typing import Annotated, Literal

import keras
from annotated_types import Ge
from typing_extensions import Doc

from ..language import RDefault, Size
from ..losses.arguments import FromLogits
from .arguments import ClassId, DType, MetricName, Share, ThresholdCount, Thresholds
from .calling import metric_object

TopCount = Annotated[
    Size | None, Doc("How many of the highest predictions of a sample count as positive; `None` for the threshold.")
]


@metric_object(keras.metrics.AUC, keras_name="auc")
def metric_auc(
    *,
    num_thresholds: ThresholdCount = 200,
    curve: Annotated[
        Literal["ROC", "PR"],
        RDefault('"ROC"'),
        Doc(
            '`"ROC"`, of the sensitivity over the rate of false positives, or `"PR"`, of the precision over the recall.'
        ),
    ] = "ROC",
    summation_method: Annotated[
        Literal["interpolation", "minoring", "majoring"],
        RDefault('"interpolation"'),
        Doc('How the area between two thresholds is taken: `"interpolation"`, or from below or above.'),
    ] = "interpolation",
    thresholds: Annotated[Sequence[Share] | None, Doc("The thresholds themselves, instead of their number.")] = None,
    multi_label: Annotated[
        bool, Doc("Whether each column is a label with a curve of its own; the result is the mean of the areas.")
    ] = False,
    num_labels: Annotated[
        Size | None, Doc("How many labels there are, where they are to be known before the first batch.")
    ] = None,
    label_weights: Annotated[
        Sequence[Annotated[float, Ge(0)]] | None, Doc("How much each label counts, all the same if `None`.")
    ] = None,
    from_logits: FromLogits = False,
    name: MetricName = None,
    dtype: DType = None,
) -> keras.metrics.Metric:
    """Area under a curve, as a sum over thresholds."""


@metric_object(keras.metrics.Precision, keras_name="precision")
def metric_precision(
    *,
    thresholds: Thresholds = None,
    top_k: TopCount = None,
    class_id: ClassId = None,
    name: MetricName = None,
    dtype: DType = None,
) -> keras.metrics.Metric:
    """Precision: the share of what was taken for positive that is."""


@metric_object(keras.metrics.Recall, keras_name="recall")
def metric_recall(
    *,
    thresholds: Thresholds = None,
    top_k: TopCount = None,
    class_id: ClassId = None,
    name: MetricName = None,
    dtype: DType = None,
) -> keras.metrics.Metric:
    """Recall: the share of what is positive that was taken for it."""


@metric_object(keras.metrics.RecallAtPrecision)
def metric_recall_at_precision(
    *,
    precision: Annotated[Share, Doc("The precision.")],
    num_thresholds: ThresholdCount = 200,
    class_id: ClassId = None,
    name: MetricName = None,
    dtype: DType = None,
) -> keras.metrics.Metric:
    """Best recall at thresholds with at least a given precision."""


@metric_object(keras.metrics.PrecisionAtRecall)
def metric_precision_at_recall(
    *,
    recall: Annotated[Share, Doc("The recall.")],
    num_thresholds: ThresholdCount = 200,
    class_id: ClassId = None,
    name: MetricName = None,
    dtype: DType = None,
) -> keras.metrics.Metric:
    """Best precision at thresholds with at least a given recall."""


@metric_object(keras.metrics.SensitivityAtSpecificity)
def metric_sensitivity_at_specificity(
    *,
    specificity: Annotated[Share, Doc("The specificity, the share of what is negative that was taken for it.")],
    num_thresholds: ThresholdCount = 200,
    class_id: ClassId = None,
    name: MetricName = None,
    dtype: DType = None,
) -> keras.metrics.Metric:
    """Best sensitivity (recall) at thresholds with at least a given specificity."""


@metric_object(keras.metrics.SpecificityAtSensitivity)
def metric_specificity_at_sensitivity(
    *,
    sensitivity: Annotated[Share, Doc("The sensitivity, the share of what is positive that was taken for it.")],
    num_thresholds: ThresholdCount = 200,
    class_id: ClassId = None,
    name: MetricName = None,
    dtype: DType = None,
) -> keras.metrics.Metric:
    """Best specificity at thresholds with at least a given sensitivity."""


@metric_object(keras.metrics.TruePositives, keras_name="true_positives")
def metric_true_positives(
    *, thresholds: Thresholds = None, name: MetricName = None, dtype: DType = None
) -> keras.metrics.Metric:
    """Number of positive samples that were taken for positive."""


@metric_object(keras.metrics.TrueNegatives, keras_name="true_negatives")
def metric_true_negatives(
    *, thresholds: Thresholds = None, name: MetricName = None, dtype: DType = None
) -> keras.metrics.Metric:
    """Number of negative samples that were taken for negative."""


@metric_object(keras.metrics.FalsePositives, keras_name="false_positives")
def metric_false_positives(
    *, thresholds: Thresholds = None, name: MetricName = None, dtype: DType = None
) -> keras.metrics.Metric:
    """Number of negative samples that were taken for positive."""


@metric_object(keras.metrics.FalseNegatives, keras_name="false_negatives")
def metric_false_negatives(
    *, thresholds: Thresholds = None, name: MetricName = None, dtype: DType = None
) -> keras.metrics.Metric:
    """Number of positive samples that were taken for negative."""


@metric_object(keras.metrics.MeanIoU)
def metric_mean_iou(
    *,
    num_classes: Annotated[Size, Doc("How many classes there are.")],
    name: MetricName = None,
    dtype: DType = None,
) -> keras.metrics.Metric:
    """Mean intersection over union of the classes, for targets and predictions that are numbers of classes."""
