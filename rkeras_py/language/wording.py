"""How values and choices are written in messages, in the language of the caller."""

import difflib
import json
from collections.abc import Collection, Iterable, Mapping
from contextvars import ContextVar
from typing import Any, Literal

import numpy as np

NA_INTEGER = -2147483648  # how R's NA_integer_ arrives in Python

language: ContextVar[Literal["Python", "R"]] = ContextVar("language", default="Python")

_CONSTANTS: dict[str, dict[Any, str]] = {
    "Python": {None: "None", True: "True", False: "False"},
    "R": {None: "NULL", True: "TRUE", False: "FALSE"},
}
_LONGEST_TEXT = 60
_LONGEST_VECTOR = 5


class RValue:
    """An R value without a counterpart in Python: fits no annotation, and is shown as R would write it."""

    def __init__(self, text: str, hint: str = "") -> None:
        self.text = text
        self.hint = hint


class RFactor(RValue):
    """An R factor, which Python has not: a vector of strings where strings are asked for, and no numbers.

    Args:
        codes: The number of each element's level, counted from 1.
        levels: The labels.
    """

    def __init__(self, codes: list[int], levels: list[str]) -> None:
        super().__init__("a factor", " Its numbers, counted from 0, are as.integer(…) - 1.")
        self.codes = codes
        self.levels = levels

    def labels(self) -> list[str]:
        """The label of each element."""
        return [self.levels[code - 1] for code in self.codes]


class RNamed:
    """An R vector with names, which count only where something named is asked for.

    Args:
        names: The name of each element.
        elements: A list, or an array of numbers.
    """

    def __init__(self, names: list[str], elements: Any) -> None:
        self.names = names
        self.elements = elements

    def named(self) -> dict[str, Any]:
        """The elements by name, or by the number of their place where they have none."""
        elements = self.elements if isinstance(self.elements, list) else self.elements.tolist()
        names = [name or str(place) for place, name in enumerate(self.names, 1)]
        return dict(zip(names, elements, strict=True))


class RCallable:
    """A function of R: Keras can call it, and knows nothing of it."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        raise NotImplementedError


def show(value: Any) -> str:
    """Writes a value as the caller would, cut where it is long."""
    if isinstance(value, RValue):
        return value.text
    if isinstance(value, RNamed):
        return f"c({_in_brackets(value.named())})"
    if value is None or isinstance(value, bool | np.bool_):
        return _CONSTANTS[language.get()][None if value is None else bool(value)]
    if isinstance(value, str):
        text = value if len(value) <= _LONGEST_TEXT else value[:_LONGEST_TEXT] + "…"
        return json.dumps(text, ensure_ascii=False)
    if isinstance(value, np.generic):
        return show(value.item())
    if isinstance(value, int | float):
        return "NA" if value == NA_INTEGER else _show_number(value)
    if isinstance(value, list | tuple):
        return _show_vector(value)
    if isinstance(value, Mapping):
        return _show_named(value)
    return _show_object(value)


def show_choices(choices: Iterable[Any]) -> str:
    """`"a", "b" or "c"`."""
    return joined([show(choice) for choice in choices], "or")


def joined(parts: list[str], word: str) -> str:
    """Parts as an enumeration: commas, and a word before the last."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def counted(number: int, noun: str) -> str:
    """`1 epoch`, `2 epochs`."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def did_you_mean(given: str, known: Collection[str], quote: str = '"') -> str:
    """A closing sentence that offers the names nearest to the given one, or nothing."""
    begun = [name for name in known if given and name.startswith(given)]
    near = begun or difflib.get_close_matches(given.lower(), known, n=2, cutoff=0.6)
    return f" Did you mean {joined([quote + name + quote for name in near], 'or')}?" if near else ""


def how_to_number() -> str:
    """A closing sentence that says how words become the numbers of classes."""
    how = "as.integer(factor(…)) - 1" if language.get() == "R" else "numpy.unique(…, return_inverse=True)[1]"
    return f" Number the classes from 0, e.g. by {how}."


def _show_number(value: float) -> str:
    if language.get() == "Python":
        return str(value)
    return {"nan": "NaN", "inf": "Inf", "-inf": "-Inf"}.get(str(value), f"{value:.15g}")


def _show_vector(value: list[Any] | tuple[Any, ...]) -> str:
    if not value:
        return "an empty vector"
    parts = [show(element) for element in value[:_LONGEST_VECTOR]]
    inner = ", ".join(parts + ["…"] * (len(value) > _LONGEST_VECTOR))
    return f"c({inner})" if language.get() == "R" else f"[{inner}]"


def _show_named(value: Mapping[Any, Any]) -> str:
    inner = _in_brackets(value)
    return f"list({inner})" if language.get() == "R" else f"{{{inner}}}"


def _in_brackets(value: Mapping[Any, Any]) -> str:
    in_r = language.get() == "R"
    items = list(value.items())[:_LONGEST_VECTOR]
    parts = [f"{name} = {show(element)}" if in_r else f"{show(name)}: {show(element)}" for name, element in items]
    return ", ".join(parts + ["…"] * (len(value) > _LONGEST_VECTOR))


def _show_object(value: Any) -> str:
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if isinstance(value, np.ndarray) and value.ndim == 1 and language.get() == "R":
        return _show_vector(value.tolist())
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if callable(value) and not hasattr(value, "get_config"):
        name = getattr(value, "__name__", "")
        return f"the function {name}" if name.isidentifier() else "a function"
    return f"an object of class {type(value).__name__}"
