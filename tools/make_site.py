"""Builds the documentation site into build/site: `tools/make_site.py`, after `make vignettes`.

What is gathered lies in build/site-source as it lies in the repository, so that its links work in both places.
"""

import logging
import re
import shutil
from itertools import chain
from pathlib import Path
from typing import Any

import site_reference
from mkdocs.commands.build import build
from mkdocs.config import load_config

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "build" / "site-source"
BUILT = ROOT / "build" / "vignettes"
CHAPTER = [  # in the order in which they are read
    *("callbacks", "progress-bar", "checkpoints", "early-stopping", "learning-rate-schedules", "reduce-on-plateau"),
    *(
        "own-callbacks",
        "logs",
        "remote-monitor",
        "full-moons",
        "moving-a-script",
        "in-python",
        "early-stopping-criteria",
    ),
]
PAGES = ["README", "NEWS", "CONTRIBUTING", "examples/README"]
DOCS = sorted(f"docs/{path.stem}" for path in (ROOT / "docs").glob("*.md") if not path.stem.endswith(".zh-CN"))


def main() -> None:
    """Gathers the pages and builds the site; a warning of mkdocs is an error."""
    logging.basicConfig(level=logging.WARNING)
    shutil.rmtree(SOURCE, ignore_errors=True)
    for path in [*PAGES, *DOCS]:
        for found in ROOT.glob(f"{path}*.md"):
            text = re.sub(r"^\[(中文|English)\]\(.*\)\n\n?", "", found.read_text("utf-8"), count=1, flags=re.MULTILINE)
            write(str(found.relative_to(ROOT)).replace("README", "index"), text)
    for picture in (ROOT / "docs" / "pictures").glob("*.png"):
        name = SOURCE / "docs" / "pictures" / picture.name.replace(".zh-CN.", ".zh.")
        name.parent.mkdir(exist_ok=True)
        shutil.copy(picture, name)
    gather_vignettes()
    sections = site_reference.sections()
    for name in chain(*sections.values()):
        write(f"reference/{name}.md", site_reference.page(name))
    config = load_config(str(ROOT / "mkdocs.yml"), strict=True, nav=navigation(sections))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)


def write(path: str, text: str) -> None:
    """Writes a page under the ending that the site has for its language; which one a link leads to, the site finds."""
    path = path.replace(".zh-CN.md", ".zh.md")
    text = re.sub(r"(\]\([^):\s]+?)(?:\.zh-CN)?\.(?:R?md|html)(#[^)]*)?\)", r"\1.md\2)", text)
    text = re.sub(r"(\]\([^):\s]+?)\.zh-CN\.png\)", r"\1.png)", text)
    text = re.sub(r"(\]\([^):\s]*)README\.md", r"\1index.md", text)
    (SOURCE / path).parent.mkdir(parents=True, exist_ok=True)
    (SOURCE / path).write_text(text, encoding="utf-8")


def gather_vignettes() -> None:
    """The vignettes as they were knitted, with their figures."""
    written = {path.stem for path in (ROOT / "vignettes").glob("*.Rmd")}
    if written != {name for topic in CHAPTER for name in (topic, f"{topic}.zh-CN")}:
        raise SystemExit(f"vignettes/ has {sorted(written)}, and the chapter is {CHAPTER}")
    for name in written:
        header, body = (BUILT / f"{name}.md").read_text("utf-8").removeprefix("---\n").split("\n---\n", 1)
        title = re.search(r'^title: "?(.*?)"?$', header, re.MULTILINE)
        if title is None:
            raise SystemExit(f"{name} has no title")
        body = re.sub(r'<img src="(.*?)" alt="(.*?)".*?/>', r"![\2](\1)", body.replace(f"{BUILT}/", ""))
        write(f"vignettes/{name}.md", f"# {title[1]}\n{body}")
        if (BUILT / f"{name}_files").exists():
            shutil.copytree(BUILT / f"{name}_files", SOURCE / "vignettes" / f"{name}_files")


def navigation(sections: dict[str, list[str]]) -> list[Any]:
    """What the menus of the site list."""
    return [
        {"Start": ["index.md", "docs/coming-from.md", "examples/index.md"]},
        {"The chapter": [f"vignettes/{topic}.md" for topic in CHAPTER]},
        {"Reference": [{section: [f"reference/{name}.md" for name in names]} for section, names in sections.items()]},
        {"About": [*(f"{path}.md" for path in DOCS if path != "docs/coming-from"), "NEWS.md", "CONTRIBUTING.md"]},
    ]


if __name__ == "__main__":
    main()
