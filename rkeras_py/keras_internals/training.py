"""Training: logs, epochs, losses and metrics."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Literal

import keras


def metric_direction(model: keras.Model, name: str) -> Literal["min", "max"] | None:
    """Which way a compiled metric is better, where the metric itself knows.

    Args:
        model: A model that has trained for at least a batch.
        name: The name under which the metric is logged, without `val_`.
    """
    for container in model.metrics:
        for metric in getattr(container, "metrics", [container]):
            direction = getattr(metric, "_direction", None)
            if metric.name == name and direction in ("up", "down"):
                return "max" if direction == "up" else "min"
    return None


def train_writer(callback: keras.callbacks.TensorBoard) -> Any:
    """The event writer of the training run of a TensorBoard callback."""
    return callback._train_writer


def close_writers(callback: keras.callbacks.TensorBoard) -> None:
    """Closes the event writers of a TensorBoard callback; what it writes later goes to new files."""
    writers, callback._writers = callback._writers, {}
    with ExitStack() as each:  # one that cannot be closed does not keep the others from it
        for writer in writers.values():
            each.callback(writer.close)


@contextmanager
def default_writer_kept() -> Iterator[None]:
    """Undoes that TensorFlow leaves an event writer in force for good when it fails to write."""
    from tensorflow.python.ops import summary_ops_v2

    state = summary_ops_v2._summary_state
    kept = state.writer, state.step
    try:
        yield
    finally:
        state.writer, state.step = kept


def begin_at(model: keras.Model, epoch: int | None) -> None:
    """Has the `fit` that is just beginning start with another epoch than it was told; None for what it is told."""
    model._initial_epoch = epoch


def batches_counted(callback: keras.callbacks.TensorBoard) -> tuple[int, int]:
    """How many batches a TensorBoard callback has seen, of training and of validation."""
    return callback._global_train_batch, callback._global_test_batch


def count_batches_from(callback: keras.callbacks.TensorBoard, counted: tuple[int, int]) -> None:
    """Has a TensorBoard callback count on from there."""
    callback._global_train_batch, callback._global_test_batch = counted


def compute_by(wrapper: keras.losses.Loss | keras.metrics.Metric, function: Any) -> None:
    """Has a loss or a metric of Keras that wraps a function wrap another one, of the same arguments."""
    if isinstance(wrapper, keras.metrics.Metric):
        wrapper._fn = function
    else:
        wrapper.fn = function


def forget_last_compile(model: keras.Model) -> None:
    """Takes loss and metrics from a model that was compiled without them: Keras would go on with those of before."""
    config = model._compile_config.config
    if config["loss"] is None:
        model._compile_loss = None
    if not (config["metrics"] or config["weighted_metrics"]):
        model._compile_metrics = None


def compute_metrics_by(model: keras.Model, function: Callable[[Any], Any]) -> None:
    """Has a compiled model compute what a function makes of each metric; files have what it was compiled with."""
    metrics = model._compile_metrics
    if metrics is not None:
        for name in ("_user_metrics", "_user_weighted_metrics"):
            setattr(metrics, name, keras.tree.map_structure(function, getattr(metrics, name)))
