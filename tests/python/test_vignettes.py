"""Each vignette is there in English and in Chinese, with the same code."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

FOLDER = Path(__file__).parents[2] / "vignettes"
TOPICS = sorted(path.stem for path in FOLDER.glob("*.Rmd") if not path.stem.endswith(".zh-CN"))


def chunks(name):
    return re.findall(r"^```\{.*?^```$", (FOLDER / f"{name}.Rmd").read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_there_are_vignettes_in_pairs():
    assert TOPICS
    assert {path.stem for path in FOLDER.glob("*.Rmd")} == {*TOPICS, *(f"{topic}.zh-CN" for topic in TOPICS)}


def test_the_moons_are_those_of_the_examples():
    assert (FOLDER / "moons.csv").read_bytes() == (FOLDER.parent / "examples" / "data" / "moons.csv").read_bytes()


@pytest.mark.parametrize("topic", TOPICS)
def test_the_code_is_the_same(topic):
    assert len(chunks(topic)) >= 5
    assert chunks(topic) == chunks(f"{topic}.zh-CN")


@pytest.mark.parametrize("topic", TOPICS)
def test_the_code_is_no_wider_than_the_page(topic):
    assert [line for chunk in chunks(topic) for line in chunk.split("\n")[1:] if len(line) > 96] == []


@pytest.mark.parametrize("topic", TOPICS)
def test_the_text_is_chinese(topic):
    prose = re.sub(r"^```\{.*?^```$", "", (FOLDER / f"{topic}.zh-CN.Rmd").read_text("utf-8"), flags=re.M | re.S)
    assert len(re.findall(r"[\u4e00-\u9fff]", prose)) > 200
