"""fit_generator(), evaluate_generator() and predict_generator(), which fit(), evaluate() and predict() do too, and
generator_next().
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

import keras
from annotated_types import Ge

from ..callbacks.as_list import Callbacks
from ..language import Count, RDefault, Retired, Size, r_function, refuse
from ..language.notices import warn
from .data import Generator, Validation, class_weights
from .feed import Feed
from .feeding import fed
from .history import TrainingHistory
from .sources import is_function
from .training import evaluate, fit, predict


@r_function
def fit_generator(
    object: keras.Model,
    generator: Generator,
    steps_per_epoch: Size,
    epochs: Size = 1,
    verbose: Annotated[int, Ge(0), RDefault('getOption("keras.fit_verbose", default = 1)')] = 1,
    callbacks: Callbacks | None = None,
    view_metrics: Annotated[
        bool | Literal["auto"],
        RDefault('getOption("keras.view_metrics", default = "auto")'),
        Retired("there is no live view of the metrics.", also_kept=(False,)),
    ] = "auto",
    validation_data: Validation | None = None,
    validation_steps: Size | None = None,
    class_weight: Mapping[str, float] | None = None,
    max_queue_size: Size = 10,
    workers: Count = 1,
    initial_epoch: Count = 0,
) -> TrainingHistory:
    """Trains a compiled model on batches from a generator, as `fit` does too.

    Args:
        object: The model.
        generator: What gives batches, as `fit` says.
        steps_per_epoch: Batches in an epoch.
        epochs: The last epoch to train, counted from 1.
        verbose: 0 shows nothing, 1 a progress bar, 2 a line an epoch.
        callbacks: A callback or a list of callbacks.
        view_metrics: Not used any more.
        validation_data: Samples and targets, and weights if need be, to validate on after each epoch; or a generator.
        validation_steps: Batches to validate on.
        class_weight: A weight for each class, by its number.
        max_queue_size: How many batches of a Keras data set wait for their step, where there are several `workers`.
        workers: How many threads make the batches of a Keras data set, such as one of images; a function and an
            iterator are asked for one batch after the other.
        initial_epoch: The epoch to begin with, counted from 0.

    Returns:
        The history of the training, as of `fit`.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `fit_generator`; Keras 2, `Model.fit_generator`, which Keras 3 has not got.
    """
    weights = class_weights(fit_generator, class_weight)
    x = fed(
        *(fit_generator, "generator", generator, object, steps_per_epoch),
        goes_on=True,
        shuffle=isinstance(generator, keras.utils.PyDataset),
        class_weight=weights,
    )
    _employ(fit_generator, x, max_queue_size, workers)
    return fit(
        object,
        x,
        epochs=epochs,
        verbose=verbose,
        callbacks=callbacks,
        validation_data=fed(fit_generator, "validation_data", validation_data, object, validation_steps),
        class_weight=None if isinstance(x, Feed) else class_weight,
        initial_epoch=initial_epoch,
        steps_per_epoch=steps_per_epoch,
        validation_steps=validation_steps,
    )


@r_function
def evaluate_generator(
    object: keras.Model,
    generator: Generator,
    steps: Size,
    max_queue_size: Size = 10,
    workers: Count = 1,
    callbacks: Callbacks | None = None,
) -> dict[str, float]:
    """Evaluates a model on batches from a generator, as `evaluate` does too.

    Args:
        object: The model.
        generator: What gives batches, as `fit` says.
        steps: Batches to evaluate.
        max_queue_size: How many batches of a Keras data set wait for their step, where there are several `workers`.
        workers: How many threads make the batches of a Keras data set.
        callbacks: A callback or a list of callbacks, for their test hooks.

    Returns:
        The loss and the metrics, by name.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `evaluate_generator`; Keras 2, `Model.evaluate_generator`, which Keras 3 has not got.
    """
    x = fed(evaluate_generator, "generator", generator, object, steps)
    _employ(evaluate_generator, x, max_queue_size, workers)
    return evaluate(object, x, verbose=0, steps=steps, callbacks=callbacks)


@r_function
def predict_generator(
    object: keras.Model,
    generator: Generator,
    steps: Size,
    max_queue_size: Size = 10,
    workers: Count = 1,
    verbose: Count = 0,
    callbacks: Callbacks | None = None,
) -> Any:
    """Predicts the outputs for batches from a generator, as `predict` does too.

    Args:
        object: The model.
        generator: What gives batches, as `fit` says; their targets do not count.
        steps: Batches to predict.
        max_queue_size: How many batches of a Keras data set wait for their step, where there are several `workers`.
        workers: How many threads make the batches of a Keras data set.
        verbose: 0 shows nothing, 1 a progress bar.
        callbacks: A callback or a list of callbacks, for their predict hooks.

    Returns:
        An array, the first dimension counts the samples, or a list of arrays for several outputs.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `predict_generator`; Keras 2, `Model.predict_generator`, which Keras 3 has not got.
    """
    x = fed(predict_generator, "generator", generator, object, steps)
    _employ(predict_generator, x, max_queue_size, workers)
    return predict(object, x, verbose=verbose, steps=steps, callbacks=callbacks)


@r_function
def generator_next(generator: object, completed: object = None) -> Any:
    """The next batch of a generator.

    Args:
        generator: An iterator, such as one of images, or a function without arguments.
        completed: What is returned where there are no more batches.

    Returns:
        What the generator gives: a list of samples and targets.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `generator_next`; Python, `next`.
    """
    if is_function(generator):
        batch = generator()  # type: ignore[operator]
        return completed if batch is None else batch
    if not hasattr(generator, "__next__"):
        refuse(generator_next, "generator", generator, "an iterator or a function without arguments")
    return next(generator, completed)


def _employ(function: Callable[..., Any], x: Any, max_queue_size: int, workers: int) -> None:
    """Has the batches of a Keras data set made by threads, or says that they are not."""
    if isinstance(x, keras.utils.PyDataset):
        if workers > 1:
            x.workers, x.max_queue_size = workers, max_queue_size
        return
    for argument, value, usual in (("workers", workers, 1), ("max_queue_size", max_queue_size, 10)):
        if value > usual:
            message = f"`{argument}` is not used: the batches of such a generator are made one after the other."
            warn(function.__name__, message, stacklevel=4)
