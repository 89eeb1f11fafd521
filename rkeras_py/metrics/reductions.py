"""Sums and means of values."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import keras
from typing_extensions import Doc

from ..language import Count
from .arguments import DType, MetricName
from .calling import metric_object
from .classes import MeanTensor, metric_of_keras
from .custom import known_to_keras


@metric_object(keras.metrics.Mean)
def metric_mean(*, name: MetricName = "mean", dtype: DType = None) -> keras.metrics.Metric:
    """Weighted mean of the values that it is given."""


@metric_object(keras.metrics.Sum)
def metric_sum(*, name: MetricName = None, dtype: DType = None) -> keras.metrics.Metric:
    """Weighted sum of the values that it is given."""


def _mean_wrapper(fn: Any, **options: Any) -> keras.metrics.Metric:
    return metric_of_keras(keras.metrics.MeanMetricWrapper)(fn=known_to_keras(fn), **options)


@metric_object(keras.metrics.MeanMetricWrapper, made_by=_mean_wrapper)
def metric_mean_wrapper(
    *,
    fn: Annotated[
        Callable[..., Any],
        Doc("A function of the targets and the predictions that returns tensors: a value for each sample, or one."),
    ],
    name: MetricName = None,
    dtype: DType = None,
) -> keras.metrics.Metric:
    """Mean of what a function returns."""


@metric_object(MeanTensor, replaces="MeanTensor")
def metric_mean_tensor(
    *,
    shape: Annotated[Sequence[Count] | None, Doc("The shape of the tensors, that of the first one if `None`.")] = None,
    name: MetricName = None,
    dtype: DType = None,
) -> keras.metrics.Metric:
    """Weighted mean of each element of the tensors that it is given.

    Keras 3 has no such metric: a file that has it is loaded where rkeras is imported.
    """
