"""The rooms of the house: those of CONTRIBUTING.md, one above the other, and each with a word at its door."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import rkeras_py

pytestmark = pytest.mark.once

HOUSE = Path(rkeras_py.__file__).parent
CONTRIBUTING = HOUSE.parent / "CONTRIBUTING.md"
LONGEST = 400  # lines
AT_THE_ROOT = {"__init__", "__main__", "keras_internals", "keras_internals_of_models"}


def rooms():
    """The rooms as CONTRIBUTING.md lists them, from the top floor to the bottom."""
    table = CONTRIBUTING.read_text("utf-8").split("### Rooms of `rkeras_py/`")[1].split("\n### ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return [name.removesuffix(".py") for row in rows for name in re.findall(r"`(\w+)(?:/|\.py)`", row)]


@cache
def modules():
    """Every module: its parts, and the modules that it imports, wherever in it."""
    files = {tuple(path.relative_to(HOUSE).with_suffix("").parts): path for path in HOUSE.rglob("*.py")}
    return {name: imported(name, path, files) for name, path in files.items()}


def imported(name, path, files):
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "rkeras_py" for alias in node.names):
            found.add(("__init__",))
        if not isinstance(node, ast.ImportFrom) or not (node.level or str(node.module).startswith("rkeras_py")):
            continue
        absolute = str(node.module).split(".")[1:] if not node.level else None
        base = absolute if absolute is not None else [*name[: len(name) - node.level], *(node.module or "").split(".")]
        base = tuple(part for part in base if part)
        for alias in node.names:
            candidates = [(*base, alias.name), base, (*base, "__init__")]
            found.add(next(one for one in candidates if one in files))
    return found - {name}


def room_of(module):
    return module[0]


def test_the_rooms_are_those_of_contributing():
    folders = {path.name for path in HOUSE.iterdir() if (path / "__init__.py").is_file()}
    loose = {path.stem for path in HOUSE.glob("*.py")}
    assert loose == AT_THE_ROOT
    assert folders | AT_THE_ROOT - {"__init__", "__main__"} == set(rooms())
    assert len(rooms()) == len(set(rooms()))


def test_a_room_stands_above_all_it_imports():
    floor = {room: -at for at, room in enumerate(rooms())}
    floor["__main__"] = floor["__init__"] = 1  # the names of all: rooms on top may ask for them
    upwards = [
        f"{'/'.join(module)} imports {'/'.join(other)}"
        for module, others in modules().items()
        for other in others
        if room_of(other) != room_of(module) and floor[room_of(other)] > floor[room_of(module)]
        if not (room_of(other) == "__init__" and room_of(module) in ("r", "commands"))
    ]
    assert not upwards


def test_no_modules_import_one_another_in_a_circle():
    graph = {module: set(others) for module, others in modules().items() if module != ("__init__",)}
    graph = {module: others - {("__init__",)} for module, others in graph.items()}
    while leaves := {module for module, others in graph.items() if not others & graph.keys()}:
        graph = {module: others for module, others in graph.items() if module not in leaves}
    assert not graph


@pytest.mark.parametrize("room", rooms())
def test_each_door_says_what_lives_there(room):
    door = HOUSE / room / "__init__.py" if (HOUSE / room).is_dir() else HOUSE / f"{room}.py"
    assert len(ast.get_docstring(ast.parse(door.read_text("utf-8"))) or "") > 20


def test_no_module_is_longer_than_a_reader_keeps_in_mind():
    lengths = {str(path.relative_to(HOUSE)): path.read_text("utf-8").count("\n") for path in HOUSE.rglob("*.py")}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}
