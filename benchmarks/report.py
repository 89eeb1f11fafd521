"""The rows that benchmarks print, and the page that is made of them."""

import json
import sys


def row(part, what, measured, against, limit=None, note=""):
    """Prints a measurement, for `bench.py` to put into the page.

    Args:
        part: The table it belongs to.
        what: What was measured.
        measured: A `Ratio`, or a text.
        against: What it is compared with.
        limit: What the ratio should not exceed.
        note: What there is to say of it.
    """
    is_ratio = not isinstance(measured, str)
    line = {
        "part": part,
        "what": what,
        "measured": str(measured),
        "seconds": list(measured.seconds) if is_ratio else None,
        "against": against,
        "limit": limit,
        "reached": _reached(measured, limit) if limit is not None and is_ratio else "",
        "note": note,
    }
    print("ROW " + json.dumps(line), flush=True)
    print(f"{part}: {what}: {measured} of {against}", file=sys.stderr, flush=True)


def _reached(measured, limit):
    if measured.median <= limit:
        return "reached"
    return "within the noise" if measured.low <= limit else "not reached"
