"""Names under which Keras logs a quantity, and the names that R keras 2.2 knew for them."""

from collections.abc import Iterable

_SAME = {
    "acc": "accuracy",
    "accuracy": "acc",
    "lr": "learning_rate",
    "learning_rate": "lr",
}


def find(name: str, keys: Iterable[str]) -> str | None:
    """Finds the key that is meant by a name.

    `acc` and `accuracy`, `lr` and `learning_rate` (also behind `val_` or the name of an output), and `auc` in any
    spelling of its case stand for each other where only one of them is logged.

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
        stem = name.removesuffix(short)
        if (stem == "" or stem.endswith("_")) and stem != name and stem + other in keys:
            return stem + other
    folded = [key for key in keys if key.casefold() == name.casefold() and "auc" in name.casefold()]
    return folded[0] if folded else None
