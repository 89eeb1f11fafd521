"""Writing a model in the background, as it was when the hook was called."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import keras

from ..saving.frozen import Frozen

# Keras changes the configuration of the live model while it writes HDF5.
_one_at_a_time = threading.Lock()


class BackgroundWriter:
    """A thread that writes one model at a time; the training goes on meanwhile."""

    def __init__(self) -> None:
        self._frozen = Frozen()
        self._threads = ThreadPoolExecutor(1, "rkeras-checkpoint")
        self._under_way: Future[None] | None = None

    def begin(self, model: keras.Model, write: Callable[[keras.Model], None]) -> None:
        """Copies the state of a model and has it written; what was begun before must have been waited for.

        Args:
            model: The model.
            write: Writes it; called on the thread, where the model is as it is now.
        """
        self._frozen.take(model)
        self._under_way = self._threads.submit(self._write, model, write)

    def wait(self) -> bool:
        """Waits for what is under way.

        Returns:
            Whether there was anything.

        Raises:
            Exception: What went wrong when it was written.
        """
        under_way, self._under_way = self._under_way, None
        if under_way is None:
            return False
        under_way.result()
        return True

    def close(self) -> None:
        """Ends the thread, when it has nothing to do any more."""
        self._threads.shutdown()

    def _write(self, model: keras.Model, write: Callable[[keras.Model], None]) -> None:
        with self._frozen.in_force():
            in_turn(write, model)


def in_turn(write: Callable[[keras.Model], None], model: keras.Model) -> None:
    """Writes a model when nothing else of rkeras is being written."""
    with _one_at_a_time:
        write(model)
