"""The user's interrupt where R and Python call each other.

R answers an interrupt by a jump to whoever handles it. Where it jumps over frames of Python, Python goes on with
frames that are gone, and the process crashes at some later time. So no code of R's that Python calls is interrupted
but the user's own, which is guarded; whatever else R runs meanwhile, the conversions and output, is waited for.
"""

import ctypes
import os
import sys
from types import TracebackType
from typing import Any


def _flag(name: str) -> ctypes.c_bool:
    """A variable of R's in this process, or one that stands for it where R is not in it."""
    try:
        return ctypes.c_bool.in_dll(ctypes.CDLL("R" if os.name == "nt" else None), name)
    except (ValueError, OSError):
        return ctypes.c_bool(False)


_pending = _flag("UserBreak" if os.name == "nt" else "R_interrupts_pending")
_suspended = _flag("R_interrupts_suspended")


def take_interrupts() -> None:
    """Has Python look for itself whether an interrupt has arrived.

    The handler of reticulate 1.28 calls a function of R to ask, with the interrupt still to be answered by R, and at
    every thousandth call R does that there.
    """
    handler: Any = sys.modules.get("rpytools.signals")
    if hasattr(handler, "_callback"):
        handler._callback = _is_pending


def _is_pending(reset: bool = False) -> bool:
    pending = _pending.value and not _suspended.value
    if pending and reset:
        _pending.value = False
    return pending


class Uninterrupted:
    """R is called meanwhile: an interrupt waits until it has returned.

    Raises:
        KeyboardInterrupt: When one has arrived.
    """

    __slots__ = ("_before",)

    def __enter__(self) -> None:
        self._before = _suspended.value
        _suspended.value = True

    def __exit__(self, error: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        _suspended.value = self._before
        if error is None and _is_pending(reset=True):
            raise KeyboardInterrupt
