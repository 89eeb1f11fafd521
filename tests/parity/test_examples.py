"""The examples, driven from R and from Python: the same histories to the last bit."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.r

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted(path.stem for path in (ROOT / "examples").glob("*.py"))
SHOW_IN_PYTHON = """
for name, values in history.metrics.items():
    print("value", name, *[f"{value:.17g}" for value in values])
"""
SHOW_IN_R = """
for (name in names(history$metrics)) {
  cat("value", name, sprintf("%.17g", history$metrics[[name]]), "\\n")
}
"""


def started(command, folder, **environment):
    return subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def history(process):
    output, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors[-2000:]
    return [line.split() for line in output.splitlines() if line.startswith("value ")]


def test_each_script_is_there_in_both_languages():
    assert sorted(path.stem for path in (ROOT / "examples").glob("*.R")) == SCRIPTS
    assert len(SCRIPTS) >= 4


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_histories_are_the_same(script, tmp_path):
    processes = []
    for suffix, show, command in [(".py", SHOW_IN_PYTHON, [sys.executable]), (".R", SHOW_IN_R, ["Rscript"])]:
        folder = tmp_path / suffix[1:]
        shutil.copytree(ROOT / "examples", folder)
        file = folder / (script + suffix)
        file.write_text(file.read_text("utf-8") + show, "utf-8")
        libraries = {"R_LIBS": str(ROOT / ".rlib"), "RETICULATE_PYTHON": sys.executable}
        processes.append(started([*command, file.name], folder, **libraries))
    in_python, in_r = (history(process) for process in processes)
    assert len(in_python) >= 2
    assert in_r == in_python
