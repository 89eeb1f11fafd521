"""Parts of tensors, by indices as R has them."""

import itertools
from collections.abc import Sequence
from typing import Any

from .tensor_types import UNKNOWN, Unsuitable, op, sizes_of, value_of


def part_of(x: Any, indices: Sequence[Sequence[Any]], drop: bool) -> Any:
    """A part of a tensor.

    Args:
        x: A tensor.
        indices: As `tensors.subset()` has them.
        drop: Whether a dimension of which one element is taken by its number is dropped.
    """
    sizes = sizes_of(x)
    if sizes is None:
        raise Unsuitable("how many dimensions the tensor has is not known")
    given = sum(sort not in ("new", "rest") for sort, *_ in indices)
    rest = ["all"] * (len(sizes) - given)
    if not sizes and given:
        raise Unsuitable("a single number has no indices")
    if given > len(sizes) or (rest and ["rest"] not in [list(index) for index in indices]):
        missing = "1" + ", " * (len(sizes) - 1)
        indices_of = "1 dimension takes 1 index" if len(sizes) == 1 else "{0} dimensions takes {0} indices"
        raise Unsuitable(f"a tensor of {indices_of.format(len(sizes))}, as in x[{missing}], not {given}")
    key: list[Any] = []
    axis = 0
    named = itertools.chain.from_iterable([[sort] for sort in rest] if i[0] == "rest" else [i] for i in indices)
    for sort, *of in named:
        if sort == "new":
            key.append(None)
            continue
        size = sizes[axis]
        if sort == "at":
            position = _position(of[0], size)
            # What is behind the last one has no number from the end.
            key.append(position if drop else slice(position, position + 1 or None))
        elif sort == "range":
            x, part = _range(x, axis, size, *of)
            key.append(part)
        elif sort in ("take", "mask"):
            x, part = _take(x, axis, size, _chosen(of[0], size) if sort == "mask" else of[0])
            key.append(part)
        else:
            key.append(slice(None))
        axis += 1
    return value_of(x)[tuple(key)] if any(part != slice(None) for part in key) else x


def _position(index: int, size: int) -> int:
    """An index of R as one of Python."""
    if index == 0:
        raise Unsuitable("indices count from 1, not from 0")
    if size != UNKNOWN and abs(index) > size:
        raise Unsuitable(f"index {index} is out of bounds: the dimension has {size}")
    return index - 1 if index > 0 else index


def _range(x: Any, axis: int, size: int, start: int | None, stop: int | None, step: int | None) -> tuple[Any, slice]:
    """From `start` to `stop`, this one included; backwards, if it lies before."""
    first = 0 if start is None else _position(start, size)
    last = -1 if stop is None else _position(stop, size)
    backwards = start is not None and stop is not None and (start < 0) == (stop < 0) and start > stop
    if size > 0:
        first, last = first % size, last % size
    if backwards:
        return _take(x, axis, size, [i + 1 for i in range(first, last - 1, -abs(step or 1))])
    return x, slice(first, last + 1 or None, abs(step) if step else None)


def _take(x: Any, axis: int, size: int, indices: Sequence[int]) -> tuple[Any, slice]:
    positions = [_position(int(index), size) for index in indices]
    if size != UNKNOWN:
        positions = [position % size for position in positions]
    elif any(position < 0 for position in positions):
        raise Unsuitable("several indices cannot count from the end of a dimension whose size is not known")
    if not positions:
        return x, slice(0, 0)
    first = positions[0]
    if positions == list(range(first, first + len(positions))):
        return x, slice(first, first + len(positions))
    return op("take")(x, positions, axis=axis), slice(None)


def _chosen(mask: Sequence[bool], size: int) -> list[int]:
    if size not in (UNKNOWN, len(mask)):
        raise Unsuitable(f"{len(mask)} logical indices are given for a dimension of {size}")
    return [i + 1 for i, chosen in enumerate(mask) if chosen]
