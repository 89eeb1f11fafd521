"""callback_lambda()."""

from collections.abc import Callable
from typing import Any

import keras

from ..language import Described, r_function
from ..training.hooks import attach, check_arity, offered

Hook = Callable[..., Any]


class LambdaCallback(Described, keras.callbacks.LambdaCallback):
    """Keeps the promises that hooks are called by position, that NULL is no hook, and that `on_batch_end` and
    `on_train_batch_end` are both called where both are given, in this order.
    """

    def __init__(self, **hooks: Hook | None) -> None:
        super().__init__()
        attach(self, {name: hook for name, hook in hooks.items() if hook is not None})


@r_function
def callback_lambda(
    on_epoch_begin: Hook | None = None,
    on_epoch_end: Hook | None = None,
    on_batch_begin: Hook | None = None,
    on_batch_end: Hook | None = None,
    on_train_batch_begin: Hook | None = None,
    on_train_batch_end: Hook | None = None,
    on_train_begin: Hook | None = None,
    on_train_end: Hook | None = None,
    on_predict_batch_begin: Hook | None = None,
    on_predict_batch_end: Hook | None = None,
    on_predict_begin: Hook | None = None,
    on_predict_end: Hook | None = None,
    on_test_batch_begin: Hook | None = None,
    on_test_batch_end: Hook | None = None,
    on_test_begin: Hook | None = None,
    on_test_end: Hook | None = None,
) -> keras.callbacks.LambdaCallback:
    """Makes a callback out of functions.

    Each function is called by position, with as many arguments as it takes: hooks of epochs and batches with the index
    (from 0) and the logs, the others with the logs. What they return is not looked at, and what they raise ends the
    training as it is.

    After a batch, the logs have the loss and the metrics that are means for that batch alone, beside `batch` and
    `size` (in samples); in a `fit` of Keras's own, callbacks in front of this one see them so too. Metrics that are no
    means, AUC for one, are those of the epoch so far. With `steps_per_execution` a batch is what is trained at a time.
    In all logs `acc` finds `accuracy` and the other way round.

    Args:
        on_epoch_begin: Called with (epoch, logs) at the beginning of every epoch.
        on_epoch_end: Called with (epoch, logs) at the end of every epoch.
        on_batch_begin: Called with (batch, logs) before every training batch.
        on_batch_end: Called with (batch, logs) after every training batch.
        on_train_batch_begin: The same as `on_batch_begin`; where both are given both are called, this one second.
        on_train_batch_end: The same as `on_batch_end`; where both are given both are called, this one second.
        on_train_begin: Called with (logs) at the beginning of the training.
        on_train_end: Called with (logs) at the end of the training.
        on_predict_batch_begin: Called with (batch, logs) before every batch of a prediction.
        on_predict_batch_end: Called with (batch, logs) after every batch of a prediction.
        on_predict_begin: Called with (logs) at the beginning of a prediction.
        on_predict_end: Called with (logs) at the end of a prediction.
        on_test_batch_begin: Called with (batch, logs) before every batch of an evaluation or validation.
        on_test_batch_end: Called with (batch, logs) after every batch of an evaluation or validation.
        on_test_begin: Called with (logs) at the beginning of an evaluation or validation.
        on_test_end: Called with (logs) at the end of an evaluation or validation.

    Returns:
        The callback.

    Raises:
        ArgumentError: An argument is no function, or a function of more arguments than it will be given.

    Source:
        R keras 2.2.5.0, `callback_lambda`; Keras, `keras.callbacks.LambdaCallback`.
    """
    hooks = locals()
    for name, hook in hooks.items():
        if hook is not None:
            check_arity(callback_lambda, name, hook, offered(name))
    return LambdaCallback(**hooks)
