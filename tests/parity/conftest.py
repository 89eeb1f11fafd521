"""R in this process, and the notes from which the table in the docs is written."""

import json
import sys
from collections import defaultdict
from pathlib import Path

import pytest

SHOWN = defaultdict(set)  # (function, column) -> what was shown


def pytest_addoption(parser):
    parser.addoption("--write-table", action="store_true", help="write docs/parity.md, which else is compared")
    parser.addoption(
        "--notes", type=Path, help="a folder in which runs in several processes leave what they have shown"
    )


def pytest_collection_modifyitems(items):
    """The table comes last, and only when all has run that it speaks of."""
    files = {path.name for path in Path(__file__).parent.glob("test_*.py")}
    table = [item for item in items if item.path.name == "test_table.py"]
    others = [item for item in items if item not in table]
    complete = files <= {item.path.name for item in items} or not others
    items[:] = others + (table if complete else [])


def pytest_collection_finish(session):
    notes = session.config.getoption("--notes")
    if notes and all(item.path.name == "test_table.py" for item in session.items):
        for file in notes.iterdir():
            for function, column, what in json.loads(file.read_text("utf-8")):
                SHOWN[function, column].add(what)


def pytest_sessionfinish(session, exitstatus):
    session.config.status_of_session = int(exitstatus)
    notes, worker = session.config.getoption("--notes"), getattr(session.config, "workerinput", None)
    if notes and worker:
        notes.mkdir(parents=True, exist_ok=True)
        shown = [[*place, one] for place, several in SHOWN.items() for one in several]
        (notes / f"{worker['workerid']}.json").write_text(json.dumps(shown), "utf-8")


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    if "embedded_r" in sys.modules and hasattr(config, "status_of_session"):
        sys.modules["embedded_r"].leave(config.status_of_session)


@pytest.fixture(scope="session")
def r():
    """R in this process, with rkeras attached."""
    import embedded_r

    return embedded_r.R()


@pytest.fixture
def parity():
    """Takes note that something was shown of a function: its name, a column of the table, what it was."""
    return lambda function, column, what: SHOWN[function, column].add(what)


@pytest.fixture(autouse=True)
def _in_a_directory_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
