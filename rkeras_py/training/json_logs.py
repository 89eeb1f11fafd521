"""Logs as JSON that every reader takes: arrays as lists, NaN and infinite numbers as null."""

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np


def dumps(logs: Mapping[str, Any]) -> str:
    """Writes logs on one line."""
    return json.dumps(_plain(logs), ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): _plain(element) for key, element in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(element) for element in value]
    if hasattr(value, "__array__"):
        array = np.asarray(value)
        return _plain(array.item() if array.size == 1 else array.tolist())
    return str(value)
