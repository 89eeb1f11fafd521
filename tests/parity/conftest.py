"""R in this process, and the notes from which the table in the docs is written."""

import sys
from collections import defaultdict
from pathlib import Path

import pytest

SHOWN = defaultdict(set)  # (function, column) -> what was shown


def pytest_addoption(parser):
    parser.addoption("--write-table", action="store_true", help="write docs/parity.md, which else is compared")


def pytest_collection_modifyitems(items):
    """The table comes last, and only when all has run that it speaks of."""
    files = {path.name for path in Path(__file__).parent.glob("test_*.py")}
    table = [item for item in items if item.path.name == "test_table.py"]
    others = [item for item in items if item not in table]
    complete = files <= {item.path.name for item in items}
    items[:] = others + (table if complete else [])


def pytest_sessionfinish(session, exitstatus):
    session.config.status_of_session = int(exitstatus)


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
