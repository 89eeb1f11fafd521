"""What gives batches one by one: functions, iterators, data sets by number, and what can be gone through again."""

import random
from collections.abc import Callable, Iterable, Iterator, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import keras

from ..keras_internals import DataAdapter
from ..language.tensors import is_tensor
from ..language.wording import RCallable, language

# What their authors' own classes hold is for Keras to read.
_READ_BY_KERAS = {"tensorflow", "scipy", "grain", "jax", "jaxlib"}
_END = object()


class Source:
    """Gives a batch at each call, and None where a pass through the data ends.

    Attributes:
        length: The batches of a pass, where they can be counted.
        can_shuffle: Whether its batches can come in another order.
    """

    length: int | None = None
    can_shuffle = False

    def draw(self) -> Any:
        """The next batch, or None."""
        raise NotImplementedError

    def restart(self) -> bool:
        """Begins a pass, and returns True, where one can be begun."""
        return False


class Called(Source):
    """A function without arguments, R's generator: it returns a batch, and None (`NULL`) at the end of a pass."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self._function = function

    def draw(self) -> Any:
        try:
            return self._function()
        except StopIteration as error:  # an error like any other, as in a generator of Python's: no end
            raise RuntimeError(f"a function that gives batches raised StopIteration: {error}") from error


class Drawn(Source):
    """An iterator, which has one pass only."""

    def __init__(self, iterator: Iterator[Any]) -> None:
        self._iterator = iterator

    def draw(self) -> Any:
        return _drawn(self._iterator)


class Repeated(Source):
    """What can be gone through any number of times, such as a `DataLoader` of torch.

    Args:
        iterable: What is gone through.
        endless: Whether one pass follows the other, so that an epoch may end in the middle of one.
    """

    def __init__(self, iterable: Iterable[Any], endless: bool) -> None:
        self._iterable = iterable
        self._iterator: Iterator[Any] | None = None
        self._endless = endless
        self.length = len(iterable) if isinstance(iterable, Sized) and not endless else None

    def draw(self) -> Any:
        begins = self._iterator is None
        self._iterator = iter(self._iterable) if self._iterator is None else self._iterator
        batch = _drawn(self._iterator)
        if batch is None:
            self._iterator = None
            if self._endless and not begins:
                return self.draw()
        return batch

    def restart(self) -> bool:
        self._iterator = None
        return True


class Numbered(Source):
    """A data set that is asked for batches by their numbers, as `keras.utils.Sequence` was.

    Args:
        dataset: The data set.
        endless: Whether one pass follows the other, so that an epoch may end in the middle of one.
        shuffle: Whether the batches of each pass are in another order.
    """

    can_shuffle = True

    def __init__(self, dataset: Any, endless: bool, shuffle: bool) -> None:
        self._dataset = dataset
        self._shuffle = shuffle
        self._endless = endless
        self._order: list[int] | None = None
        self.length = None if endless else batches_of(dataset)
        self._place = 0

    def draw(self) -> Any:
        number = batches_of(self._dataset)
        if number is not None and self._place == number:
            self._order, self._place = None, 0
            if hasattr(self._dataset, "on_epoch_end"):
                self._dataset.on_epoch_end()
            if not self._endless:
                return None
        if self._order is None and number is not None:
            self._order = random.sample(range(number), number) if self._shuffle else list(range(number))
        place = self._place
        self._place += 1
        return _some(self._dataset[place if self._order is None else self._order[place]])

    def restart(self) -> bool:
        self._order, self._place = None, 0
        return True


class Ahead:
    """Draws a batch on a thread of its own while the one before is trained on.

    Args:
        draw: What draws.
    """

    def __init__(self, draw: Callable[[], Any]) -> None:
        self._draw = draw
        self._pool = ThreadPoolExecutor(1, "rkeras-batches")
        self._next: Future[Any] | None = None

    def draw(self, more: bool) -> Any:
        """The next batch, or None.

        Args:
            more: Whether there will be another call, for which a batch may be drawn by now.
        """
        drawn, self._next = self._next, None
        batch = self._draw() if drawn is None else drawn.result()
        if more and batch is not None:
            self._next = self._pool.submit(self._draw)
        return batch

    def close(self) -> None:
        """Waits for what is being drawn: nobody else could draw meanwhile."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def source_of(x: Any, steps: int | None, goes_on: bool, shuffle: bool) -> Source | None:
    """What draws batches from `x`.

    Args:
        x: Anything that a model is given.
        steps: The batches of an epoch, if these are set.
        goes_on: Whether an epoch goes on where the one before has ended.
        shuffle: Whether batches that have numbers are to come in another order.

    Returns:
        A source, or None where Keras reads the data itself.
    """
    if is_function(x):
        return Called(x)
    if isinstance(x, DataAdapter):
        return None
    if isinstance(x, keras.utils.PyDataset):
        number = batches_of(x)
        does_not_fit = steps is not None and number is not None and (steps != number if goes_on else steps > number)
        apart = does_not_fit or (keras.config.backend() == "tensorflow" and _may_call_r(x))
        return Numbered(x, steps is not None, shuffle) if apart else None
    if hasattr(x, "__next__"):
        return Drawn(x)
    if x is None or hasattr(x, "__array__") or isinstance(x, list | tuple | dict) or is_tensor(x):
        return None
    if type(x).__module__.partition(".")[0] in _READ_BY_KERAS:
        return None
    if hasattr(x, "__getitem__") and hasattr(x, "__len__"):
        return Numbered(x, steps is not None, shuffle)
    return Repeated(x, steps is not None) if hasattr(x, "__iter__") else None


def is_function(value: Any) -> bool:
    """Whether a value is a function: what Keras and Python can call besides is given as something else."""
    return callable(value) and not isinstance(value, type | keras.layers.Layer) and not is_tensor(value)


def batches_of(dataset: Any) -> int | None:
    """The batches of a data set that numbers them; None where they have no end."""
    if isinstance(dataset, keras.utils.PyDataset):
        number: int | None = dataset.num_batches
        return number
    return len(dataset)


def _may_call_r(dataset: keras.utils.PyDataset) -> bool:
    """Whether batches may be made by R, which runs on its own thread alone."""
    if language.get() != "R":
        return False
    generator = getattr(dataset, "image_data_generator", None)
    prepared_by_r = isinstance(getattr(generator, "preprocessing_function", None), RCallable)
    return prepared_by_r or not type(dataset).__module__.startswith(("keras.", "rkeras_py."))


def _drawn(iterator: Iterator[Any]) -> Any:
    batch = next(iterator, _END)
    return None if batch is _END else _some(batch)


def _some(batch: Any) -> Any:
    """A batch that is no end, whatever it is."""
    return () if batch is None else batch
