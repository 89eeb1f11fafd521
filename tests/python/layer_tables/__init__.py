"""What the layers are to compute: rows of calls, ours and those of Keras 2, a module for each kind of layer."""

from .rows import FAMILIES, Made, Row, floats, rows_by_name, whole

__all__ = ["FAMILIES", "Made", "Row", "floats", "rows_by_name", "whole"]
