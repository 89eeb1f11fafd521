"""Runs the training of this directory as a process of its own, in Python or R, and looks at what it has written."""

import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import h5py
import keras
import numpy as np

import rkeras_py as rk

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
COMMANDS = {"Python": [sys.executable, str(HERE / "training.py")], "R": ["Rscript", str(HERE / "training.R")]}
PATIENCE = 120  # seconds


def start(language, place):
    """Starts the training in a directory; what an earlier one has left there is there still."""
    (place / "begun").unlink(missing_ok=True)
    environment = {
        **os.environ,
        "R_LIBS": str(ROOT / ".rlib"),
        "RETICULATE_PYTHON": sys.executable,
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    with open(place / "said.txt", "ab") as said:
        return subprocess.Popen(COMMANDS[language], cwd=place, env=environment, stdout=said, stderr=said)


def wait_for(process, what):
    """Waits until a file is there or the process has ended; tells which."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if what.exists():
            return True
        if process.poll() is not None:
            return what.exists()
        time.sleep(0.002)
    process.kill()
    raise TimeoutError(f"{what} is not there after {PATIENCE} s")


def run(language, place):
    """Runs the training to its end; returns how many seconds it took from the moment at which it began."""
    process = start(language, place)
    began = wait_for(process, place / "begun")
    before = time.monotonic()
    assert process.wait(PATIENCE) == 0, (place / "said.txt").read_text()
    assert began
    return time.monotonic() - before


def kill(language, place, seconds):
    """Starts the training and kills it so long after it has begun; tells whether it was there to be killed."""
    process = start(language, place)
    if wait_for(process, place / "begun"):
        time.sleep(seconds)
    process.kill()
    return process.wait() == -9


def check_files(place, known):
    """Loads every checkpoint and reads the logs, as somebody would who comes between two runs.

    Args:
        place: The directory.
        known: The files that have been loaded already, as they are; the others are added.
    """
    endings = (".hdf5", ".keras", ".weights.h5")
    checkpoints = [path for path in place.iterdir() if path.name.endswith(endings) and not path.name.startswith(".")]
    for path in checkpoints:
        file = path.stat().st_ino, path.stat().st_mtime_ns
        if file in known:
            continue
        known.add(file)
        if path.name.endswith(".weights.h5"):
            with h5py.File(path) as file:
                file.visititems(lambda _, node: node[()] if isinstance(node, h5py.Dataset) else None)
        elif path.suffix == ".keras":
            keras.saving.load_model(path)
        else:
            rk.load_model_hdf5(str(path))
    for name in ("log.csv", "log.jsonl"):
        if (place / name).exists():
            epochs = epochs_of(place / name)
            assert epochs == list(range(len(epochs))), f"{place / name}: {epochs}"


def epochs_of(path):
    """The epochs in a log, which may not end within a line."""
    text = path.read_bytes().decode()
    assert text == "" or text.endswith("\n"), f"{path} ends in {text[-40:]!r}"
    if path.suffix == ".csv":
        return [int(row["epoch"]) for row in csv.DictReader(text.splitlines())]
    return [json.loads(line)["epoch"] for line in text.splitlines()]


def differences(place, expected):
    """What is not as it was in the training that was not killed."""
    found, wanted = (json.loads((one / "result.json").read_text()) for one in (place, expected))
    unequal = [name for name in wanted if not same(found[name], wanted[name])]
    logs = ("log.csv", "log.jsonl")
    unequal += [name for name in logs if (place / name).read_bytes() != (expected / name).read_bytes()]
    unequal += {path.name for path in place.iterdir()} ^ {path.name for path in expected.iterdir()}  # litter, too
    return [f"{place}: {name}" for name in unequal]


def same(found, wanted):
    """Whether two results are equal to the last bit."""
    if isinstance(wanted, list) and wanted and isinstance(wanted[0], list):
        return len(found) == len(wanted) and all(np.array_equal(*pair) for pair in zip(found, wanted, strict=True))
    return found == wanted
