"""What the README has its readers do, done."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUN = {  # the command, what prints the losses, and the plot
    "r": ("Rscript", "cat(sprintf('%.17g', history$metrics$val_loss))", "Rplots.pdf"),
    "python": (sys.executable, "print(*(f'{loss:.17g}' for loss in history.metrics['val_loss']))", "history.png"),
}


def script(language, readme="README.md"):
    """The first block of a language: the script of a book."""
    return re.search(rf"^```{language}\n(.*?)^```$", (ROOT / readme).read_text("utf-8"), re.DOTALL | re.MULTILINE)[1]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The last line and the files of each script, run as it stands, where the README says: in a checkout."""
    found = {}
    for language, (command, more, _) in RUN.items():
        folder = tmp_path_factory.mktemp(language)
        (folder / "vignettes").symlink_to(ROOT / "vignettes")
        (folder / "script").write_text(f"{script(language)}\n{more}\n", "utf-8")
        environment = {**os.environ, "R_LIBS": str(ROOT / ".rlib"), "RETICULATE_PYTHON": sys.executable}
        done = subprocess.run(
            [command, "script"], cwd=folder, env=environment, capture_output=True, text=True, timeout=200
        )
        assert done.returncode == 0, done.stderr
        found[language] = done.stdout.strip().split("\n")[-1], {path.name for path in folder.iterdir()}
    return found


@pytest.mark.parametrize("language", RUN)
def test_a_script_comes_to_a_plot(run, language):
    _, files = run[language]
    assert RUN[language][2] in files
    assert any(re.fullmatch(r"weights\.20-0\.\d\d\.hdf5", name) for name in files)


def test_both_languages_train_the_same(run):
    losses = {language: line.split()[-10:] for language, (line, _) in run.items()}
    assert losses["r"] == losses["python"]
    assert len(losses["r"]) == 10


@pytest.mark.parametrize("language", RUN)
def test_the_chinese_readme_has_the_same_script(language):
    without_comments = [re.sub(r"\s*# .*", "", script(language, name)) for name in ("README.md", "README.zh-CN.md")]
    assert without_comments[0] == without_comments[1]
