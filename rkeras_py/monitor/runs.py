"""What has been posted: runs, each with a row for every epoch."""

import csv
import io
import json
import math
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_RUNS = 100
MOST_EPOCHS = 100_000
MOST_QUANTITIES = 200
LONGEST_NAME = 100  # characters, of a quantity or a run

_IDENTIFIER = re.compile(r"[0-9a-f]{32}")  # as callback_remote_monitor() sends where the training has no name

Value = float | int | bool | str | None


class Refused(ValueError):
    """A post that cannot be taken, with the reason and the status of the answer."""

    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.status = status


@dataclass
class Run:
    """A training.

    Attributes:
        number: Which one, counted from 1.
        name: What it is called on the page.
        begun: When its first post came, in seconds since 1970.
        rows: The logs of every epoch, by its number (from 0).
    """

    number: int
    name: str
    begun: float = field(default_factory=time.time)
    rows: dict[int, dict[str, Value]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The run as the page takes it."""
        rows = [{"epoch": epoch, **self.rows[epoch]} for epoch in sorted(self.rows)]
        return {"number": self.number, "name": self.name, "begun": self.begun, "rows": rows}


class Runs:
    """All runs; the oldest is forgotten when there are too many."""

    def __init__(self) -> None:
        self._runs: dict[int, Run] = {}
        self._current: dict[str, int] = {}
        self._made = 0

    def add(self, logs: Any, sender: str, given: str | None = None) -> tuple[Run, int]:
        """Adds the logs of an epoch.

        Posts that say which run they are of (`given`) go to that run, and an epoch that comes again stands for what was
        trained again. Of the others, those of one sender belong together while their epochs rise.

        Args:
            logs: What was posted.
            sender: Where it came from.
            given: The name of the run, where the post has one.

        Returns:
            The run, and the number of the epoch.

        Raises:
            Refused: They are no logs of an epoch, or there is no room for them.
        """
        epoch, values = _checked(logs)
        if given is not None and not 0 < len(given) <= LONGEST_NAME:
            raise Refused(f"the name of a run must have 1 to {LONGEST_NAME} characters, not {len(given)}.")
        key = f"name {given}" if given is not None else f"from {sender}"
        run = self._runs.get(self._current.get(key, 0))
        if run is None or _begins_anew(run, epoch, named=given is not None):
            run = self._begin(key, given)
        if len(run.rows) >= MOST_EPOCHS and epoch not in run.rows:
            raise Refused(f"a run has {MOST_EPOCHS:,} epochs at most.", 507)
        run.rows[epoch] = values
        return run, epoch

    def as_json(self) -> list[dict[str, Any]]:
        """All runs as the page takes them."""
        return [run.as_json() for run in self._runs.values()]

    def as_csv(self, number: int | None = None) -> str:
        """A row for every epoch of every run, or of one run.

        Raises:
            KeyError: There is no such run.
        """
        runs = list(self._runs.values()) if number is None else [self._runs[number]]
        names = list(dict.fromkeys(name for run in runs for row in run.rows.values() for name in row))
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(["run", "name", "epoch", *names])
        for run in runs:
            for epoch in sorted(run.rows):
                table.writerow([run.number, run.name, epoch, *[run.rows[epoch].get(name) for name in names]])
        return text.getvalue()

    def _begin(self, key: str, given: str | None) -> Run:
        self._made += 1
        named = given is not None and not _IDENTIFIER.fullmatch(given)
        run = Run(self._made, given if given is not None and named else f"run {self._made}")
        self._runs[run.number] = run
        self._current[key] = run.number
        if len(self._runs) > MOST_RUNS:
            del self._runs[next(iter(self._runs))]
            self._current = {key: number for key, number in self._current.items() if number in self._runs}
        return run


def _begins_anew(run: Run, epoch: int, named: bool) -> bool:
    return epoch == 0 and 0 in run.rows if named else epoch <= max(run.rows, default=-1)


def _checked(logs: Any) -> tuple[int, dict[str, Value]]:
    if not isinstance(logs, Mapping):
        raise Refused('the logs must be a JSON object, such as {"epoch": 0, "loss": 0.5}.')
    epoch = logs.get("epoch")
    if not isinstance(epoch, int) or isinstance(epoch, bool) or not 0 <= epoch < 2**53:
        raise Refused(f"`epoch` must be a whole number, counted from 0, not {json.dumps(epoch)[:LONGEST_NAME]}.")
    if len(logs) > MOST_QUANTITIES + 1:
        raise Refused(f"the logs of an epoch may have {MOST_QUANTITIES} quantities, not {len(logs) - 1}.")
    if too_long := next((name for name in logs if len(name) > LONGEST_NAME), None):
        raise Refused(f"the name of a quantity may have {LONGEST_NAME} characters, not {len(too_long)}.")
    return epoch, {name: _scalar(value) for name, value in logs.items() if name != "epoch"}


def _scalar(value: Any) -> Value:
    """A number, a text or nothing; what has parts is kept as the JSON it came as."""
    if isinstance(value, float) and not math.isfinite(value):  # 1e999
        return None
    return value if value is None or isinstance(value, bool | int | float | str) else json.dumps(value)
