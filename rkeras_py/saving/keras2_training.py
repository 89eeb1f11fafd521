"""How a model was compiled, as Keras 2 wrote it into HDF5 files."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import keras

from ..language.identifiers import LOSSES_OF_KERAS2
from ..losses import keras2 as keras2_losses
from ..losses.classes import of_keras
from ..metrics.by_name import metric_named
from ..metrics.by_output import metrics_for
from ..metrics.classes import metric_of_keras
from ..metrics.custom import named
from ..optimizers.by_name import optimizer_from_config
from ..optimizers.keras2_rate import Steps
from .keras2_config import layer_name
from .keras2_layers import Config, Unreadable, arguments_of

_LOSSES = {
    "BinaryCrossentropy": keras2_losses.binary_crossentropy,
    "SparseCategoricalCrossentropy": keras2_losses.sparse_categorical_crossentropy,
}
_SORTS = ("metrics", "weighted_metrics")
_METRICS_OF_COMPILE = ("acc", "accuracy", "ce", "crossentropy")
_OTHER_CLASSES = {"LossScaleOptimizerV3": "LossScaleOptimizer", "LossScaleOptimizerV1": "LossScaleOptimizer"}


def compiled(model: keras.Model, config: Config, custom_objects: Mapping[str, Any]) -> None:
    """Compiles a model as it was.

    Args:
        model: The model.
        config: What stands in the file.
        custom_objects: Classes and functions that the file names and Keras does not know.

    Raises:
        Unreadable: Keras 3 has no counterpart for something in it.
    """
    parts = _Parts(custom_objects)
    outputs = getattr(model, "output_names", None) or [model.layers[-1].name]
    metrics = {sort: _each(_by_output(config.get(sort), outputs), parts.metric) for sort in _SORTS}
    weights = config.get("loss_weights")
    model.compile(
        optimizer=parts.optimizer(config["optimizer_config"]),
        loss=_each(config.get("loss"), parts.loss),
        **{sort: metrics_for(one, outputs) for sort, one in metrics.items()},
        loss_weights={layer_name(name): one for name, one in weights.items()} if isinstance(weights, dict) else weights,
    )


def _steps(optimizer: Config) -> Steps:
    """Which steps an optimizer made: before 2.11 there were those alone that are `legacy` since."""
    config = optimizer["config"]
    is_legacy = config.get("inner_optimizer", {}).get("config", config).get("is_legacy_optimizer", True)
    return "legacy" if is_legacy else "later"


def _by_output(metrics: Any, outputs: Sequence[str]) -> Any:
    """Metrics that stand in a list for each of several outputs: without those that are none, and under own names.

    Keras 2 wrote the names with that of the output in front, which Keras 3 adds.
    """
    if not isinstance(metrics, list) or not metrics or not all(isinstance(one, list) for one in metrics):
        return metrics
    listed = [[one for one in several if one is not None] for several in metrics]
    if len(listed) == 1:
        return listed[0]
    if len(listed) != len(outputs):
        return listed
    return [[_without(one, f"{output}_") for one in several] for output, several in zip(outputs, listed, strict=True)]


def _without(metric: Any, prefix: str) -> Any:
    if not isinstance(metric, dict) or "name" not in metric["config"]:
        return metric
    config = metric["config"]
    return {**metric, "config": {**config, "name": config["name"].removeprefix(prefix)}}


def _each(structure: Any, change: Callable[[Any], Any]) -> Any:
    """Changes each loss or metric, alone, in lists or by output."""
    if isinstance(structure, list):
        return [_each(one, change) for one in structure]
    if isinstance(structure, dict) and "class_name" not in structure:
        return {layer_name(output): _each(one, change) for output, one in structure.items()}
    return None if structure is None else change(structure)


class _Parts:
    def __init__(self, custom_objects: Mapping[str, Any]) -> None:
        self._custom = {**keras.saving.get_custom_objects(), **custom_objects}

    def optimizer(self, config: Config) -> keras.optimizers.Optimizer:
        """The optimizer, as it was before the first batch."""
        sort = config["class_name"].rpartition(">")[2]
        sort = _OTHER_CLASSES.get(sort, sort)
        own: Any = self._custom.get(config["class_name"])
        if inspect.isclass(own) and not own.__module__.startswith("keras."):
            sort_of_ones_own: Any = own
            return sort_of_ones_own.from_config(config["config"])
        known = {one.lower(): one for one in dir(keras.optimizers)}
        found = getattr(keras.optimizers, known.get(sort.lower(), ""), None)
        if not (inspect.isclass(found) and issubclass(found, keras.optimizers.Optimizer)):
            raise Unreadable(f"Keras 3 has no optimizer {sort}; load it with `compile` false, and compile it anew")
        return optimizer_from_config(found, _with_schedule(config["config"]), _steps(config))

    def loss(self, config: Any) -> Any:
        """A loss: a name, a function or an object."""
        name = _function_name(config)
        if name is not None:
            return self._custom.get(name) or LOSSES_OF_KERAS2.get(name, name)
        sort, arguments = config["class_name"].rpartition(">")[2], config["config"]
        if self._is_class(sort):
            return self._custom[sort].from_config(arguments)
        arguments = {
            **arguments,
            "reduction": arguments.get("reduction", "auto").replace("auto", "sum_over_batch_size"),
        }
        return _made(of_keras(_class_of(keras.losses, sort, "loss"), _LOSSES.get(sort)), arguments)

    def metric(self, config: Any) -> Any:
        """A metric: a name, a function or an object."""
        name = _function_name(config)
        if name is not None:
            return name if name in _METRICS_OF_COMPILE else self._custom.get(name) or metric_named(name)
        sort, arguments = config["class_name"].rpartition(">")[2], config["config"]
        if self._is_class(sort):
            return self._custom[sort].from_config(arguments)
        function = _function_name(arguments.get("fn"))
        if function is None:
            return _made(metric_of_keras(_class_of(keras.metrics, sort, "metric")), arguments)
        if function in self._custom:
            return named(self._custom[function], arguments["name"])
        known = keras.metrics.get(metric_named(function))
        if isinstance(known, keras.metrics.Metric):
            return _made(metric_of_keras(type(known)), arguments)
        return metric_of_keras(keras.metrics.MeanMetricWrapper)(known, name=arguments["name"])

    def _is_class(self, name: str) -> bool:
        return inspect.isclass(self._custom.get(name))


def _function_name(config: Any) -> str | None:
    """The name of a function, that stands alone, or as that of one."""
    if isinstance(config, dict) and config["class_name"] == "function":
        config = config["config"]
    return config if isinstance(config, str) else None


def _class_of(module: Any, name: str, noun: str) -> Any:
    found = getattr(module, name, None)
    if not inspect.isclass(found):
        raise Unreadable(f"Keras 3 has no {noun} {name}; name it in `custom_objects`, or load it with `compile` false")
    return found


def _made(sort: Any, config: Mapping[str, Any]) -> Any:
    """An object, of the arguments that there are still."""
    known = arguments_of(sort)
    return sort(**{name: value for name, value in config.items() if name in known})


def _with_schedule(config: Config) -> Config:
    rate = config.get("learning_rate", config.get("lr"))
    if not isinstance(rate, dict):
        return config
    options = {name: value for name, value in rate["config"].items() if name != "name" or value is not None}
    schedule = getattr(keras.optimizers.schedules, rate["class_name"])(**options)
    return {**config, "learning_rate": schedule}
