"""Python values and calls, written as R code."""

import inspect
import math
from collections.abc import Mapping

import embedded_r
import numpy as np
import r_formals
from r_formals import METHODS

from rkeras_py.language.contract import r_name
from rkeras_py.language.wording import NA_INTEGER


def text(value):
    """R code for a value: plain ones as they are written in R, Python objects by reference."""
    if isinstance(value, bytes):
        return "as.raw(c(" + ", ".join(map(str, value)) + "))"
    if isinstance(value, np.ndarray) and value.ndim == 2:
        return f"matrix({text(value.ravel().tolist())}, {value.shape[0]}, byrow = TRUE)"
    if isinstance(value, np.ndarray) and value.ndim > 2:
        return f"array({text(value.ravel(order='F').tolist())}, {text(list(value.shape))})"
    if isinstance(value, np.ndarray):
        return f"array({text(value.tolist())})"
    if isinstance(value, Mapping):
        return "list(" + ", ".join(_name(str(name)) + text(one) for name, one in value.items()) + ")"
    if isinstance(value, list | tuple):
        plain = bool(value) and all(isinstance(one, bool | int | float | str) for one in value)
        return ("c(" if plain else "list(") + ", ".join(map(text, value)) + ")"
    if isinstance(value, int) and value == NA_INTEGER:
        return "NA_integer_"
    if isinstance(value, float) and not math.isfinite(value):
        return {"nan": "NaN", "inf": "Inf", "-inf": "-Inf"}[str(value)]
    if value is None or isinstance(value, bool | int | float | str):
        return r_formals.r_text(value)
    if inspect.isroutine(value):
        return "function(x) x"
    return embedded_r.shared(value)


def _name(name):
    quoted = name.replace("\\", "\\\\").replace("`", "\\`")
    return f"`{quoted}` = " if name else ""


def call(function, arguments, /, **more):
    """R code for a call of an R function; `more` arguments are R code already."""
    name = function.__name__
    # The class of a wrong object must not keep the call from the function.
    name = f"rkeras:::{name}.keras.src.models.model.Model" if name in METHODS else name
    given = {**{argument: text(value) for argument, value in arguments.items()}, **more}
    return f"{name}({', '.join(f'{r_name(argument)} = {code}' for argument, code in given.items())})"
