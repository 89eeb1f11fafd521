"""Convolutions, plain, transposed, separable, depthwise, and locally connected."""

from .rows import Row

ROWS: list[Row] = []
UNTRIED: dict[str, dict[str, str]] = {}
