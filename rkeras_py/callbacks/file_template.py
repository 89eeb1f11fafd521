"""File names with fields that are filled in at the end of an epoch: `weights.{epoch:02d}-{val_loss:.2f}.hdf5`."""

import string
from collections.abc import Mapping
from typing import Any

from ..language.errors import ArgumentError
from ..language.wording import did_you_mean, show
from ..training import log_keys


def fields(template: str) -> list[str]:
    """The names of the fields.

    Raises:
        ValueError: The braces do not match, or a field has no name.
    """
    names = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
    for name in names:
        if not name or name[0].isdigit() or set(name) & set(".["):
            raise ValueError("every field needs a name, and a brace of the path itself is written twice")
    return names


def fill(owner: str, template: str, values: Mapping[str, Any]) -> str:
    """Fills a template in; `acc` and `accuracy`, `lr` and `learning_rate` stand for each other.

    Raises:
        ArgumentError: A field is not among the values, or its format does not suit it.
    """
    found = {}
    for name in fields(template):
        key = log_keys.find(name, values)
        if key is None:
            known = ", ".join(sorted(values))
            raise ArgumentError(
                f"{owner}(): `filepath` {show(template)} has the field `{name}`, which is not in the logs. "
                f"Available: {known}.{did_you_mean(name, list(values), '`')}"
            )
        found[name] = values[key]
    try:
        return template.format(**found)
    except (TypeError, ValueError) as error:
        raise ArgumentError(f"{owner}(): `filepath` {show(template)} cannot be filled in: {error}.") from None
