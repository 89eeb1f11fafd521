"""The examples, driven from Python, from R in a process of its own, and from R inside a Python process.

Histories with their learning rates, the epoch of the stop, the names of checkpoints, logs and weights: the same to the
last bit.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import embedded_r
import h5py
import pytest

pytestmark = pytest.mark.r

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted(path.stem for path in (ROOT / "examples").glob("*.py"))
# What there is to compare of each, beside the history and the weights.
MADE = {
    "digits_conv": [],
    "text_embedding": [f"weights.0{epoch}-" for epoch in range(1, 7)],
    "tutorial": ["best_model.h5", "log.csv"],
    "two_inputs": [],
}
KEEP_IN_PYTHON = """
save_model_weights_hdf5(model, "final.h5")
with open("history.txt", "w") as lines:
    print("epochs", len(history.epoch), history.params["epochs"], file=lines)
    for name, values in history.metrics.items():
        print(name, *[f"{value:.17g}" for value in values], file=lines)
"""
KEEP_IN_R = """
save_model_weights_hdf5(model, "final.h5")
lines <- file("history.txt", "w")
cat("epochs", length(history$metrics$loss), history$params$epochs, file = lines)
for (name in names(history$metrics)) {
  cat("\\n", name, " ", paste(sprintf("%.17g", history$metrics[[name]]), collapse = " "), sep = "", file = lines)
}
cat("\\n", file = lines)
close(lines)
"""


def folder_with(script, suffix, more, place):
    """A copy of the examples, in which the script keeps what it has come to."""
    shutil.copytree(ROOT / "examples", place, ignore=shutil.ignore_patterns("*.h5", "*.csv.gz"))
    file = place / (script + suffix)
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    return place


def started(command, folder):
    environment = embedded_r.environment(R_LIBS=str(ROOT / ".rlib"), RETICULATE_PYTHON=sys.executable)
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def ended(process):
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors[-2000:]


def arrays(path):
    """All that an HDF5 file holds, by its place in it."""
    found = {}
    with h5py.File(path) as file:
        file.visititems(lambda place, one: found.update({place: one[()]}) if isinstance(one, h5py.Dataset) else None)
    return found


def made(folder):
    """What a script has left: the bytes of texts, the arrays of HDF5 files."""
    files = {path.name: path for path in folder.iterdir() if path.is_file() and path.suffix not in (".py", ".R", ".md")}
    return {
        name: {place: array.tobytes() for place, array in arrays(path).items()}
        if path.suffix in (".h5", ".hdf5")
        else path.read_bytes()
        for name, path in files.items()
    }


def test_each_script_is_there_in_both_languages():
    assert sorted(path.stem for path in (ROOT / "examples").glob("*.R")) == SCRIPTS == list(MADE)


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_same_numbers(script, tmp_path):
    in_python = folder_with(script, ".py", KEEP_IN_PYTHON, tmp_path / "Python")
    in_r = folder_with(script, ".R", KEEP_IN_R, tmp_path / "R")
    inside = folder_with(script, ".R", KEEP_IN_R, tmp_path / "R_inside_Python")
    processes = [
        started([sys.executable, f"{script}.py"], in_python),
        started(["Rscript", f"{script}.R"], in_r),
        started([sys.executable, embedded_r.__file__, f"{script}.R"], inside),
    ]
    for process in processes:
        ended(process)
    expected = made(in_python)
    assert len(expected["final.h5"]) >= 4
    assert len(expected["history.txt"].splitlines()) >= 5
    for name in MADE[script]:
        assert any(file.startswith(name) for file in expected), name
    assert made(in_r) == expected
    assert made(inside) == expected
