"""The generator proves itself: what goes wrong in a signature or in a wrapper is found, shown on a copy."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import embedded_r
import pytest

# The copies are made once, in front of the first test.
pytestmark = pytest.mark.timeout(1200)
ROOT = Path(__file__).parents[2]
SIGNATURE = "rkeras_py/callbacks/early_stopping.py"
WRAPPER = "R/callback_early_stopping.R"
FORMALS = "test_formals_are_the_books[callback_early_stopping]"
COERCION = "test_coercion[2.2.5.0-callback_early_stopping-patience-as.integer]"
STALE = f"not up to date, run `make generate`: {WRAPPER}"
PATIENCE = "patience: Count = 0"
HELP = "        baseline: A value to be beaten: a run that does not beat it within `patience` epochs stops.\n"
# Kind -> file, what is written instead of what, whether R is generated from it, what finds it.
MUTATIONS = {
    "a changed default": (SIGNATURE, {PATIENCE: "patience: Count = 1"}, True, FORMALS),
    "FALSE for 0": (SIGNATURE, {PATIENCE: "patience: Count = False"}, True, FORMALS),
    "a wrong type": (SIGNATURE, {PATIENCE: "patience: float = 0"}, True, COERCION),
    "a stale wrapper": (SIGNATURE, {PATIENCE: "patience: Count = 1"}, False, STALE),
    "a dropped argument": (SIGNATURE, {"    baseline: float | None = None,\n": "", HELP: ""}, True, FORMALS),
    "a renamed argument": (SIGNATURE, {PATIENCE: "waits: Count = 0", "  patience: Ep": "  waits: Ep"}, True, FORMALS),
    "a wrapper changed by hand": (WRAPPER, {"patience = 0,": "patience = 1,"}, False, STALE),
}


def run(copy, *arguments):
    ended = subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env=embedded_r.environment(PYTHONPATH=str(copy)),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


def findings(folder, kind=None):
    """What the generator's check and the oracles say of a copy with a mutation."""
    copy = folder / (kind or "unchanged").replace(" ", "_")
    for part in ("rkeras_py", "R", "tools", "man-examples", "tests/parity", "tests/python"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    generates = False
    if kind:
        file, replaced, generates, _ = MUTATIONS[kind]
        text = (copy / file).read_text("utf-8")
        for old, new in replaced.items():
            assert text.count(old) == 1
            text = text.replace(old, new)
        (copy / file).write_text(text, "utf-8")
    if generates:
        status, said = run(copy, "tools/make_r.py")
        assert status == 0, said
        assert (copy / WRAPPER).read_text("utf-8") != (ROOT / WRAPPER).read_text("utf-8") or kind == "a wrong type"
    checked, stale = run(copy, "tools/make_r.py", "--check")
    tests = [f"tests/parity/test_{name}.py" for name in ("formals", "coercions")]
    tested, failed = run(copy, "-m", "pytest", *tests, "-k", "callback_early_stopping", "--tb=no", "-rf")
    return checked, stale, tested, failed


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copies")
    with ThreadPoolExecutor(2) as pool:
        kinds = [None, *MUTATIONS]
        return dict(zip(kinds, pool.map(lambda kind: findings(folder, kind), kinds), strict=True))


def test_generating_changes_nothing(found):
    checked, stale, tested, failed = found[None]
    assert (checked, tested) == (0, 0), stale + failed


@pytest.mark.parametrize("kind", MUTATIONS)
def test_a_mutation_is_caught(kind, found):
    *_, generated, finder = MUTATIONS[kind]
    checked, stale, tested, failed = found[kind]
    if generated:
        assert checked == 0, stale
        assert tested == 1
        assert finder in failed
    else:
        assert checked == 1
        assert finder in stale
