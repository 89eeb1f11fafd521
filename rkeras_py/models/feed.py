"""How batches get from a generator into a training.

Keras on TensorFlow draws from a generator on a thread of TensorFlow's, several batches ahead. R runs on its own thread
alone: such a training hung, sooner or later. So every batch is drawn on the thread that called `fit()`, before the step
that it is for, and TensorFlow finds it in a queue. Only where Python trains on TensorFlow one batch is drawn ahead
meanwhile. As many batches are drawn as there are steps.

A generator's error leaves `fit()` as it is, and where Keras looks at a batch to build a model, none is lost.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import keras
import numpy as np

from .. import keras_internals as internals
from ..language import contract_of, refuse
from ..language.errors import ArgumentError
from ..language.kinds import Unfit
from ..language.wording import language, show
from .data import SampleArrays, TargetArrays
from .sources import Ahead, Source


class Feed(internals.DataAdapter):
    """The batches of a source, as Keras takes them.

    Args:
        function: The R function that trains, for messages.
        argument: Its argument, likewise.
        source: What gives batches.
        model: The model.
        steps: The batches of an epoch, if these are set.
        goes_on: Whether an epoch goes on where the one before has ended.
        class_weight: A weight for each class.
        r_list: Whether a list by names is R's way to write a batch.

    Attributes:
        name: What the function is called.
        started: Whether batches are used; before, Keras only looks at them.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        argument: str,
        source: Source,
        model: keras.Model,
        steps: int | None,
        goes_on: bool,
        class_weight: Mapping[int, float] | None,
        r_list: bool,
    ) -> None:
        self.started = False
        self.name = contract_of(function).name
        self._function = function
        self._argument = argument
        self._source = source
        self._model = model
        self._steps = steps
        self._goes_on = goes_on
        self._class_weight = class_weight
        self._r_list = r_list
        self._known: deque[Any] = deque()  # drawn, and not asked for yet
        self._looked_at: list[Any] = []
        self._ready: deque[Any] = deque()  # for TensorFlow
        self._shapes: list[tuple[int | None, ...]] | None = None
        self._taken = 0  # in this epoch
        on_tensorflow = keras.config.backend() == "tensorflow"
        self._is_queued = on_tensorflow
        self._ahead = Ahead(self._from_source) if on_tensorflow and language.get() == "Python" else None

    # What Keras asks for

    def get_numpy_iterator(self) -> Iterator[Any]:
        while (batch := self._take()) is not None:
            yield batch

    get_jax_iterator = get_numpy_iterator

    def get_tf_dataset(self) -> Any:
        import tensorflow as tf

        spec = self._spec(tf)

        def give() -> Iterator[Any]:
            while (batch := self._ready.popleft()) is not None:
                yield batch

        # TensorFlow is not to draw ahead: there is nothing.
        options = tf.data.Options()
        options.autotune.enabled = False
        options.experimental_optimization.inject_prefetch = False
        return tf.data.Dataset.from_generator(give, output_signature=spec).with_options(options)

    @property
    def num_batches(self) -> int | None:
        return self._source.length

    @property
    def can_shuffle(self) -> bool:
        return self._source.can_shuffle

    @property
    def batch_size(self) -> None:
        return None

    @property
    def has_partial_batch(self) -> bool:
        return False

    @property
    def partial_batch_size(self) -> None:
        return None

    def on_epoch_begin(self) -> None:
        if self._taken and not self._goes_on and self._source.restart():
            self._known.clear()
        self._taken = 0
        if self.started and not self._goes_on:
            self.first()  # Keras would log what came of the evaluation before

    def on_epoch_end(self) -> None:
        if not self.started:
            self._known.extendleft(reversed(self._looked_at))
            self._looked_at.clear()
            self._taken = 0

    # What the training does

    def first(self) -> Any:
        """The first batch, which stays the first.

        Raises:
            ArgumentError: There is none.
        """
        if not self._known:
            batch = self._draw(is_first=True)
            if batch is None:
                raise ArgumentError(f"{self.name}(): `{self._argument}` gave no batch.")
            self._known.append(batch)
        return self._known[0]

    def fill(self, batches: int) -> None:
        """Has the next batches ready, on this thread, for TensorFlow to take on its own."""
        if self._is_queued:
            while len(self._ready) < batches:
                self._ready.append(self._take())
                if self._ready[-1] is None:
                    break

    def has_more(self) -> bool:
        """Whether there is a batch for another epoch, which is drawn for that."""
        if not self._known:
            batch = self._draw(is_first=True)
            if batch is None:
                return False
            self._known.append(batch)
        return True

    def close(self) -> None:
        """Ends what draws ahead."""
        if self._ahead is not None:
            self._ahead.close()

    def _take(self) -> Any:
        batch = self._known.popleft() if self._known else self._draw(is_first=self._taken == 0)
        self._taken += 1
        if not self.started and batch is not None:
            self._looked_at.append(batch)
        return batch

    def _draw(self, is_first: bool) -> Any:
        """The next batch; the end of the pass before is none of this one."""
        batch = self._draw_once()
        return self._draw_once() if batch is None and is_first else batch

    def _draw_once(self) -> Any:
        if self._ahead is None:
            batch = self._from_source()
        else:
            more = self.started and (self._steps is None or self._taken + 1 < self._steps)
            batch = self._ahead.draw(more)
        if batch is not None:
            self._check(batch)
        return batch

    def _from_source(self) -> Any:
        given = self._source.draw()
        return None if given is None else self._batch(given)

    # What a batch is

    def _batch(self, given: Any) -> tuple[Any, ...]:
        parts = list(given.values()) if self._r_list and isinstance(given, dict) else given
        parts = [part for part in parts if part is not None] if isinstance(parts, list | tuple) else [parts]
        kinds: Sequence[SampleArrays] = (SampleArrays(), TargetArrays(), SampleArrays())
        if len(parts) == 2 and isinstance(parts[1], list | tuple) and not parts[1]:
            parts = parts[:1]  # R keras's targets where there are none
        if not 1 <= len(parts) <= len(kinds):
            self._refuse(given)
        try:
            converted = [kind.convert(part) for kind, part in zip(kinds, parts, strict=False)]
            batch = tuple(keras.tree.map_structure(self._array, _in_tuples(part)) for part in converted)
        except Unfit as unfit:
            self._refuse(given, str(unfit))
        if self._class_weight is not None:
            batch = self._weighted(batch)
        return batch

    def _array(self, leaf: Any) -> Any:
        if keras.ops.is_tensor(leaf):
            return leaf
        if not hasattr(leaf, "__array__"):
            raise Unfit
        array = np.asarray(leaf)
        # What belongs to R is not to be freed by a thread of TensorFlow's.
        return array if array.flags.owndata else array.copy()

    def _weighted(self, batch: tuple[Any, ...]) -> tuple[Any, ...]:
        x, *targets = batch
        if not targets or isinstance(targets[0], tuple | dict):
            refuse(self._function, "class_weight", self._class_weight, "used with one array of targets")
        y, *given = targets
        weights = internals.weights_by_class(y, self._class_weight or {})
        return x, y, weights * np.reshape(given[0], weights.shape) if given else weights

    def _refuse(self, given: Any, hint: str = "") -> None:
        wants = "a list of samples, targets, and weights if need be"
        raise ArgumentError(
            f"{self.name}(): a batch that `{self._argument}` gives must be {wants}, not {show(given)}.{hint}"
        )

    # What TensorFlow has to know beforehand

    def _spec(self, tf: Any) -> Any:
        first = self.first()
        known = _open_axes(self._model)
        if known is None and (self._steps or 2) > 1 and len(self._known) == 1:
            second = self._draw(is_first=False)
            if second is not None:
                self._known.append(second)
        batches = [one for one in self._known if len(one) == len(first)]
        leaves = [keras.tree.flatten(one) for one in batches]
        self._shapes = [_common([leaf.shape for leaf in same], known or set()) for same in zip(*leaves, strict=True)]
        specs = [tf.TensorSpec(shape, leaf.dtype) for shape, leaf in zip(self._shapes, leaves[0], strict=True)]
        return keras.tree.pack_sequence_as(first, specs)

    def _check(self, batch: Any) -> None:
        """That TensorFlow can take it, which would not say whose batch it was."""
        if self._shapes is None:
            return
        shapes = [tuple(leaf.shape) for leaf in keras.tree.flatten(batch)]
        fits = len(shapes) == len(self._shapes) and all(
            len(shape) == len(wanted) and all(axis in (size, None) for axis, size in zip(wanted, shape, strict=True))
            for shape, wanted in zip(shapes, self._shapes, strict=True)
        )
        if not fits:
            raise ArgumentError(
                f"{self.name}(): a batch that `{self._argument}` gives has arrays of shapes {_shown(shapes)}, where "
                f"those before had {_shown(self._shapes)}."
            )


def _in_tuples(part: Any) -> Any:
    """TensorFlow takes a list for one tensor."""
    return tuple(_in_tuples(one) for one in part) if isinstance(part, list | tuple) else part


def _open_axes(model: keras.Model) -> set[int] | None:
    """The axes, beside the first one, whose size a model leaves open; None where it does not know its inputs yet."""
    if not getattr(model, "built", False) or not getattr(model, "inputs", None):
        return None
    shapes = [tensor.shape for tensor in [*model.inputs, *model.outputs]]
    return {axis for shape in shapes for axis, size in enumerate(shape) if axis and size is None}


def _common(shapes: Sequence[Any], opened: set[int]) -> tuple[int | None, ...]:
    """The shape that fits all, and any number of samples."""
    ranks = {len(shape) for shape in shapes}
    first = shapes[0]
    if len(ranks) > 1:
        return tuple(first)
    return tuple(
        size if axis and axis not in opened and all(shape[axis] == size for shape in shapes) else None
        for axis, size in enumerate(first)
    )


def _shown(shapes: Sequence[Sequence[int | None]]) -> str:
    return ", ".join(f"({', '.join('any' if size is None else str(size) for size in shape)})" for shape in shapes)
