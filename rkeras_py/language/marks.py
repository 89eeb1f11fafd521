"""What stands in a signature beside types: marks in `Annotated[...]`, and defaults of arguments that have none in R."""

import enum
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RDefault:
    """In `Annotated[...]`: the default as R writes it, where it cannot be told from Python's."""

    text: str


@dataclass(frozen=True)
class RInteger:
    """In `Annotated[...]`: R writes the default with an `L`."""


@dataclass(frozen=True)
class Retired:
    """In `Annotated[...]`: Keras 3 can no longer honour this argument; any value but the default warns by name.

    Attributes:
        advice: What the warning says.
        also_kept: Values beside the default that ask for no more than what happens anyway.
    """

    advice: str
    also_kept: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Default:
    """In `Annotated[...]` of an argument that many functions share (in a `TypedDict`): its default, if not None."""

    value: Any


@dataclass(frozen=True)
class OtherName:
    """In `Annotated[...]`: a second name of an argument, from another version of R keras; its default is None.

    In R and in Python the one or the other may be given.
    """

    of: str


class Absent(enum.Enum):
    """Defaults of arguments that have none in R, but stand in front of some that have one in Python."""

    MISSING = enum.auto()
    REQUIRED = enum.auto()

    def __repr__(self) -> str:
        return self.name


# Typed as Any, so that every annotation may have them as its default.
MISSING: Any = Absent.MISSING
REQUIRED: Any = Absent.REQUIRED
