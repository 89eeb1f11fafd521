"""callback_early_stopping_gl(), callback_early_stopping_pq() and callback_early_stopping_up().

The three families of stopping criteria of Prechelt, "Early stopping, but when?" (1997).
"""

import math
from collections.abc import Mapping, MutableMapping
from typing import Annotated, Any, ClassVar

from annotated_types import Ge
from typing_extensions import Doc

from ..language import Count, Described, Name, Size, r_function, refuse
from ..language.errors import ArgumentError
from ..language.wording import counted
from ..training import log_keys
from .monitored import Monitored, direction_by_name
from .stopping import StoppingWithBest

_PAPER = 'Prechelt, L. (1997), "Early stopping, but when?", in Neural Networks: Tricks of the Trade, Springer.'
_RETURNS = (
    "The callback. After the training `stopped_epoch` is the epoch (from 0) at which it stopped, and `stop_reason` says"
    " why."
)
_RAISES = (
    "ArgumentError: An argument is not what it must be; or, at the end of an epoch, an error that the criterion divides"
    " by is not above zero."
)

Monitor = Annotated[
    Name, Doc("The validation error to watch, as it is called in the logs: a quantity of which less is better.")
]
Verbose = Annotated[Count, Doc("1 says when and why the training stops, 0 nothing.")]
RestoreBest = Annotated[
    bool,
    Doc(
        "Whether the model is given the weights of the epoch with the least validation error when the training ends, "
        "early or not."
    ),
]
StartFrom = Annotated[Count, Doc("Epochs to let pass; t counts from the first one after them.")]
Strip = Annotated[Size, Doc("The length of a strip, in epochs.")]


class Criterion(Described, StoppingWithBest):
    """A criterion of the validation errors so far, whose value joins the logs.

    Args:
        owner: The R function, in whose name errors are raised.
        monitor: The validation error.
        verbose: Whether the end of the training is said.
        restore_best_weights: Whether the best weights are given back.
        start_from_epoch: Epochs to let pass.

    Attributes:
        logged_as: The name of the value in the logs.
    """

    remembered = frozenset({"errors", "_measured"})
    letters: ClassVar[str]

    def __init__(
        self, owner: str, *, monitor: str, verbose: int, restore_best_weights: bool, start_from_epoch: int
    ) -> None:
        super().__init__()
        self.owner = owner
        self.monitor = monitor
        self.verbose = verbose
        self.restore_best_weights = restore_best_weights
        self.start_from_epoch = start_from_epoch
        self.logged_as = self.letters if monitor == "val_loss" else f"{self.letters}_{monitor}"
        self.monitors = [monitor]
        self.watched = Monitored(owner, monitor, "min", 0.0, "the epoch is passed over")
        self._begin()

    def _begin(self) -> None:
        self.errors: list[float] = []
        self._measured: int | None = None
        self._error: float | None = None
        self._reason: str | None = None

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        super().on_train_begin(logs)
        self._begin()

    def measure_early(self, epoch: int, logs: MutableMapping[str, Any]) -> None:
        """Adds the value to the logs before other callbacks look at them, if what it is made of is there already."""
        if all(log_keys.find(monitor, logs) for monitor in self.monitors):
            self._measure(epoch, logs)

    def on_epoch_end(self, epoch: int, logs: MutableMapping[str, Any] | None = None) -> None:
        self._measure(epoch, {} if logs is None else logs)
        if self._error is not None:
            self.keep_if_best(epoch, self._error)
        if self._reason is not None:
            self.stop(epoch, self._reason)

    def _measure(self, epoch: int, logs: MutableMapping[str, Any]) -> None:
        if epoch == self._measured or epoch < self.start_from_epoch:
            return
        self._measured = epoch
        self._reason = None
        self._error = self._take(logs)
        if self._error is not None:
            logs[self.logged_as], self._reason = self.judge()

    def _take(self, logs: MutableMapping[str, Any]) -> float | None:
        """Adds the error of the epoch to the series; None if there is none."""
        error = self.watched.read(logs, self.model)
        if error is not None:
            self.errors.append(error)
        return error

    def judge(self) -> tuple[float, str | None]:
        """The value of the criterion for the errors so far, and why it stops, if it does."""
        raise NotImplementedError

    def loss_of_generalization(self) -> float:
        """GL(t) = 100 (E(t) / the least error so far - 1), in percent."""
        least = min((error for error in self.errors if not math.isnan(error)), default=math.nan)
        return 100 * (self.errors[-1] / self._above_zero(least, self.monitor) - 1)

    def _above_zero(self, error: float, monitor: str) -> float:
        if error <= 0:
            raise ArgumentError(
                f'{self.owner}(): "{monitor}" is {error:.4g}, and the criterion divides by it: errors must be above 0.'
            )
        return error


class GeneralizationLoss(Criterion):
    """GL."""

    letters = "gl"

    def __init__(self, *, alpha: float, **arguments: Any) -> None:
        super().__init__("callback_early_stopping_gl", **arguments)
        self.alpha = alpha

    def judge(self) -> tuple[float, str | None]:
        loss = self.loss_of_generalization()
        reason = f"the generalization loss of {self.monitor} is {loss:.4g}, above {self.alpha:.4g}"
        return loss, reason if loss > self.alpha else None


class ProgressQuotient(Criterion):
    """PQ."""

    remembered = frozenset({"training_errors"})
    letters = "pq"

    def __init__(self, *, alpha: float, k: int, training_monitor: str, **arguments: Any) -> None:
        super().__init__("callback_early_stopping_pq", **arguments)
        self.alpha = alpha
        self.k = k
        self.training_monitor = training_monitor
        self.monitors.append(training_monitor)
        self._trained = Monitored(self.owner, training_monitor, "min", 0.0, "the epoch is passed over")

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        super().on_train_begin(logs)
        self._trained.begin()
        self.training_errors: list[float] = []

    def _take(self, logs: MutableMapping[str, Any]) -> float | None:
        training_error = self._trained.read(logs, self.model)
        if training_error is None:
            return None
        error = super()._take(logs)
        if error is not None:
            self.training_errors.append(training_error)
        return error

    def judge(self) -> tuple[float, str | None]:
        loss = self.loss_of_generalization()
        if len(self.errors) < self.k:
            return math.nan, None
        progress = self.progress()
        quotient = loss / progress if progress else math.inf if loss > 0 else 0.0
        reason = f"the progress quotient of {self.monitor} is {quotient:.4g}, above {self.alpha:.4g}"
        ends_a_strip = len(self.errors) % self.k == 0
        return quotient, reason if ends_a_strip and quotient > self.alpha else None

    def progress(self) -> float:
        """P_k(t) = 1000 (mean of the last k training errors / the least of them - 1), per mille."""
        strip = self.training_errors[-self.k :]
        least = self._above_zero(min(strip), self.training_monitor)
        return 1000 * (math.fsum(strip) / (self.k * least) - 1)  # 0 to the last bit where all are equal


class RisesInARow(Criterion):
    """UP."""

    letters = "up"

    def __init__(self, *, s: int, k: int, **arguments: Any) -> None:
        super().__init__("callback_early_stopping_up", **arguments)
        self.s = s
        self.k = k

    def judge(self) -> tuple[float, str | None]:
        ends = self.errors[self.k - 1 :: self.k]
        rises = 0
        while rises + 1 < len(ends) and ends[-1 - rises] > ends[-2 - rises]:
            rises += 1
        reason = f"{self.monitor} rose in {counted(self.s, 'successive strip')} of {counted(self.k, 'epoch')}"
        return rises, reason if rises >= self.s else None


@r_function(Returns=_RETURNS, Raises=_RAISES, Source=f"{_PAPER} GL.")
def callback_early_stopping_gl(
    alpha: Annotated[float, Ge(0)],
    monitor: Monitor = "val_loss",
    verbose: Verbose = 0,
    restore_best_weights: RestoreBest = False,
    start_from_epoch: StartFrom = 0,
) -> GeneralizationLoss:
    """Stops the training when the validation error has risen too far above its minimum: Prechelt's GL.

    With E(t) the validation error after epoch t, the generalization loss GL(t) = 100 (E(t) / min(E(1), …, E(t)) - 1)
    says by how many percent the error is above the least so far. The training stops after the first epoch with
    GL(t) > alpha.

    GL is in the logs as `gl`, or as `gl_` and the name of another `monitor` than `val_loss`. An error that is NaN is
    never the least and never stops; one that is infinite stops. A least error of 0 or below has no ratio and is an
    error.

    Args:
        alpha: The generalization loss, in percent, above which the training stops; Prechelt tries 1 to 5.
    """
    arguments = locals()
    _check_error(callback_early_stopping_gl, "monitor", monitor)
    return GeneralizationLoss(**arguments)


@r_function(Returns=_RETURNS, Raises=_RAISES, Source=f"{_PAPER} PQ.")
def callback_early_stopping_pq(
    alpha: Annotated[float, Ge(0)],
    k: Annotated[int, Ge(2), Doc("The length of a strip, in epochs, 2 or more.")] = 5,
    monitor: Monitor = "val_loss",
    training_monitor: Annotated[Name, Doc("The training error, of which less is better.")] = "loss",
    verbose: Verbose = 0,
    restore_best_weights: RestoreBest = False,
    start_from_epoch: StartFrom = 0,
) -> ProgressQuotient:
    """Stops when the validation error has risen too far for the progress that training still makes: Prechelt's PQ.

    With the generalization loss GL(t) of `callback_early_stopping_gl` and the training progress
    P(t) = 1000 (mean of the training errors of the last k epochs / the least of them - 1), the training stops at the
    end of the first strip of k epochs (t is a multiple of k) with GL(t) / P(t) > alpha.

    The quotient is in the logs as `pq`, or as `pq_` and the name of another `monitor` than `val_loss`; NaN until k
    epochs are over. Where the training error makes no progress at all, P(t) = 0, the quotient is infinite, which stops,
    or 0 if GL(t) is 0 too. Errors of 0 or below have no ratio and are an error.

    Args:
        alpha: The quotient above which the training stops; Prechelt tries 0.5 to 3.
    """
    arguments = locals()
    _check_error(callback_early_stopping_pq, "monitor", monitor)
    _check_error(callback_early_stopping_pq, "training_monitor", training_monitor)
    return ProgressQuotient(**arguments)


@r_function(Returns=_RETURNS, Raises="ArgumentError: An argument is not what it must be.", Source=f"{_PAPER} UP.")
def callback_early_stopping_up(
    s: Size,
    k: Strip = 5,
    monitor: Monitor = "val_loss",
    verbose: Verbose = 0,
    restore_best_weights: RestoreBest = False,
    start_from_epoch: StartFrom = 0,
) -> RisesInARow:
    """Stops when the validation error has risen in several strips in a row: Prechelt's UP.

    UP(1) stops at the end of the first strip of k epochs (t is a multiple of k) with E(t) > E(t - k), E(t) being the
    validation error after epoch t. UP(s) stops when UP(s - 1) would have at t - k, and E(t) > E(t - k). By how much the
    error rises does not matter, nor its sign.

    The number of strips in a row that have risen so far is in the logs as `up`, or as `up_` and the name of another
    `monitor` than `val_loss`.

    Args:
        s: The number of strips in a row; Prechelt tries 2 to 8.
    """
    arguments = locals()
    _check_error(callback_early_stopping_up, "monitor", monitor)
    return RisesInARow(**arguments)


def _check_error(function: Any, argument: str, monitor: str) -> None:
    if direction_by_name(monitor) == "max":
        refuse(function, argument, monitor, "the name of an error, of which less is better")
