"""callback_progbar_logger()."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal

import keras

from ..language import Described, RDefault, r_function
from ..training.batch_logs import ledger_of


class ProgbarLogger(Described, keras.callbacks.ProgbarLogger):
    """Keeps the promises that the bar counts samples, and that there are whole lines where the output is no terminal.

    Keras uses it in place of its own bar, not beside it.
    """

    def __init__(self, count_mode: str, stateful_metrics: list[str] | None) -> None:
        super().__init__()
        self.count_mode = count_mode
        self.stateful_metrics = stateful_metrics
        self._sizes: Callable[[int], int] | None = None

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        ledger = ledger_of(self.model)
        self._sizes = ledger.size_of if self.count_mode == "samples" else None
        if self._sizes is not None:
            self.target = ledger.samples
        super().on_epoch_begin(epoch, logs)
        if self._sizes is not None:
            self.progbar.unit_name = "sample"
        if not _is_terminal():
            self.progbar.verbose = min(self.progbar.verbose, 1) * 2

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        if self._sizes is None:
            super().on_train_batch_end(batch, logs)
            return
        self.seen = min(self._sizes(0) * (batch + 1), self.target or 0)
        if self.verbose == 1:
            self.progbar.update(self.seen, list((logs or {}).items()), finalize=False)


def _is_terminal() -> bool:
    return "ipykernel" in sys.modules or sys.stdout.isatty()


@r_function
def callback_progbar_logger(
    count_mode: Annotated[Literal["samples", "steps"], RDefault('"samples"')] = "samples",
    stateful_metrics: Sequence[str] | None = None,
) -> keras.callbacks.ProgbarLogger:
    """Shows the progress of the training as a bar, with the metrics.

    There is one bar, also where `fit` is asked to show one, and none with `verbose = 0`. Where the output is no
    terminal, there is a line an epoch.

    Args:
        count_mode: Whether the bar counts `"samples"` or `"steps"` (batches). Samples can be counted by `fit` of this
            package, where `x` is an array; steps are shown elsewhere.
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
