"""Checks that the version stands everywhere as it stands in `rkeras_py/__init__.py`."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PLACES = {
    "rkeras_py/__init__.py": r'^__version__ = "(.+)"$',
    "DESCRIPTION": r"^Version: (\S+)$",
    "NEWS.md": r"^# rkeras (\S+)$",
}


def main() -> None:
    """Exits with a message where two places differ."""
    found = {}
    for place, pattern in PLACES.items():
        match = re.search(pattern, (ROOT / place).read_text(encoding="utf-8"), re.MULTILINE)
        found[place] = match.group(1) if match else "none"
    if len(set(found.values())) != 1:
        sys.exit(f"versions differ: {found}")


if __name__ == "__main__":
    main()
