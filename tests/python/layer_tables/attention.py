"""Attention."""

from .rows import Row

ROWS: list[Row] = []
UNTRIED: dict[str, dict[str, str]] = {}
