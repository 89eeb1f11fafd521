"""callback_progbar_logger()."""

from collections.abc import Sequence
from typing import Annotated, Literal

import keras

from ..semantics import Described, RDefault, r_function


class ProgbarLogger(Described, keras.callbacks.ProgbarLogger):
    """Keeps the promise that the two arguments are taken; Keras uses it in place of its own bar, not beside it."""

    def __init__(self, count_mode: str, stateful_metrics: list[str] | None) -> None:
        super().__init__()
        self.count_mode = count_mode
        self.stateful_metrics = stateful_metrics


@r_function
def callback_progbar_logger(
    count_mode: Annotated[Literal["samples", "steps"], RDefault('"samples"')] = "samples",
    stateful_metrics: Sequence[str] | None = None,
) -> keras.callbacks.ProgbarLogger:
    """Shows the progress of the training as a bar, with the metrics.

    There is one bar, also where `fit` is asked to show one, and none with `verbose = 0`.

    Args:
        count_mode: Whether the bar counts `"samples"` or `"steps"` (batches). Keras 3 tells a callback the number of
            steps alone, so steps are shown for both.
        stateful_metrics: The metrics that are to be shown as they are and not averaged over an epoch. Keras 3 averages
            all of them before it shows them, so this makes no difference.

    Returns:
        The callback.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `callback_progbar_logger`; Keras, `keras.callbacks.ProgbarLogger`.
    """
    return ProgbarLogger(**locals())
