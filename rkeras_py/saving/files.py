"""How files are put in place: whole, or not at all."""

import glob
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from ..language.errors import FileError


def make_parent(path: str) -> None:
    """Makes the directory a file is to lie in, if need be."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)


def ends_its_last_line(path: str) -> bool:
    """Whether what is appended to a file begins on a line of its own; so it does where there is none."""
    if not os.path.exists(path) or os.path.getsize(path) == 0:
        return True
    with open(path, "rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) in b"\r\n"


@contextmanager
def replacing(path: str, owner: str, suffix: str = "") -> Iterator[str]:
    """Lets a file be written beside its place and moves it there when it is complete and on the disk.

    At any moment the path is the name of the file before, or of the new one, whole. What another process has left
    beside it when it was killed is removed.

    Args:
        path: Where the file is to stand; its directory is made.
        owner: The R function, in whose name an error is raised.
        suffix: How the name of the file must end while it is written.

    Yields:
        The path to write to.

    Raises:
        FileError: The file cannot be written. What stood there before stands there still.
    """
    directory = os.path.dirname(path) or "."
    beside = None
    try:
        make_parent(path)
        handle, beside = tempfile.mkstemp(dir=directory, prefix=_prefix(os.getpid()), suffix=suffix)
        os.close(handle)
        yield beside
        os.chmod(beside, _mode_of_new_files())
        _to_disk(beside)
        os.replace(beside, path)
        _to_disk(directory)
    except BaseException as error:
        if beside is not None:
            with suppress(FileNotFoundError):
                os.unlink(beside)
        if isinstance(error, OSError):
            raise unwritten(owner, path, error) from error
        raise
    _clear_up(directory)


def unwritten(owner: str, path: str, error: OSError) -> FileError:
    """What is raised in the name of an R function when a file cannot be written."""
    reason = error.strerror or str(error)
    raised = FileError(
        f"{owner}(): {path} could not be written ({reason}). What stood there before stands there still."
    )
    raised.errno = error.errno
    return raised


def _prefix(process: int | str) -> str:
    return f".rkeras-{socket.gethostname()}-{process}-"


def _clear_up(directory: str) -> None:
    """Removes what processes of this machine that are no more have not put in place."""
    start = _prefix("")[:-1]
    for left in glob.glob(os.path.join(glob.escape(directory), glob.escape(start) + "*")):
        process = os.path.basename(left).removeprefix(start).partition("-")[0]
        if process.isdecimal() and not _lives(int(process)):
            with suppress(OSError):  # somebody else may be at it
                os.unlink(left)


def _lives(process: int) -> bool:
    if os.name == "nt":  # where there is no asking
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _to_disk(path: str) -> None:
    windows = os.name == "nt"
    if windows and os.path.isdir(path):
        return  # a directory cannot be opened there
    descriptor = os.open(path, os.O_RDWR if windows else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _mode_of_new_files() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
