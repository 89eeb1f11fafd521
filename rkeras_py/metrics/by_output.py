"""What `compile` is given as metrics, as Keras 3 understands it."""

from collections.abc import Mapping, Sequence
from typing import Any

import keras

from ..language.functions_of_r import PYTHON_FUNCTION, FunctionOfR
from ..language.identifiers import NameOfFunction
from .by_name import metric_named
from .custom import named


def metrics_for(metrics: Any, outputs: Sequence[str]) -> Any:
    """A list for Keras, or a list or a dict of lists for several outputs.

    Names in it are those of outputs, or else those under which functions are logged. What is not said for an output is
    for each of them, where Keras 3 would take the first metric for the first output and so on.

    Args:
        metrics: A metric, several, or a dict.
        outputs: The names of the outputs, empty where they are not known yet.
    """
    if metrics is None:
        return None
    if isinstance(metrics, Mapping):
        if set(metrics) & set(outputs):
            return {output: _not_called(output, _known(one)) for output, one in metrics.items()}
        metrics = {name: _logged_as(name, one) for name, one in metrics.items()}
        if not outputs:
            return metrics
        metrics = list(metrics.values())
    listed = [_known(one) for one in (metrics if isinstance(metrics, list) else [metrics])]
    if len(outputs) > 1 and not any(isinstance(one, list | dict) for one in listed):
        return [[_copy(one) for one in listed] for _ in outputs]
    return listed


def _known(metric: Any) -> Any:
    if isinstance(metric, list):
        return [_known(one) for one in metric]
    return metric_named(metric) if isinstance(metric, str) else metric


def _not_called(output: str, metric: Any) -> Any:
    """R calls a function as the element of the list; here that is the name of the output."""
    if isinstance(metric, FunctionOfR) and metric.name == output:
        metric.name = PYTHON_FUNCTION
    return metric


def _logged_as(name: str, metric: Any) -> Any:
    if isinstance(metric, NameOfFunction):
        known: Any = keras.metrics.get(_known(metric))
        return type(known).from_config({**known.get_config(), "name": name})
    metric = _known(metric)
    return metric if isinstance(metric, str | list) or hasattr(metric, "get_config") else named(metric, name)


def _copy(metric: Any) -> Any:
    return type(metric).from_config(metric.get_config()) if isinstance(metric, keras.metrics.Metric) else metric
