"""The optimizer that a model is compiled with."""

from typing import Any

import keras
import numpy as np

from .. import keras_internals
from .by_name import optimizer_named
from .keras2_rate import Keras2Rate, with_keras2_rate
from .keras2_steps import NadamSteps


def optimizer_for(model: keras.Model, optimizer: Any) -> keras.optimizers.Optimizer:
    """Makes an optimizer fit for a model.

    One that trains other weights already, as in a loop over folds or before layers were unfrozen, is copied: Keras 3
    would refuse it. As in Keras 2 both have one rate and one count of batches, and the copy has what was kept of the
    weights that it knows.

    Args:
        model: The model that is compiled.
        optimizer: An optimizer or its name.
    """
    if isinstance(optimizer, str):
        optimizer = optimizer_named(optimizer)
    if not isinstance(optimizer, Keras2Rate):
        return optimizer
    if optimizer.built and not _knows_all(optimizer, model.trainable_variables):
        optimizer = _copied(optimizer, model.trainable_variables)
    scaled = isinstance(optimizer, keras.optimizers.LossScaleOptimizer)
    if model.dtype_policy.name == "mixed_float16" and not scaled:
        # Keras does it as well, but its own has no `lr`.
        return with_keras2_rate(keras.optimizers.LossScaleOptimizer)(optimizer)
    return optimizer


def _knows_all(optimizer: Any, variables: list[Any]) -> bool:
    known = [keras_internals.is_trained_by(variable, optimizer) for variable in variables]
    return bool(known) and all(known) and len(known) == len(keras_internals.trained_by(optimizer))


def _copied(optimizer: Any, variables: list[Any]) -> Any:
    copy = type(optimizer).from_config(optimizer.get_config())
    keras_internals.counts_with(copy, optimizer)
    if not variables:  # a model has none as long as it does not know its input
        return copy
    copy.build(variables)
    known = [variable for variable in variables if keras_internals.is_trained_by(variable, optimizer)]
    for one, other in zip(_kept(copy, known), _kept(optimizer, known), strict=True):
        one.assign(np.array(other))
    return copy


def _kept(optimizer: Any, variables: list[Any]) -> list[Any]:
    slots = [slot for variable in variables for slot in keras_internals.slots(optimizer, variable)]
    return [*slots, optimizer.momentum_product] if isinstance(optimizer, NadamSteps) else slots
