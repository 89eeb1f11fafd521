"""Names under which Keras logs a quantity, and the names that R keras 2.2 knew for them."""

import functools
from collections.abc import Iterable

# What Keras 2.2 logged a metric as, and what Keras 3 does; other pairs are short and long names of one metric.
_PAIRS = [
    ("acc", "accuracy"),
    ("lr", "learning_rate"),
    ("mse", "mean_squared_error"),
    ("mae", "mean_absolute_error"),
    ("mape", "mean_absolute_percentage_error"),
    ("msle", "mean_squared_logarithmic_error"),
]
_SAME = dict([*_PAIRS, *[(long, short) for short, long in _PAIRS]])


def find(name: str, keys: Iterable[str]) -> str | None:
    """Finds the key that is meant by a name.

    `acc` and `accuracy`, `lr` and `learning_rate`, `mae` and `mean_absolute_error` and the like (also behind `val_` or
    the name of an output), and `auc` in any spelling of its case stand for each other where only one of them is logged.

    Args:
        name: As the user wrote it, e.g. `"val_acc"`.
        keys: What is logged.

    Returns:
        The key, the name itself if it is logged, or None.
    """
    keys = list(keys)
    if name in keys:
        return name
    for short, other in _SAME.items():
        if _ends(name, short) and name.removesuffix(short) + other in keys:
            return name.removesuffix(short) + other
    folded = [key for key in keys if key.casefold() == name.casefold() and "auc" in name.casefold()]
    return folded[0] if folded else None


def aliases(keys: Iterable[str]) -> dict[str, str]:
    """The other names of what is logged, each with the key it stands for."""
    return dict(_aliases(tuple(keys)))


@functools.cache
def _aliases(keys: tuple[str, ...]) -> dict[str, str]:
    others = {key.removesuffix(name) + other: key for key in keys for name, other in _SAME.items() if _ends(key, name)}
    return {other: key for other, key in others.items() if other not in keys}


def _ends(key: str, name: str) -> bool:
    return key == name or key.endswith("_" + name)
