"""Posts that leave in the background, in order, whatever the server does."""

import threading
import time
from collections import deque
from collections.abc import Callable
from enum import Enum, auto


class Outcome(Enum):
    """What has become of a post."""

    TAKEN = auto()
    REFUSED = auto()  # there is no point in sending it again
    UNREACHED = auto()  # later, perhaps


class Poster:
    """A queue of messages and a thread that sends them, one at a time.

    A message that does not reach the server is sent again after a pause that doubles each time; those behind it wait.
    When the queue is full, the oldest message is given up.

    Args:
        send: Sends a message; called on the thread.
        capacity: How many messages may wait.
        first_pause: Seconds before the first repetition.
        longest_pause: Seconds between repetitions at most.

    Attributes:
        lost: How many messages were given up or refused.
        sent: How many were taken.
    """

    def __init__(
        self,
        send: Callable[[str], Outcome],
        capacity: int = 1000,
        first_pause: float = 0.5,
        longest_pause: float = 30.0,
    ) -> None:
        self._send = send
        self._waiting: deque[str] = deque()
        self._capacity = capacity
        self._first_pause = first_pause
        self._longest_pause = longest_pause
        self._changed = threading.Condition()
        self._closing = False
        self._abandoned = False
        self.lost = 0
        self.sent = 0
        self._thread = threading.Thread(target=self._run, name="rkeras-remote-monitor", daemon=True)
        self._thread.start()

    def put(self, message: str) -> None:
        """Adds a message; returns at once."""
        with self._changed:
            if len(self._waiting) >= self._capacity:
                self._waiting.popleft()
                self.lost += 1
            self._waiting.append(message)
            self._changed.notify_all()

    def waiting(self) -> list[str]:
        """The messages that have not left yet."""
        with self._changed:
            return list(self._waiting)

    def close(self, seconds: float) -> None:
        """Waits until all is sent, until the server is not reached once more, or until the time is over.

        Args:
            seconds: How long to wait at most. What has not left then is counted as lost.
        """
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(seconds)
        with self._changed:
            self._abandoned = True
            self.lost += len(self._waiting)
            self._waiting.clear()

    def _run(self) -> None:
        pause = self._first_pause
        while (message := self._next()) is not None:
            outcome = self._send(message)
            with self._changed:
                if self._abandoned:
                    return
                if outcome is Outcome.UNREACHED:
                    if self._closing:
                        return
                    self._sleep(pause)
                    pause = min(2 * pause, self._longest_pause)
                    continue
                pause = self._first_pause
                self.sent += outcome is Outcome.TAKEN
                self.lost += outcome is Outcome.REFUSED
                if self._waiting and self._waiting[0] is message:  # a full queue may have given it up meanwhile
                    self._waiting.popleft()

    def _next(self) -> str | None:
        """The message at the head of the queue, where it stays until it has left; None at the end."""
        with self._changed:
            while not self._waiting:
                if self._closing:
                    return None
                self._changed.wait()
            return self._waiting[0]

    def _sleep(self, seconds: float) -> None:
        """Pauses, with the lock given back, until the time is over or the queue is closed."""
        end = time.monotonic() + seconds
        while not self._closing and (rest := end - time.monotonic()) > 0:
            self._changed.wait(rest)
