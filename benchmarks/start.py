"""What it costs to start: imports, the first call, library(rkeras); each in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from paired import in_turns, ratio
from report import row

ROOT = Path(__file__).parents[1]
_TIMED = "import time; begin = time.perf_counter(); {}; print('SECONDS', time.perf_counter() - begin)"
_IN_R = "begin <- proc.time()[['elapsed']]; {}; cat('SECONDS', proc.time()[['elapsed']] - begin)"
_QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3"}


def seconds(command, code):
    """Runs code in a process of its own, which tells how long it took."""
    environment = {**os.environ, **_QUIET, "R_LIBS": str(ROOT / ".rlib"), "RETICULATE_PYTHON": sys.executable}
    ended = subprocess.run([*command, code], capture_output=True, text=True, check=True, env=environment, cwd=ROOT)
    return float(ended.stdout.rpartition("SECONDS")[2])


def python(code):
    """How long Python code takes, in a new process."""
    return lambda: seconds([sys.executable, "-c"], _TIMED.format(code))


def r(code):
    """How long R code takes, in a new process, apart from the start of R."""
    return lambda: seconds(["Rscript", "-e"], _IN_R.format(code))


def main(rounds=7):
    """Prints rows of the report."""
    first = "import rkeras_py; rkeras_py.callback_early_stopping()"
    theirs = "import keras; keras.callbacks.EarlyStopping()"
    runs = {"import": python("import rkeras_py"), "keras": python("import keras"), "first": python(first)}
    runs |= {"theirs": python(theirs), "library": r("library(rkeras)")}
    runs |= {"call": r("library(rkeras); invisible(callback_early_stopping())")}
    taken = in_turns(runs, rounds)
    row("start", "`import rkeras_py`", ratio(taken, "import", "keras"), "`import keras`", limit=0.02)
    row("start", "the first constructor", ratio(taken, "first", "theirs"), "the same with Keras")
    library = ratio(taken, "library", "keras")
    row("start", "`library(rkeras)`", f"{library.seconds[0]:.3f} s", "limit 0.5 s, without Python")
    row(
        "start",
        "`library(rkeras)` and the first call in R",
        ratio(taken, "call", "theirs"),
        "the same with Keras in Python",
    )


if __name__ == "__main__":
    main()
