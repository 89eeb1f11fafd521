"""What can be known of a path before anything is written to it."""

import os
from collections.abc import Callable
from typing import Any

from ..language import refuse


def check_file(owner: Callable[..., Any], argument: str, path: str | os.PathLike[str]) -> None:
    """Refuses a directory where a file is to be written.

    Raises:
        ArgumentError: On behalf of the R function `owner`.
    """
    if os.path.isdir(path):
        refuse(owner, argument, os.fspath(path), "the name of a file, and this is a directory")


def check_directory(owner: Callable[..., Any], argument: str, path: str | os.PathLike[str]) -> None:
    """Refuses a file where a directory is to be.

    Raises:
        ArgumentError: On behalf of the R function `owner`.
    """
    if os.path.exists(path) and not os.path.isdir(path):
        refuse(owner, argument, os.fspath(path), "the name of a directory, and this is a file")
