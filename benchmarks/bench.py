"""Runs the benchmarks one after the other and writes docs/benchmarks.md: `make bench`."""

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
PAGE = ROOT / "docs" / "benchmarks.md"
CURRENT = str(ROOT / ".venv-current" / "bin" / "python")
RUNS = {
    "start": [sys.executable, "start.py"],
    "constructors": [sys.executable, "constructors.py"],
    "fit": [sys.executable, "fit.py", "fit"],
    "fit-jax": [CURRENT, "fit.py", "fit"],
    "single": [sys.executable, "fit.py", "single"],
    "rows": [sys.executable, "rows.py"],
    "saves": [sys.executable, "checkpoints.py"],
    "preparing": [sys.executable, "preparing.py"],
    "R": ["Rscript", "in_r.R"],
    "backend": ["Rscript", "backend_in_r.R"],
    "data": [sys.executable, "r_data.py"],
    "generator": [sys.executable, "r_generator.py"],
}
HEADINGS = {
    "start": "Starting",
    "constructors": "Making a callback",
    "fit": "Training",
    "single": "Single callbacks",
    "rows": "Logs that grow",
    "saves": "Saving",
    "preparing": "Texts and images",
    "R": "In R",
    "backend": "Backend functions in R",
    "data": "R's data",
}
HEAD = """# Benchmarks

`make bench` writes this page. What is compared is run in turns (A B B A …) in one process, or in new processes where it
is the start that counts; a figure is the median of the ratios of the pairs, with their quartiles in brackets. These
machines are noisy and have few cores: a ratio whose quartiles lie on both sides of 1 is no difference, and one with
the limit between its lower quartile and its median is called within the noise.
"""


def rows_of(name):
    """Runs a benchmark and gives its rows."""
    environment = {
        **os.environ,
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "R_LIBS": str(ROOT / ".rlib"),
        "RETICULATE_PYTHON": sys.executable,
        **({"KERAS_BACKEND": "jax"} if name.endswith("-jax") else {}),
    }
    with subprocess.Popen(RUNS[name], cwd=HERE, env=environment, stdout=subprocess.PIPE, text=True) as running:
        rows = [json.loads(line[4:]) for line in running.stdout if line.startswith("ROW ")]
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, RUNS[name])
    return rows


def page(rows):
    """The page, in Markdown."""
    lines = [HEAD, f"{datetime.date.today()}, {os.cpu_count()} cores, Python {platform.python_version()}.\n"]
    for part, heading in HEADINGS.items():
        own = [row for row in rows if row["part"] == part]
        if own:
            lines += [f"## {heading}\n", "| what | measured | against | limit | |", "| --- | --- | --- | --- | --- |"]
            lines += [_line(row) for row in own]
            lines.append("")
    return "\n".join(lines)


def _line(row):
    limit = "" if row["limit"] is None else f"{row['limit']}"
    said = row["reached"] if row["reached"] == "reached" else ": ".join(filter(None, [row["reached"], row["note"]]))
    return f"| {row['what']} | {row['measured']} | {row['against']} | {limit} | {said} |"


def main():
    """Runs all, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(RUNS), help=f"some of {', '.join(RUNS)}")
    kept = ROOT / "build" / "benchmarks.json"
    known = json.loads(kept.read_text()) if kept.exists() else {}
    for name in parser.parse_args().names:
        known[name] = rows_of(name)
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(json.dumps(known))
    PAGE.write_text(page([row for name in RUNS for row in known.get(name, [])]))


if __name__ == "__main__":
    main()
