"""Recurrent layers, their cells and what wraps layers."""

from .rows import Row

ROWS: list[Row] = []
UNTRIED: dict[str, dict[str, str]] = {}
