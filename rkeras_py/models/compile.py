"""compile()."""

import ast
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import keras

from .. import keras_internals
from ..language import MISSING, Retired, Size, r_function
from ..language.compound import InstanceOf
from ..language.identifiers import Loss, Metrics, Optimizer
from ..language.kinds import Unfit
from ..metrics.by_output import metrics_for
from ..metrics.of_floats import of_floats
from ..optimizers.for_model import optimizer_for
from .trainable import note_trainable


class ModelNotSource(InstanceOf):
    """A model; `from rkeras_py import *` hides Python's own `compile`, which is said where its argument arrives."""

    def __init__(self) -> None:
        super().__init__(keras.Model)

    def convert(self, value: Any) -> Any:
        if isinstance(value, str | bytes | bytearray | memoryview | ast.AST):
            raise Unfit(" Python source is compiled by builtins.compile().")
        return super().convert(value)


@r_function
def compile(
    object: Annotated[keras.Model, ModelNotSource()],
    optimizer: Optimizer | None = MISSING,
    loss: Loss | None = MISSING,
    metrics: Metrics | None = None,
    loss_weights: Sequence[float] | Mapping[str, float] | None = None,
    sample_weight_mode: Annotated[str | None, Retired("weights for each step are given to `fit` as a matrix.")] = None,
    weighted_metrics: Metrics | None = None,
    target_tensors: Annotated[object, Retired("targets are given to `fit`.")] = None,
    run_eagerly: bool | None = None,
    steps_per_execution: Size | None = None,
    *,
    jit_compile: bool | Literal["auto"] = "auto",
) -> keras.Model:
    """Says how a model is to be trained.

    An optimizer that is given by its name is the one that `optimizer_adam()` and so on make by default. One that trains
    another model already is copied; both share one rate and one count of batches, as in Keras 2.

    Args:
        object: The model.
        optimizer: The name of an optimizer, e.g. `"adam"`, or an optimizer; `"rmsprop"` if missing.
        loss: The name of a loss, e.g. `"mse"`, a function of the targets and the predictions, or a loss; a list or a
            named list of them for several outputs; missing for none but those that layers add.
        metrics: Names of metrics, e.g. `"accuracy"`, functions of the targets and the predictions, or metrics; a named
            list for several outputs, or else they are for each of them. They are logged under the names that are given
            here, as functions are in `list(name = f)`.
        loss_weights: How much the loss of each output counts.
        sample_weight_mode: Not used any more.
        weighted_metrics: Metrics that weight the samples as the loss does.
        target_tensors: Not used any more.
        run_eagerly: Whether Python code runs at every batch instead of being traced once, to debug it; it does not if
            `None`.
        steps_per_execution: Batches that are trained at a time, 1 if `None`; hooks of batches are called once for them.
        jit_compile: Whether the model is compiled by XLA; `"auto"` where that is possible.

    Returns:
        The model itself.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `compile`; Keras, `Model.compile`.
    """
    options = {name: value for name, value in locals().items() if name not in ("object", *_NOT_KERAS_3)}
    options |= {"run_eagerly": bool(run_eagerly), "steps_per_execution": steps_per_execution or 1}
    options["loss"] = None if loss is MISSING else loss
    options["optimizer"] = optimizer_for(object, "rmsprop" if optimizer in (None, MISSING) else optimizer)
    outputs = _outputs(object)
    options["metrics"] = metrics_for(metrics, outputs)
    options["weighted_metrics"] = metrics_for(weighted_metrics, outputs)
    object.compile(**options)
    keras_internals.forget_last_compile(object)
    keras_internals.compute_metrics_by(object, of_floats)
    note_trainable(object)
    return object


def _outputs(model: keras.Model) -> Sequence[str]:
    """The names of the outputs, as far as they are known."""
    if isinstance(model, keras.Sequential):  # which does not tell in every version of Keras
        return [layer.name for layer in model.layers[-1:]]
    return getattr(model, "output_names", None) or ()


_NOT_KERAS_3 = ("sample_weight_mode", "target_tensors")
