"""Paired measurements: what is compared is run in turns in one process, so that a noisy machine is noisy for both."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """How much longer one thing takes than another.

    Attributes:
        median: The median of the ratios of the pairs.
        low: Their lower quartile.
        high: Their upper quartile.
        seconds: The median time of each.
    """

    median: float
    low: float
    high: float
    seconds: tuple[float, float]

    def __str__(self) -> str:
        return f"{self.median:.3f} ({self.low:.3f} to {self.high:.3f})"


def seconds_of(run: Callable[[], float | None]) -> float:
    """How long a call takes; what it returns itself is taken instead, if it is a number."""
    gc.collect()
    begin = time.perf_counter()
    measured = run()
    return time.perf_counter() - begin if measured is None else measured


def in_turns(runs: Mapping[str, Callable[[], float | None]], rounds: int, warm_up: int = 1) -> dict[str, list[float]]:
    """Runs everything in turns, every other round backwards.

    Args:
        runs: What is to be compared, by name.
        rounds: How often.
        warm_up: Rounds that do not count.

    Returns:
        The seconds of every round, by name.
    """
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(-warm_up, rounds):
        for name in list(runs)[:: -1 if number % 2 else 1]:
            seconds = seconds_of(runs[name])
            if number >= 0:
                taken[name].append(seconds)
    return taken


def ratio(taken: Mapping[str, list[float]], subject: str, baseline: str) -> Ratio:
    """The ratio of two things that were run in turns."""
    ratios = [one / other for one, other in zip(taken[subject], taken[baseline], strict=True)]
    low, median, high = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    return Ratio(median, low, high, (statistics.median(taken[subject]), statistics.median(taken[baseline])))
