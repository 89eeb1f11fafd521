"""What `as.integer()`, `match.arg()`, `isTRUE()` and `path.expand()` do in R, the conversions here do too.

Where they do otherwise by choice, `differences.tsv` says for which `x`, what they do, and why.
"""

from typing import Literal

import in_r
import oracles
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rkeras_py.language import Path
from rkeras_py.language.annotations import kind_of
from rkeras_py.language.kinds import Unfit, converted_to

pytestmark = pytest.mark.r

# The R code of a rule for `x`, and the kind of annotation that stands for it.
RULES = {
    "as.integer": ("as.integer(x)", kind_of(int)),
    "isTRUE": ("isTRUE(x)", kind_of(bool)),
    "match.arg": ("match.arg(x, choices)", kind_of(Literal["auto", "min", "max"])),
    "path.expand": ("path.expand(x)", kind_of(Path)),
}
VALUES = [
    *("0", "1", "-1", "1L", "7L", "2.5", "-2.5", "2.999999", "-0.5", "1e-300", "1e5", "2147483647", "2147483648"),
    *("-2147483647", "-2147483648", "1e300", "Inf", "-Inf", "NaN", "TRUE", "FALSE"),
    *("NA", "NA_integer_", "NA_real_", "NA_character_", "NULL"),
    *('"auto"', '"min"', '"max"', '"a"', '"mi"', '"ma"', '"m"', '"minimum"', '"MIN"', '""', '"5"', '"5.7"', '"TRUE"'),
    *('"~/model.h5"', '"~"', '"a/../b"', '"C:\\\\a"', '"weights.{epoch:02d}.h5"', '"模型.h5"'),
    *("c(1, 2)", "c(1.5, 2.5)", "1:3", "c(TRUE, FALSE)", 'c("auto", "min", "max")', 'c("min", "max")', "list(1)"),
    *('list("min")', 'list(1, "a")', "list(a = 1)", "c(a = 1)", "c(a = TRUE)", 'c(a = "min")', "c(a = 1, b = 2)"),
    *(
        "list()",
        "list(TRUE)",
        "numeric(0)",
        "character(0)",
        "matrix(1)",
        "array(2.5)",
        'factor("min")',
        'as.Date("2020-01-01")',
    ),
    *("1i", "quote(x)", "y ~ x", "as.raw(1)"),
]

DIFFERENCES = oracles.differences()


@pytest.fixture(scope="module")
def rules(r):
    """The R side: what a value comes to, as text; "refused" where R stops, NA where it makes one."""
    r("""{
    .outcome <- function(x, code) {
      choices <- c("auto", "min", "max")
      made <- tryCatch(suppressWarnings(unname(eval(str2lang(code)))), error = function(cond) "refused")
      paste(deparse(made), collapse = "")
    }
    .applies <- function(x, where) isTRUE(tryCatch(eval(str2lang(where)), error = function(cond) FALSE))
    .arrives <- function(x) rkeras:::to_python(x, "x")
    1 }""")
    return r


def outcome(r, value, code):
    return r(f".outcome({value}, {in_r.text(code)})")


def wanted(r, rule, value):
    """What is to come out here: what R does, or what the table of differences says."""
    for row in DIFFERENCES:
        if row["rule"] == rule and r(f".applies({value}, {in_r.text(row['where'])})"):
            return '"refused"' if row["ours"] == "refused" else outcome(r, value, row["ours"])
    return outcome(r, value, RULES[rule][0])


def here(r, rule, value):
    """What comes out here, when the value has come over the bridge."""
    try:
        made = converted_to(RULES[rule][1], r(f".arrives({value})"))
    except Unfit:
        return '"refused"'
    return f"{made}L" if type(made) is int else in_r.text(made)


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("rule", RULES)
def test_value(rule, value, rules):
    assert here(rules, rule, value) == wanted(rules, rule, value)


NUMBERS = st.one_of(st.floats(), st.integers(-(2**31), 2**31).map(float), st.booleans(), st.integers(-(2**31), 2**31))
WORDS = st.one_of(
    st.sampled_from(["auto", "min", "max"]).flatmap(lambda word: st.integers(0, len(word)).map(lambda n: word[:n])),
    st.text("autominx~/ .模", max_size=6),
)
OFTEN = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


@OFTEN
@given(number=NUMBERS)
@pytest.mark.parametrize("rule", ["as.integer", "isTRUE"])
def test_any_number(rule, number, rules):
    value = in_r.text(number)
    assert here(rules, rule, value) == wanted(rules, rule, value)


@OFTEN
@given(word=WORDS)
@pytest.mark.parametrize("rule", ["match.arg", "path.expand"])
def test_any_word(rule, word, rules):
    assert here(rules, rule, in_r.text(word)) == wanted(rules, rule, in_r.text(word))


def test_the_choices_are_what_match_arg_says_of_them(rules):
    """A missing argument, the vector of all choices and NULL mean the first one."""
    for mode in ("", 'mode = c("auto", "min", "max")', "mode = NULL"):
        assert rules(f"callback_reduce_lr_on_plateau({mode})").mode == "auto"


@pytest.mark.parametrize("row", DIFFERENCES, ids=lambda row: f"{row['rule']}: {row['where']}")
def test_no_difference_is_listed_in_vain(row, rules):
    """Of the values in the table, one at least is taken by this line, and is not what R does."""
    before = DIFFERENCES[: DIFFERENCES.index(row)]
    taken = [
        value
        for value in VALUES
        if rules(f".applies({value}, {in_r.text(row['where'])})")
        and not any(
            other["rule"] == row["rule"] and rules(f".applies({value}, {in_r.text(other['where'])})")
            for other in before
        )
    ]
    assert any(wanted(rules, row["rule"], value) != outcome(rules, value, RULES[row["rule"]][0]) for value in taken)
    assert row["reason"]
