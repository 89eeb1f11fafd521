"""Whether this is training, and values that depend on it or on another condition."""

from typing import Annotated, Any

from keras import ops
from typing_extensions import Doc

from .. import keras_internals
from ..language import refuse
from ..language.notices import warn
from ..language.tensors import is_tensor
from .arguments import AnyTensor, TensorOrTensors
from .declaring import as_tensors, backend, returned
from .tracing import is_symbolic


class TensorsOrFunction(TensorOrTensors):
    """Tensors, or a function of no arguments that returns them."""

    def wants(self) -> str:
        return "a tensor, an array or a number, or a function that returns one"

    def convert(self, value: Any) -> Any:
        if callable(value) and not is_tensor(value) and not isinstance(value, type):
            return value
        return super().convert(value)


Branch = Annotated[Any, TensorsOrFunction()]
Training = Annotated[
    AnyTensor | None,
    Doc("Whether this is training; what the layer that this is called in was called with, or the phase, if `None`."),
]


class _Phase:
    """What k_set_learning_phase() has set: 0, 1 or nothing."""

    set: int | None = None


phase = _Phase()


@backend("", returns="0 or 1.")
def k_learning_phase() -> Any:
    """The phase: 1 in training and 0 otherwise; 0 outside of layers, unless it was set.

    Among the inputs of `k_function()` it stands for whether that is to compute as in training.
    """
    return int(_training(None))


@backend("", returns="Nothing.")
def k_set_learning_phase(value: Annotated[int, Doc("0 for test, 1 for training.")]) -> None:
    """Sets the phase that `k_learning_phase()`, `k_in_train_phase()` and `k_function()` go by.

    In Keras 3 there is none for layers: they go by `training`, which `fit()` and `predict()` give.
    """
    if value not in (0, 1):
        refuse(k_set_learning_phase, "value", value, "0 or 1")
    phase.set = value
    if value == 1:
        warn(
            "k_set_learning_phase",
            "layers of Keras 3 know no phase: call the model with `training` to have it compute as in training.",
        )


@backend("ops.where", calls_users=True)
def k_in_train_phase(
    x: Annotated[Branch, Doc("What is returned in training: a tensor, or a function that returns one.")],
    alt: Annotated[Branch, Doc("What is returned otherwise.")],
    training: Training = None,
) -> Any:
    """One of two tensors, by the phase."""
    return _chosen(k_in_train_phase, _training(training), x=x, alt=alt)


@backend("ops.where", calls_users=True)
def k_in_test_phase(
    x: Annotated[Branch, Doc("What is returned outside of training: a tensor, or a function that returns one.")],
    alt: Annotated[Branch, Doc("What is returned in training.")],
    training: Training = None,
) -> Any:
    """One of two tensors, by the phase."""
    return _chosen(k_in_test_phase, _training(training), alt=alt, x=x)


@backend("ops.where", calls_users=True)
def k_switch(
    condition: Annotated[
        AnyTensor, Doc("A tensor of booleans or numbers: a scalar, or for the first axes of the others.")
    ],
    then_expression: Annotated[Branch, Doc("What is taken where it holds: a tensor, or a function that returns one.")],
    else_expression: Annotated[Branch, Doc("What is taken elsewhere.")],
) -> Any:
    """One of two tensors, or elements of the one and the other, by a condition.

    In a compiled graph both are computed, as the condition is not known before.
    """
    return _chosen(k_switch, condition, then_expression=then_expression, else_expression=else_expression)


def _training(given: Any) -> Any:
    if given is not None:
        return given
    in_layer = keras_internals.training_of_call()
    return in_layer if in_layer is not None else (phase.set or 0)


def _chosen(function: Any, condition: Any, **branches: Any) -> Any:
    """The first branch where the condition holds, the second where it does not."""
    if isinstance(condition, int) or (not is_symbolic(condition) and not len(condition.shape)):
        name, branch = list(branches.items())[0 if bool(condition) else 1]
        return _value(function, name, branch, for_effect=True)
    then, otherwise = (_value(function, name, branch) for name, branch in branches.items())
    if isinstance(then, list):
        return [_where(condition, *both) for both in zip(then, otherwise, strict=True)]
    return _where(condition, then, otherwise)


def _where(condition: Any, x: Any, alt: Any) -> Any:
    behind = max(len(getattr(x, "shape", ())), len(getattr(alt, "shape", ()))) - len(condition.shape)
    for _ in range(behind if len(condition.shape) else 0):
        condition = ops.expand_dims(condition, -1)
    return ops.where(ops.cast(condition, "bool"), x, alt)


def _value(function: Any, name: str, branch: Any, for_effect: bool = False) -> Any:
    """What a branch is, or returns; where it alone is called, that may be nothing."""
    if not callable(branch) or is_tensor(branch):
        return as_tensors(branch)
    value = branch()
    return None if value is None and for_effect else returned(function, name, value)
