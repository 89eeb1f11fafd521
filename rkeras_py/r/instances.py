"""Objects of Python that R has something to: it knows them by a number, which keeps none of them alive."""

import itertools
import weakref
from typing import Any

_numbers = itertools.count(1)
_number_of: dict[int, int] = {}  # by identity: the equality and the copies of an object are its own affair
_objects: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()
_dropped: list[int] = []


def number_of(instance: Any) -> int:
    """The number of an object, the same as long as it lives."""
    identity = id(instance)
    if identity not in _number_of:
        number = next(_numbers)
        _number_of[identity] = number
        _objects[number] = instance
        weakref.finalize(instance, _forget, identity, number).atexit = False
    return _number_of[identity]


def instance(number: int) -> Any:
    """The object of a number; None if there is none any more."""
    return _objects.get(number)


def dropped() -> list[int]:
    """The numbers of objects that are gone, each once: R calls this when it likes, and is not called from here."""
    gone = _dropped[:]
    del _dropped[: len(gone)]
    return gone


def _forget(identity: int, number: int) -> None:
    del _number_of[identity]
    _dropped.append(number)
