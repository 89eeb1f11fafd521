"""What one annotation asks for: the base of all sorts of conversion, and what R and Python differ in everywhere."""

from typing import Any

import numpy as np

from .wording import RFactor, RNamed, show


class Unfit(Exception):
    """A value that an annotation rules out; the text, if any, is a hint to add to the message."""


class Kind:
    """What one annotation asks for."""

    @property
    def has_names(self) -> bool:
        """Whether the names of a vector count, or are dropped as in R's `as.integer()`."""
        return False

    @property
    def has_places(self) -> bool:
        """Whether some elements may have names, and the others their places; else names count only if all have one."""
        return False

    @property
    def takes_several(self) -> bool:
        """Whether it is a list of something, so that an empty one stands for nothing at all."""
        return False

    @property
    def keeps_tensors(self) -> bool:
        """Whether a tensor is taken as it is."""
        return False

    def wants(self) -> str:
        """The end of the sentence "`x` must be …"."""
        raise NotImplementedError

    def plural(self) -> str:
        """How several are called in "a vector of …"."""
        return self.wants().removeprefix("a ") + "s"

    def convert(self, value: Any) -> Any:
        """Gives the value the function is to see.

        Raises:
            Unfit: The annotation rules the value out.
        """
        raise NotImplementedError

    def shown(self, value: Any) -> str:
        """Writes a value of an argument in messages and printed forms; overridden where it may hold a secret."""
        return show(value)


def converted_to(kind: Kind, value: Any) -> Any:
    """What a kind makes of an argument as it has come, from Python or from R.

    Raises:
        Unfit: The kind rules the value out.
    """
    if isinstance(value, RNamed):
        value = value.named() if kind.has_places or (kind.has_names and all(value.names)) else value.elements
    return kind.convert(value)


def single(value: Any) -> Any:
    """R has no scalars: a vector of length one stands for its element, a factor for its label."""
    if isinstance(value, RFactor):
        value = value.labels()
    if isinstance(value, list | tuple) and len(value) == 1:
        return single(value[0])
    if hasattr(value, "__array__") and not isinstance(value, type):
        try:
            array = np.asarray(value)
        except (TypeError, ValueError):
            raise Unfit from None
        return array.item() if array.size == 1 else value
    return value
