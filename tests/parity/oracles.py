"""The outside oracles as tables."""

import csv
from collections import defaultdict
from pathlib import Path

VERSIONS = ("2.2.4.1", "2.2.5.0", "2.15.0")
_METHOD = ".keras.engine.training.Model"  # S3 methods for models are listed with the class
_ORACLE = Path(__file__).parent / "oracle"


def rows(path: Path) -> list[dict[str, str]]:
    """The lines of a table."""
    with open(path, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def deviations() -> list[dict[str, str]]:
    """Where an argument is not as a version of R keras has it, and why."""
    return rows(_ORACLE.parent / "deviations.tsv")


def differences() -> list[dict[str, str]]:
    """Where a conversion does otherwise than R by choice, and why."""
    return rows(_ORACLE.parent / "differences.tsv")


def formals(source: str) -> dict[str, dict[str, str]]:
    """Function -> argument -> default as R text, of a version of R keras or of "book"."""
    table: dict[str, dict[str, str]] = defaultdict(dict)
    files = ["book-formals.tsv"] if source == "book" else [f"keras-{source}-formals.tsv"]
    if source == "2.15.0":
        files.append(f"keras-{source}-metrics-formals.tsv")
    for row in [row for file in files for row in rows(_ORACLE / file)]:
        arguments = table[row["fun"].removesuffix(_METHOD)]
        if row["arg"]:
            arguments[row["arg"]] = row["default"]
    return dict(table)


def exports(version: str) -> set[str]:
    """The names that a version of R keras exports, and its methods for models."""
    return {*(_ORACLE / f"keras-{version}-exports.txt").read_text("utf-8").split(), *formals(version)}


def coercions(version: str) -> dict[tuple[str, str], str]:
    """(Function, argument) -> the R function that converts it."""
    return {
        (row["fun"].removesuffix(_METHOD), row["arg"]): row["coercion"]
        for row in rows(_ORACLE / f"keras-{version}-coercions.tsv")
    }
