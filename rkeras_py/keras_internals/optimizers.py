"""Optimizers."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import keras

# What Keras's optimizers keep for each variable; a list is empty where an option makes no use of it.
_SLOTS = {
    "SGD": ["momentums"],
    "RMSprop": ["_velocities", "_average_gradients", "_momentums"],
    "Adagrad": ["_accumulators"],
    "Adadelta": ["_accumulated_grads", "_accumulated_delta_vars"],
    "Adam": ["_momentums", "_velocities", "_velocity_hats"],
    "Adamax": ["_m", "_u"],
    "Nadam": ["_momentums", "_velocities"],
    "Ftrl": ["_accumulators", "_linears"],
    "AdamW": ["_momentums", "_velocities", "_velocity_hats"],
    "Lion": ["_momentums"],
}


def slots(optimizer: Any, variable: Any) -> list[Any]:
    """What an optimizer keeps for one of the variables that it trains."""
    return list(slots_by_name(optimizer, variable).values())


def slots_by_name(optimizer: Any, variable: Any) -> dict[str, Any]:
    """The same, by the names that Keras has for them, e.g. `momentums`."""
    index = optimizer._get_variable_index(variable)
    kept = {name: getattr(optimizer, name, []) for name in _SLOTS.get(type(optimizer).__name__, [])}
    return {name.removeprefix("_"): one[index] for name, one in kept.items() if one}


def average_of(optimizer: Any, variable: Any) -> Any:
    """The average of a variable that an optimizer trains, over all batches; None where it keeps none."""
    index = optimizer._get_variable_index(variable)
    return optimizer._model_variables_moving_average[index] if optimizer.use_ema else None


def momentum_product(optimizer: Any) -> Any:
    """The variable in which Keras's Nadam keeps the product of all momenta so far; None of other optimizers."""
    return getattr(optimizer, "_u_product", None)


def is_trained_by(variable: keras.Variable, optimizer: keras.optimizers.Optimizer) -> bool:
    """Whether an optimizer was built for a variable."""
    return optimizer._var_key(variable) in optimizer._trainable_variables_indices


def trained_by(optimizer: keras.optimizers.Optimizer) -> list[Any]:
    """The variables that an optimizer was built for."""
    return list(optimizer._trainable_variables)


def counts_with(optimizer: keras.optimizers.Optimizer, other: keras.optimizers.Optimizer) -> None:
    """Has an optimizer that was not built yet go by the rate and the count of batches of another one."""
    for name in ("_iterations", "_learning_rate"):
        if isinstance(getattr(other, name), keras.Variable):
            optimizer._untrack_variable(getattr(optimizer, name))
            setattr(optimizer, name, getattr(other, name))


class OptimizerHooks:
    """Mixed into a Keras optimizer: what Keras does between the gradients and the steps, under names of our own."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def clipped(self, gradients: list[Any], by_keras: Callable[[list[Any]], list[Any]]) -> list[Any]:
        """The gradients as they are to be used."""
        return by_keras(gradients)

    def _clip_gradients(self, grads: Any) -> list[Any]:
        return self.clipped(list(grads), super()._clip_gradients)  # type: ignore[misc]

    def _update_model_variables_moving_average(self, trainable_variables: Any) -> None:
        # As Keras 2: the first average has a share of the weights that training began with.
        averages = self._model_variables_moving_average if self.use_ema else []
        for variable, average in zip(trainable_variables, averages, strict=False):
            if average is not None:
                average.assign(self.ema_momentum * average + (1 - self.ema_momentum) * variable)


class NadamHooks:
    """Mixed into Keras's Nadam: the product of all momenta so far is made of `momentum_at`."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    @property
    def momentum_product(self) -> Any:
        """The variable that keeps it."""
        return self._u_product

    def _backend_update_step(self, grads: Any, trainable_variables: Any, learning_rate: Any) -> None:
        step = keras.ops.cast(self.iterations, self._u_product.dtype) + 1.0
        self.assign(self._u_product, self._u_product * self.momentum_at(step))
        super(keras.optimizers.Nadam, self)._backend_update_step(grads, trainable_variables, learning_rate)  # type: ignore[misc]
