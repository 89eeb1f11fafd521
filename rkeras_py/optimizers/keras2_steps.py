"""The steps that the optimizers of Keras 2 made (`tf.keras.optimizers.legacy`), where those of Keras 3 are others."""

from collections.abc import Callable
from typing import Any

import keras

from .. import keras_internals
from . import sparse

ops = keras.ops


class Keras2Steps(keras_internals.OptimizerHooks):
    """Mixed into a Keras optimizer: gradients of embeddings, clipping and averages of weights are those of Keras 2.

    Where a word occurs twice in a batch, its gradient is the sum. Keras 3 squares what each occurrence has, and adds up
    the squares.
    """

    steps_of_keras2 = "legacy"

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        """Trains one variable."""
        alone = self.touched_alone(variable)
        rows = sparse.touched(gradient, variable) if alone else None
        before = [] if rows is None else [ops.copy(one) for one in alone]
        self.step(gradient if self.takes_sparse() else sparse.summed(gradient, variable), variable, learning_rate)
        for one, was in zip(alone, before, strict=False):
            self.assign(one, ops.where(rows, ops.convert_to_tensor(one), was))

    def step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        """The step itself, with a gradient for all rows."""
        super().update_step(gradient, variable, learning_rate)  # type: ignore[misc]

    def takes_sparse(self) -> bool:
        """Whether the step is right, and faster, with a gradient for some rows."""
        return False

    def touched_alone(self, variable: Any) -> list[Any]:
        """The variables that a step changes in the rows that the batch has touched, and not in others."""
        return []

    def clipped(self, gradients: list[Any], by_keras: Callable[[list[Any]], list[Any]]) -> list[Any]:
        """Cuts the entries first, then shortens the gradients."""
        largest = self.clipvalue_first or self.clipvalue
        if largest:
            gradients = [sparse.mapped(lambda entry: ops.clip(entry, -largest, largest), one) for one in gradients]
        if self.global_clipnorm:
            return sparse.clipped_by_global_norm(gradients, self.global_clipnorm)
        return by_keras(gradients) if self.clipnorm else gradients

    def apply(self, grads: Any, trainable_variables: Any = None) -> None:
        """Makes a step with the gradients of a batch; Keras scales and gathers none that have some rows only."""
        if self.loss_scale_factor is not None or self.gradient_accumulation_steps:
            variables = keras_internals.trained_by(self) if trainable_variables is None else list(trainable_variables)
            grads = [sparse.summed(*pair) for pair in zip(grads, variables, strict=True)]
            trainable_variables = None if trainable_variables is None else variables
        super().apply(grads, trainable_variables)  # type: ignore[misc]

    def finalize_variable_values(self, var_list: Any) -> None:
        """Ends a training: averages replace the weights, and are not the same memory, which JAX gives away."""
        super().finalize_variable_values(var_list)  # type: ignore[misc]
        if self.use_ema:
            for variable in var_list:
                variable.assign(ops.copy(variable))

    def add_variable_from_reference(
        self, reference_variable: Any, name: str | None = None, initializer: Any = "zeros"
    ) -> Any:
        """A variable of the optimizer; averages begin with the weights, before the first step is made."""

        def weights(shape: Any, dtype: Any = None) -> Any:
            return ops.copy(ops.cast(reference_variable, dtype))  # or else in the same memory

        begin = weights if name == "average" else initializer
        return super().add_variable_from_reference(  # type: ignore[misc]
            reference_variable, name=name, initializer=begin
        )


class WholeRows(Keras2Steps):
    """Rows that the batch has not touched stay as they are, and so does what is kept of them."""

    def touched_alone(self, variable: Any) -> list[Any]:
        return [variable, *keras_internals.slots(self, variable)]


class SGDSteps(WholeRows):
    """Momentum does not carry on rows that the batch has not touched."""

    def takes_sparse(self) -> bool:
        return not self.momentum

    def touched_alone(self, variable: Any) -> list[Any]:
        return super().touched_alone(variable) if self.momentum else []


class RMSpropSteps(WholeRows):
    """Divides by `sqrt(v) + epsilon`, not by `sqrt(v + epsilon)`, which holds small gradients back.

    With momentum Keras 2 added epsilon below the root as well, and left alone rows that were not touched.
    """

    def touched_alone(self, variable: Any) -> list[Any]:
        return super().touched_alone(variable) if self.momentum else []

    def step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        if self.momentum:
            super().step(gradient, variable, learning_rate)
            return
        rate, gradient = ops.cast(learning_rate, variable.dtype), ops.cast(gradient, variable.dtype)
        square, *centers = keras_internals.slots(self, variable)
        self.assign(square, self.rho * square + (1 - self.rho) * ops.square(gradient))
        below = ops.copy(square)
        for center in centers:
            self.assign(center, self.rho * center + (1 - self.rho) * gradient)
            below = ops.maximum(below - ops.square(center), 0.0)  # by rounding it may be less
        self.assign_sub(variable, rate * gradient / (ops.sqrt(below) + self.epsilon))


class AdagradSteps(Keras2Steps):
    """Divides by `sqrt(a) + epsilon`, not by `sqrt(a + epsilon)`."""

    def step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        rate, gradient = ops.cast(learning_rate, variable.dtype), ops.cast(gradient, variable.dtype)
        (squares,) = keras_internals.slots(self, variable)
        self.assign_add(squares, ops.square(gradient))
        self.assign_sub(variable, rate * gradient / (ops.sqrt(squares) + self.epsilon))


class NadamSteps(keras_internals.NadamHooks, Keras2Steps):
    """The momentum is warmed up as slowly as `schedule_decay` says; Keras 3 has 1 for it, Keras 2 had 0.004."""

    def touched_alone(self, variable: Any) -> list[Any]:
        return [variable]

    def momentum_at(self, step: Any) -> Any:
        """The momentum of a step, counted from 1."""
        return self.beta_1 * (1.0 - 0.5 * ops.power(0.96, self.schedule_decay * step))

    def step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        rate, gradient = ops.cast(learning_rate, variable.dtype), ops.cast(gradient, variable.dtype)
        step = ops.cast(self.iterations, variable.dtype) + 1.0
        product = ops.cast(self.momentum_product, variable.dtype)  # of all momenta up to this step
        now, then = self.momentum_at(step), self.momentum_at(step + 1.0)
        mean, square = keras_internals.slots(self, variable)
        self.assign_add(mean, (gradient - mean) * (1 - self.beta_1))
        self.assign_add(square, (ops.square(gradient) - square) * (1 - self.beta_2))
        ahead = (1.0 - now) * gradient / (1.0 - product) + then * mean / (1.0 - product * then)
        unbiased = square / (1.0 - ops.power(ops.cast(self.beta_2, variable.dtype), step))
        self.assign_sub(variable, rate * ahead / (ops.sqrt(unbiased) + self.epsilon))


STEPS: dict[str, type[Keras2Steps]] = {
    **{"SGD": SGDSteps, "RMSprop": RMSpropSteps, "Adagrad": AdagradSteps, "Nadam": NadamSteps},
    **dict.fromkeys(["Adadelta", "Adamax", "Ftrl"], WholeRows),
}
