"""How folders are put in place: whole, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from .files import make_parent, unwritten


@contextmanager
def replacing_folder(path: str, owner: str) -> Iterator[str]:
    """Lets a folder be written beside its place and moves it there when it is complete.

    Args:
        path: Where the folder is to stand; what stands there is replaced as a whole.
        owner: The R function, in whose name an error is raised.

    Yields:
        The folder to write to.

    Raises:
        FileError: The folder cannot be written. What stood there before stands there still.
    """
    path = path.rstrip("/") or path
    beside = None
    try:
        make_parent(path)
        beside = tempfile.mkdtemp(dir=os.path.dirname(path) or ".", prefix=".rkeras-")
        new, old = os.path.join(beside, "new"), os.path.join(beside, "old")
        os.mkdir(new)
        yield new
        if os.path.lexists(path):
            os.rename(path, old)
        os.rename(new, path)
    except OSError as error:
        raise unwritten(owner, path, error) from error
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)
