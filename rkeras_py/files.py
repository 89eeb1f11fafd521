"""How files are put in place: whole, or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress


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
def replacing(path: str, suffix: str = "") -> Iterator[str]:
    """Lets a file be written beside its place and moves it there when it is complete.

    Args:
        path: Where the file is to stand; its directory is made.
        suffix: How the name of the file must end while it is written.

    Yields:
        The path to write to.
    """
    make_parent(path)
    directory, name = os.path.split(path)
    handle, beside = tempfile.mkstemp(dir=directory or ".", prefix=f".{name[:100]}.", suffix=suffix)
    os.close(handle)
    try:
        yield beside
        os.chmod(beside, _mode_of_new_files())
        os.replace(beside, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(beside)
        raise


def _mode_of_new_files() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
