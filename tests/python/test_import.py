"""Importing is lazy, and what editors see is what runs."""

import ast
import inspect
import re
import statistics
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import rkeras_py

pytestmark = pytest.mark.once


def python(*arguments):
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)


def test_import_loads_neither_keras_nor_a_backend():
    loaded = "[m for m in ('keras', 'tensorflow', 'jax', 'numpy', 'h5py') if m in sys.modules]"
    assert python("-c", f"import sys, rkeras_py; dir(rkeras_py); print({loaded})").stdout.strip() == "[]"


def test_import_takes_less_than_60_ms():
    # The time Python itself reports for the import: free of the start of the process; the median of five.
    took = []
    for _ in range(5):
        report = python("-X", "importtime", "-c", "import rkeras_py").stderr
        line = next(line for line in report.splitlines() if line.endswith("| rkeras_py"))
        took.append(int(line.split("|")[1]) / 1000)
    assert statistics.median(took) < 60


def test_dir_has_every_name():
    assert set(rkeras_py.__all__) <= set(dir(rkeras_py))
    assert "callback_lambda" in rkeras_py.__all__
    assert [name for name in rkeras_py.__all__ if getattr(rkeras_py, name) is None] == ["NULL"]


def test_names_can_be_imported_with_a_star():
    names = {}
    exec("from rkeras_py import *", names)
    assert set(rkeras_py.__all__) <= set(names)


def test_unknown_names_are_attribute_errors():
    with pytest.raises(AttributeError, match="callback_nothing"):
        rkeras_py.callback_nothing  # noqa: B018


def test_the_stub_names_what_there_is():
    stub = ast.parse((Path(rkeras_py.__file__).parent / "__init__.pyi").read_text())
    named = {}
    for line in stub.body:
        if isinstance(line, ast.ImportFrom):
            named |= {alias.asname: (line.module, alias.name) for alias in line.names}
    assert sorted(named) == sorted(rkeras_py.__all__)
    for name, (module, attribute) in named.items():
        assert getattr(rkeras_py, name) is getattr(import_module(f"rkeras_py.{module}"), attribute)


def test_mypy_and_runtime_see_the_same_signatures(tmp_path):
    functions = [name for name in rkeras_py.__all__ if hasattr(getattr(rkeras_py, name), "__contract__")]
    script = tmp_path / "script.py"
    script.write_text("import rkeras_py as rk\n" + "".join(f"reveal_type(rk.{name})\n" for name in functions))
    result = python("-m", "mypy", "--config-file", "/dev/null", "--ignore-missing-imports", str(script))
    revealed = re.findall(r'note: Revealed type is "def \((.*)\)(?: -> .*)?"', result.stdout)
    assert len(revealed) == len(functions), result.stdout
    for name, text in zip(functions, revealed, strict=True):
        plain, _, shared = text.replace("*, ", "").replace("*more", "more").partition("**tail: **TypedDict(")
        seen = re.findall(r"(?:^|, )(\w+): .*?( =)?(?=, \w+: |, $|$)", plain)
        seen += [(name, " =") for name in re.findall(r"'(\w+)'\?: ", shared)]
        runtime = inspect.signature(getattr(rkeras_py, name)).parameters.values()
        assert seen == [(p.name, "" if p.default is p.empty else " =") for p in runtime]


def test_mypy_sees_the_signatures(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import rkeras_py as rk\n"
        "rk.callback_early_stopping(monitor='val_loss', patience=5, mode='min')\n"
        "rk.callback_early_stopping(patince=5)\n"
        "rk.callback_early_stopping(patience='five')\n"
        "rk.callback_early_stopping(mode='sideways')\n"
        "rk.callback_csv_logger()\n"
        "rk.callback_nothing()\n"
    )
    result = python("-m", "mypy", "--config-file", "/dev/null", "--ignore-missing-imports", str(script))
    errors = [line.split(":")[1] for line in result.stdout.splitlines() if ": error: " in line]
    assert errors == ["3", "4", "5", "6", "7"], result.stdout
