"""A training, an evaluation or a prediction that is fed from generators."""

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import keras

from ..language import refuse
from ..language.notices import warn
from ..language.wording import RCallable, show
from .feed import Feed
from .sources import source_of


class Feeder(keras.callbacks.Callback):
    """Stands last among the callbacks of a training that is fed batch by batch.

    Args:
        trained: What is trained on, evaluated or predicted, if it is fed.
        validated: What is validated on, likewise.

    Attributes:
        trained: The feed of what is trained on, evaluated or predicted.
        reason: Why the training ended, where there were no more batches.
    """

    def __init__(self, trained: Any, validated: Any = None) -> None:
        super().__init__()
        self.reason: str | None = None
        self.trained = trained if isinstance(trained, Feed) else None
        self._validated = validated if isinstance(validated, Feed) else None

    @property
    def feeds(self) -> list[Feed]:
        """What there is to feed."""
        return [feed for feed in (self.trained, self._validated) if feed is not None]

    def on_train_begin(self, logs: Any = None) -> None:
        for feed in self.feeds:
            feed.started = True

    def on_test_begin(self, logs: Any = None) -> None:
        self.on_train_begin()

    def on_predict_begin(self, logs: Any = None) -> None:
        self.on_train_begin()

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        self._fill(self.trained)

    def on_test_batch_begin(self, batch: int, logs: Any = None) -> None:
        self._fill(self._validated if self._validates else self.trained)

    def on_predict_batch_begin(self, batch: int, logs: Any = None) -> None:
        self._fill(self.trained)

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self._validates = True

    _validates = False

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        if self.trained is None or epoch + 1 >= self.params["epochs"] or self.model.stop_training:
            return
        if not self.trained.has_more():
            self.reason = "there were no more batches"
            self.model.stop_training = True
            warn(self.trained.name, f"there were no more batches after epoch {epoch + 1}.", stacklevel=8)

    def _fill(self, feed: Feed | None) -> None:
        if feed is not None:
            feed.fill(self.model.steps_per_execution)


def fed(
    function: Callable[..., Any],
    argument: str,
    x: Any,
    model: keras.Model,
    steps: int | None,
    *,
    goes_on: bool = False,
    shuffle: bool = False,
    class_weight: Mapping[int, float] | None = None,
) -> Any:
    """What Keras is given for `x`.

    Args:
        function: The R function that trains, for messages.
        argument: Its argument.
        x: What it was given.
        model: The model.
        steps: The batches of an epoch, if these are set.
        goes_on: Whether an epoch goes on where the one before has ended, as in a training.
        shuffle: Whether batches that have numbers are to come in another order.
        class_weight: A weight for each class, by its number.

    Returns:
        A `Feed` where batches are drawn one by one, else `x` or something like it.
    """
    source = source_of(x, steps, goes_on, shuffle)
    if source is not None:
        r_list = isinstance(x, RCallable)
        return Feed(function, argument, source, model, steps, goes_on, class_weight, r_list)
    if goes_on and steps is not None and hasattr(x, "cardinality") and hasattr(x, "repeat"):
        return x.repeat()  # the epochs of a tf.data.Dataset do not end with it
    return x


@contextmanager
def feeding(feeder: Feeder) -> Iterator[None]:
    """Lets Keras train on what is fed: that an epoch ends with the data is no news."""
    with ExitStack() as after, warnings.catch_warnings():
        for feed in feeder.feeds:
            after.callback(feed.close)
            warnings.filterwarnings("ignore", "Your input ran out of data")
        if feeder.trained is not None:
            feeder.trained.first()  # Keras has no words for none
        yield


@contextmanager
def ready(function: Callable[..., Any], model: keras.Model, arguments: dict[str, Any]) -> Iterator[None]:
    """Has an evaluation or a prediction be fed, where `x` is for that.

    Args:
        function: The R function that was called.
        model: The model.
        arguments: What Keras is to be given, which is changed.
    """
    feed = arguments["x"] = fed(function, "x", arguments["x"], model, arguments["steps"])
    feeder = Feeder(feed)
    if feeder.feeds:
        has_own_targets(function, **{name: arguments.get(name) for name in ("y", "sample_weight")})
        arguments["callbacks"] = [*(arguments["callbacks"] or []), feeder]
    with feeding(feeder):
        yield


def has_own_targets(function: Callable[..., Any], **targets: Any) -> None:
    """That nothing is given which a generator gives with its samples.

    Raises:
        ArgumentError: Something is.
    """
    for name, value in targets.items():
        if value is not None:
            refuse(function, name, value, f"{show(None)}, as a generator gives it with its samples")
