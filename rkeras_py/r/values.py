"""R values that have no counterpart in Python, and Python's that R keeps in its own way."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..language.raw import RRaw
from ..language.wording import RFactor, RNamed, RValue
from ..training.log_keys import aliases

if TYPE_CHECKING:
    from ..applications.imagenet import ImagenetClass
    from ..datasets.downloaded import Dataset
    from ..models.history import TrainingHistory


def r_value(text: str, hint: str = "") -> RValue:
    """Stands for an R value that has no counterpart in Python, NA among them, so that it is refused by name."""
    return RValue(text, hint)


def r_raw(content: bytearray) -> RRaw:
    """Stands for an R raw vector."""
    return RRaw(bytes(content))


def summary_text(
    model: Any, line_length: int, positions: list[float] | None, expand_nested: bool, show_trainable: bool
) -> str:
    """The summary of a model."""
    lines: list[str] = []
    model.summary(
        line_length=line_length,
        positions=positions,
        print_fn=lambda text, **_: lines.append(str(text)),
        expand_nested=expand_nested,
        show_trainable=show_trainable,
    )
    return "\n".join(lines)


def octets(content: bytes) -> Any:
    """Bytes as numbers, of which R makes a raw vector."""
    return np.frombuffer(content, dtype="uint8")


def r_factor(codes: Sequence[int] | int, levels: Sequence[str] | str) -> RFactor:
    """Stands for an R factor, whose codes count from 1."""
    return RFactor(np.atleast_1d(codes).tolist(), [levels] if isinstance(levels, str) else list(levels))


def r_named(names: list[str], elements: Any) -> RNamed:
    """Stands for an R vector with names."""
    return RNamed(names, elements)


def history_parts(history: "TrainingHistory") -> dict[str, Any]:
    """A history as R keeps it."""
    return {
        "params": dict(history.params),
        "metrics": dict(history.metrics),
        "aliases": aliases(history.metrics),
        "epochs": [epoch + 1 for epoch in history.epoch],
        "stopped_epoch": history.stopped_epoch,
        "stop_reason": history.stop_reason,
        "monitor": history.monitor,
        "best_epoch": history.best_epoch,
    }


def dataset_parts(dataset: "Dataset") -> dict[str, dict[str, Any]]:
    """A data set as R has it; sequences of different lengths as a list of vectors."""
    return {
        name: {"x": _sequences(split.x) if split.x.dtype == object else split.x, "y": split.y}
        for name, split in dataset._asdict().items()
    }


def class_parts(decoded: "list[list[ImagenetClass]]") -> list[dict[str, list[Any]]]:
    """Classes of ImageNet as R has them: the columns of a table for each image."""
    return [{name: [getattr(one, name) for one in image] for name in image[0]._fields} for image in decoded]


def _sequences(x: Any) -> list[Any]:
    return [np.asarray(sequence, dtype="int32") for sequence in x]
