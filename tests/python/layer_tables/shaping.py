"""Pooling, padding, cropping, upsampling."""

from .rows import Row

ROWS: list[Row] = []
UNTRIED: dict[str, dict[str, str]] = {}
