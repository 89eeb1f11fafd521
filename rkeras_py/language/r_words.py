"""R's words for pasted code: after `from rkeras_py import *`, `c(28, 28, 1)`, `TRUE`, `FALSE` and `NULL` are known."""

from typing import Any

import numpy as np

TRUE = True
FALSE = False
NULL = None


def c(*elements: Any, **named: Any) -> Any:
    """Joins elements to a vector, as R's `c()`.

    Args:
        *elements: Numbers, strings, callbacks, …; lists, tuples and arrays are joined by their elements.
        **named: Elements with a name.

    Returns:
        A list, or a dict if the elements have names.

    Raises:
        TypeError: Some elements have a name and some have none.

    Source:
        R, `c`.
    """
    if elements and named:
        raise TypeError("c(): either all elements have a name or none has")
    if named:
        return named
    return [one for element in elements for one in _elements(element)]


def _elements(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple | np.ndarray) else [value]
