"""What makes one tensor of several."""

from .rows import Row

ROWS: list[Row] = []
UNTRIED: dict[str, dict[str, str]] = {}
