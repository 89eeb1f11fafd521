"""The learning rate of a model, however many optimizers it has."""

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

import keras

from ..language import contract_of


def optimizers(model: keras.Model) -> Iterator[tuple[str, keras.optimizers.Optimizer]]:
    """The optimizers that have a rate, each with the key under which the rate is logged.

    R keras 2.2 logs `lr`; where a model has several optimizers their names are added, or else their numbers.
    """
    optimizer = model.optimizer
    optimizer = getattr(optimizer, "inner_optimizer", optimizer)  # under mixed precision
    several = getattr(optimizer, "optimizers", None)
    if several is None:
        yield "lr", optimizer
    else:
        names = [one.name for one in several]
        for number, one in enumerate(several):
            yield f"lr_{one.name}" if names.count(one.name) == 1 else f"lr_{one.name}_{number}", one


def get(optimizer: keras.optimizers.Optimizer) -> float:
    """The rate in force."""
    return float(keras.ops.convert_to_numpy(optimizer.learning_rate))


def log(model: keras.Model, logs: MutableMapping[str, Any]) -> None:
    """Adds the rate in force to the logs of an epoch: the one it began with, whoever changes it at its end."""
    for key, optimizer in optimizers(model):
        logs.setdefault(key, get(optimizer))


def check_settable(owner: Callable[..., Any], model: keras.Model) -> None:
    """Refuses an optimizer whose rate follows a schedule of its own: no callback can set it.

    Raises:
        ValueError: On behalf of the R function `owner`.
    """
    for _, optimizer in optimizers(model):
        try:
            optimizer.learning_rate = get(optimizer)
        except TypeError:
            raise ValueError(
                f"{contract_of(owner).name}(): the learning rate of {type(optimizer).__name__} follows a "
                "LearningRateSchedule and cannot be set. Compile the model with a number as learning rate, or leave "
                "the callback out."
            ) from None


def take_over(model: keras.Model) -> None:
    """Honours `optimizer.lr = …` on an optimizer of Keras's own, where it would be an attribute without a meaning.

    From then on `lr` reads as the rate in force.
    """
    for _, optimizer in optimizers(model):
        assigned = vars(optimizer).get("lr")
        if assigned is None:
            continue
        if not isinstance(assigned, _TakenOver):
            optimizer.learning_rate = float(keras.ops.convert_to_numpy(assigned))
        vars(optimizer)["lr"] = _TakenOver(get(optimizer))


class _TakenOver(float):
    """A rate that was read back, to be told from one that was assigned since."""
