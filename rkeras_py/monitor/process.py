"""monitor_server(): the page, served by a process of its own."""

import atexit
import contextlib
import os
import subprocess
import sys
import tempfile
import webbrowser
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from ..language.errors import ArgumentError
from ..language.wording import show

_PACKAGES = Path(__file__).parents[2]


class MonitorServer:
    """A server that runs until it is stopped, or this process ends.

    Attributes:
        url: The address of the page, and `root` for `callback_remote_monitor`.
    """

    def __init__(self, process: "subprocess.Popen[str]", url: str) -> None:
        self._process = process
        self.url = url
        atexit.register(self.stop)

    @property
    def is_running(self) -> bool:
        """Whether it has not been stopped."""
        return self._process.poll() is None

    def stop(self) -> None:
        """Stops the server, and forgets what was posted."""
        atexit.unregister(self.stop)
        _end(self._process)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"<MonitorServer {self.url}{'' if self.is_running else ', stopped'}>"


def monitor_server(port: float = 9000, host: str = "127.0.0.1", open: bool = False) -> MonitorServer:
    """Serves a page with the live curves of what `callback_remote_monitor()` posts, in a process of its own.

    Trainings are told apart, and the log can be taken as CSV. The page forgets everything when the server stops.
    `python -m rkeras_py monitor` is the same from the command line.

    Args:
        port: The port, 9000 as in the default of `callback_remote_monitor`; 0 for any that is free.
        host: The address to listen at. Another machine can look on only if this is not the loopback address; whoever
            reaches it can then post and read.
        open: Whether to open the page in a browser.

    Returns:
        The server: `url` is its address, `stop()` ends it. It can be used in a `with` statement.

    Raises:
        ArgumentError: An argument is not what it must be.
        OSError: The port is taken, or aiohttp is not installed (`pip install "rkeras-py[monitor]"`).
    """
    # R has no integers by default.
    number = int(port) if isinstance(port, float) and port.is_integer() else port
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 2**16:
        raise ArgumentError(f"monitor_server(): `port` must be a whole number from 0 to 65535, not {show(port)}.")
    if not isinstance(host, str) or not host:
        raise ArgumentError(f'monitor_server(): `host` must be an address, such as "127.0.0.1", not {show(host)}.')
    if not isinstance(open, bool):
        raise ArgumentError(f"monitor_server(): `open` must be True or False, not {show(open)}.")
    # Not a pipe, which nobody reads once the server runs: it would be full one day, and hold the server up.
    with tempfile.TemporaryFile("w+") as errors:
        process = _begin(number, host, errors)
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        if not url:
            _end(process)
            errors.seek(0)
            said = errors.read().splitlines() or ["it ended at once"]
            reason = next((line for line in said if line.startswith("monitor: ")), said[-1])
            raise OSError(f"monitor_server(): {reason.removeprefix('monitor: ')}")
    server = MonitorServer(process, url)
    if open:
        webbrowser.open(url)
    return server


def _begin(port: int, host: str, errors: IO[str]) -> "subprocess.Popen[str]":
    paths = [str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
    pipe: Any = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-m", "rkeras_py", "monitor", "--port", str(port), "--host", host, "--with-parent"],
        stdin=pipe,
        stdout=pipe,
        stderr=errors,
        text=True,
        start_new_session=True,  # an interrupt of the training is none of the page's
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )


def _end(process: "subprocess.Popen[str]") -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(BrokenPipeError):
                stream.close()  # that of the input tells it to end
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
