"""Metrics as objects: those of Keras with the method of Keras 2, and those that Keras 3 has no more."""

from collections.abc import Sequence
from typing import Any, TypeVar

import keras
import numpy as np
from keras import ops

from ..losses.classes import Remembering, of_keras

T = TypeVar("T", bound=type)


class Keras2Metric:
    """Mixed in: `reset_states()`, as Keras 2 called `reset_state()`; and what Keras 2 took for a batch.

    That are R's arrays, which are of doubles; for functions also whole numbers and half floats; and a vector of targets
    for a column of predictions, each of which Keras 3 would compare with each target.
    """

    def update_state(self, *args: Any, **kwargs: Any) -> Any:
        """Counts a batch."""
        given = [self._fitting(value) for value in args]
        if isinstance(self, keras.metrics.MeanMetricWrapper) and len(given) > 1:
            given[:2] = [ops.cast(value, self.dtype) for value in given[:2]]
            given[0] = _beside(given[1], given[0])
        fitting = {name: self._fitting(value) for name, value in kwargs.items()}
        return super().update_state(*given, **fitting)  # type: ignore[misc]

    def _fitting(self, value: Any) -> Any:
        value = np.asarray(value) if isinstance(value, list | tuple) else value
        doubles = isinstance(value, np.ndarray) and value.dtype == np.float64
        return value.astype(keras.config.floatx()) if doubles and self.dtype != "float64" else value  # type: ignore[attr-defined]

    def reset_states(self) -> None:
        """Begins to count anew."""
        self.reset_state()  # type: ignore[attr-defined]


class EachElement:
    """Mixed into a mean: a tensor counts by the number of its elements as in Keras 2, not of its rows."""

    def update_state(self, values: Any, sample_weight: Any = None) -> Any:
        """Counts a tensor."""
        values = ops.cast(values, self.dtype)  # type: ignore[attr-defined]
        weights = None if sample_weight is None else ops.reshape(self._weights(values, sample_weight), (-1,))
        return super().update_state(ops.reshape(values, (-1,)), weights)  # type: ignore[misc]

    def _weights(self, values: Any, sample_weight: Any) -> Any:
        weights = ops.cast(sample_weight, values.dtype)
        for _ in range(len(values.shape) - len(weights.shape)):
            weights = ops.expand_dims(weights, -1)
        return ops.broadcast_to(weights, ops.shape(values))


def _beside(y_pred: Any, y_true: Any) -> Any:
    column = len(y_pred.shape) == len(y_true.shape) + 1 and y_pred.shape[-1] == 1
    return ops.expand_dims(y_true, -1) if column else y_true


def metric_of_keras(sort: T, function: Any = None) -> T:
    """The class of a metric of Keras, with `reset_states()` and for R's arrays.

    Args:
        sort: The class of Keras.
        function: What computes it, where that is not Keras's own function.
    """
    means: tuple[type, ...] = (EachElement,) if sort is keras.metrics.Mean else ()
    return of_keras(sort, function, (Keras2Metric, *means, Remembering))


@keras.saving.register_keras_serializable(package="rkeras")
class MeanRelativeError(Keras2Metric, EachElement, keras.metrics.Mean):
    """The mean of `abs(y_true - y_pred) / normalizer`, 0 where that is 0."""

    def __init__(self, normalizer: Any, name: str | None = None, dtype: Any = None) -> None:
        super().__init__(name=name, dtype=dtype)
        self.normalizer = np.asarray(ops.convert_to_numpy(normalizer), self.dtype)

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:  # type: ignore[override]
        """Counts a batch."""
        y_true, y_pred = ops.cast(y_true, self.dtype), ops.cast(y_pred, self.dtype)
        flat = max(self.normalizer.ndim, 1)
        y_true, y_pred = (
            ops.squeeze(one, -1) if len(one.shape) > flat and one.shape[-1] == 1 else one for one in (y_true, y_pred)
        )
        super().update_state(ops.divide_no_nan(ops.abs(y_true - y_pred), self.normalizer), sample_weight)

    def get_config(self) -> dict[str, Any]:
        """The arguments that it was made with."""
        return {**super().get_config(), "normalizer": self.normalizer.tolist()}


@keras.saving.register_keras_serializable(package="rkeras")
class MeanTensor(Keras2Metric, keras.metrics.Metric):
    """The mean of each element of the tensors that it is given, weighted."""

    def __init__(self, shape: Sequence[int] | None = None, name: str = "mean_tensor", dtype: Any = None) -> None:
        super().__init__(name=name, dtype=dtype)
        self.shape = shape
        if shape is not None:
            self._begin(tuple(shape))

    def _begin(self, shape: tuple[int, ...]) -> None:
        self.total = self.add_variable(shape, "zeros", self.dtype, name="total")
        self.count = self.add_variable(shape, "zeros", self.dtype, name="count")

    def update_state(self, values: Any, sample_weight: Any = None) -> None:
        """Counts a tensor.

        Raises:
            ValueError: It has another shape than those before.
        """
        values = ops.cast(values, self.dtype)
        if not self.variables:
            self._begin(tuple(values.shape))
        if tuple(values.shape) != tuple(self.total.shape):
            before = tuple(self.total.shape)
            raise ValueError(f"mean_tensor: a tensor of shape {tuple(values.shape)} follows on one of shape {before}.")
        weights = ops.ones_like(values)
        if sample_weight is not None:
            given = ops.cast(sample_weight, self.dtype)
            if 0 < len(given.shape) == len(values.shape) - 1:
                given = ops.expand_dims(given, -1)
            weights = weights * given
        self.total.assign_add(values * weights)
        self.count.assign_add(weights)

    def result(self) -> Any:
        """The means.

        Raises:
            ValueError: There has been no tensor.
        """
        if not self.variables:
            raise ValueError("mean_tensor: there is no result before the first tensor.")
        return ops.divide_no_nan(self.total, self.count)

    def get_config(self) -> dict[str, Any]:
        """The arguments that it was made with."""
        return {**super().get_config(), "shape": self.shape}
