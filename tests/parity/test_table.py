"""docs/parity.md says of each function what the other tests have shown."""

from collections import Counter
from pathlib import Path

import backend_section
import layers_section
import oracles
import pytest
import r_formals
import signatures
import test_arguments
import test_behaviour
import test_formals
import test_words
from conftest import SHOWN
from tables import cell, table

pytestmark = pytest.mark.r

# What tests/python has shown of a family, beside Keras 2: modules with a section for each page.
SECTIONS = [backend_section, layers_section]
DOCS = Path(__file__).parents[2] / "docs"
WORDS = {
    "parity.md": """# Parity

What the tests have shown of each function, in R and Python in one process; `make test-parity` fails where this table
says other than they do, and `make parity-table` writes it.

* **Formals**: names, order and defaults are equal to the book's and to those of these versions of R keras, apart from
  the deviations below.
* **Coercions**: arguments that R keras converts, and that are converted the same way.
* **Arrived**: arguments that were given in R and found in Python, in value and type.
* **Refused**: arguments for which wrong values are refused with the same sentence in both languages.
* **Behaves**: what comes of it in R is what comes of it in Python, to the last bit.

{table}

{sections}

## Defaults of two generations

Arguments are those of 2.2.5.0, then those that 2.15.0 added. Where both have an argument and not its default, it has
that of 2.2.5.0.

| function | argument | 2.15.0 | here |
| --- | --- | --- | --- |
{generations}

## Deviations

| function | argument | R keras | there | here | why |
| --- | --- | --- | --- | --- | --- |
{deviations}

## Conversions that differ from R's own by choice

| R | where | here | why |
| --- | --- | --- | --- |
{differences}
""",
    "parity.zh-CN.md": """# 一致性

测试对每个函数证明了什么(R 与 Python 在同一进程中)。本表与测试结果不符时 `make test-parity` 失败;
`make parity-table` 重写本表。

* **Formals**(形参):名称、顺序、默认值与书中以及所列 R keras 版本相同,例外见下表。
* **Coercions**(强制转换):R keras 会转换、这里以同样方式转换的参数个数。
* **Arrived**(到达):在 R 中给出、在 Python 对象中以正确的值和类型找到的参数个数。
* **Refused**(拒绝):错误的值在两种语言中以同一句话被拒绝的参数个数。
* **Behaves**(行为):R 与 Python 的结果逐位相同。

{table}

{sections}

## 两代默认值

参数先按 2.2.5.0,再接 2.15.0 新增的参数。两个版本都有、默认值却不同的参数,取 2.2.5.0 的默认值。

| 函数 | 参数 | 2.15.0 | 这里 |
| --- | --- | --- | --- |
{generations}

## 与 R keras 的差异

| 函数 | 参数 | R keras | 原值 | 这里 | 原因 |
| --- | --- | --- | --- | --- | --- |
{deviations}

## 有意与 R 不同的转换

| R | 条件 | 这里 | 原因 |
| --- | --- | --- | --- |
{differences}
""",
}


def code(text):
    return f"`{cell(text)}`" if text else ""


def formals(name):
    known = SHOWN[name, "formals"]
    if not known:
        return "ours" if name in test_formals.OURS else "passed on by R keras"
    deviations = Counter(row["version"] for row in oracles.deviations() if row["fun"] == name)
    return ", ".join(
        version + (f" ({deviations[version]})" if deviations[version] else "")
        for version in ("book", *oracles.VERSIONS)
        if version in known
    )


def share(name, column):
    arguments = len(signatures.parameters(signatures.FUNCTIONS[name]))
    return f"{len(SHOWN[name, column])} of {arguments}" if arguments else ""


def row(name):
    by_hand = name in test_arguments.BY_HAND
    return [
        f"`{name}`",
        formals(name),
        str(len(SHOWN[name, "coercions"]) or ""),
        "in R" if by_hand else share(name, "arrived"),
        "in R" if by_hand else share(name, "refused"),
        "equal" if SHOWN[name, "behaves"] else test_behaviour.ELSEWHERE[name],
    ]


def changed_defaults(name):
    """The arguments that both generations have, with another default in the second."""
    first, second = (oracles.formals(version).get(name, {}) for version in (test_formals.FIRST, test_formals.SECOND))
    here = r_formals.formals(signatures.FUNCTIONS[name])
    return [(one, second[one], here[one]) for one in first if one in second and second[one] != first[one]]


def page(file):
    columns = ["function", "formals", "coercions", "arrived", "refused", "behaves"]
    return WORDS[file].format(
        table=table(columns, [row(name) for name in signatures.FUNCTIONS]),
        sections="\n\n".join(one.section(file, formals) for one in SECTIONS),
        generations="\n".join(
            f"| `{name}` | `{argument}` | {code(theirs)} | {code(here)} |"
            for name in signatures.FUNCTIONS
            for argument, theirs, here in changed_defaults(name)
        ),
        deviations="\n".join(
            f"| `{one['fun']}` | `{one['arg']}` | {one['version']} | {code(one['theirs'])} | {code(one['ours'])} "
            f"| {cell(one['reason'])} |"
            for one in oracles.deviations()
        ),
        differences="\n".join(
            f"| `{one['rule']}` | {code(one['where'])} | {code(one['ours'])} | {cell(one['reason'])} |"
            for one in oracles.differences()
        ),
    )


@pytest.mark.parametrize("name", signatures.FUNCTIONS)
def test_everything_is_shown(name):
    if name in test_arguments.BY_HAND:
        return
    arguments = {argument for argument, _, _ in signatures.parameters(signatures.FUNCTIONS[name])}
    assert SHOWN[name, "arrived"] == arguments
    assert SHOWN[name, "refused"] == {one for one in arguments if (name, one) not in test_words.ARGUMENTS_OF_R}
    assert SHOWN[name, "behaves"] or name in test_behaviour.ELSEWHERE


@pytest.mark.parametrize("file", WORDS)
def test_the_table_in_the_docs(file, request):
    written = page(file)
    if request.config.getoption("--write-table"):
        (DOCS / file).write_text(written, "utf-8")
    assert (DOCS / file).read_text("utf-8") == written, "run `make parity-table`"
