"""Names, order and defaults are R keras'."""

import oracles
import pytest
import r_formals

import rkeras_py
from rkeras_py.language import contract_of

FUNCTIONS = {name: one for name in rkeras_py.__all__ if hasattr(one := getattr(rkeras_py, name), "__contract__")}
BOOK = oracles.formals("book")
DEVIATIONS = {(row["version"], row["fun"], row["arg"]): row for row in oracles.deviations()}
FIRST, SECOND = "2.2.5.0", "2.15.0"


def test_every_function_of_the_book_is_there():
    assert set(BOOK) <= set(FUNCTIONS)


# Arguments that the book's functions have not got; they stand behind those of the book.
ADDED = {"callback_model_checkpoint": {"background": "FALSE"}}


@pytest.mark.parametrize("name", BOOK)
def test_formals_are_the_books(name, parity):
    added = ADDED.get(name, {})
    assert list(r_formals.formals(FUNCTIONS[name]).items()) == [*BOOK[name].items(), *added.items()]
    parity(name, "formals", "book")


# Functions that R keras has not got.
OURS = {
    "last_history": "an interrupted fit has nothing to return its history with",
    "callback_json_logger": "every tutorial writes one by hand",
    "callback_early_stopping_gl": "a criterion of Prechelt's, which no Keras has",
    "callback_early_stopping_pq": "a criterion of Prechelt's, which no Keras has",
    "callback_early_stopping_up": "a criterion of Prechelt's, which no Keras has",
    "callback_stop_at": "asked for with early stopping for years",
    "callback_timer": "asked for with early stopping for years",
}


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name not in BOOK])
def test_other_functions_are_r_keras_own(name):
    known = [version for version in oracles.VERSIONS if name in oracles.exports(version)]
    assert bool(known) != (name in OURS), f"neither the book nor R keras has {name}"


def as_here(name, version):
    """The formals of a version of R keras, with the deviations that are listed; None where it has no such function."""
    theirs = oracles.formals(version).get(name)
    if theirs is None:
        return None
    expected = {}
    for argument, default in theirs.items():
        deviation = DEVIATIONS.get((version, name, argument))
        if deviation is None:
            expected[argument] = default
        elif deviation["ours"] != "(none)":
            assert deviation["theirs"] == default
            expected[argument] = deviation["ours"]
    if "..." in expected and "..." not in r_formals.formals(FUNCTIONS[name]):
        del expected["..."]  # what R keras handed on to Keras through it is named here
    return expected


@pytest.mark.parametrize("version", ["2.2.4.1", FIRST])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_formals_are_those_of_the_first_generation(name, version, parity):
    expected = as_here(name, version)
    if not expected:
        return  # R keras passes some functions of other packages on: their formals are not its own
    ours = r_formals.formals(FUNCTIONS[name])
    assert {argument: ours.get(argument) for argument in expected} == expected
    assert [argument for argument in ours if argument in expected] == list(expected)
    parity(name, "formals", version)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_formals_of_the_second_generation_stand_behind(name, parity):
    first, second = as_here(name, FIRST) or {}, as_here(name, SECOND)
    if not second:
        return
    ours = r_formals.formals(FUNCTIONS[name])
    others = contract_of(FUNCTIONS[name]).other_names
    added = {argument: default for argument, default in second.items() if argument not in first}
    # The default of an argument with two names is that of its first name.
    added |= dict.fromkeys(set(others) & set(added), "NULL")
    assert {argument: ours.get(argument) for argument in added} == added
    in_order = [*first, *(argument for argument in second if argument in added)]
    if list(first)[-1:] == ["..."]:
        in_order.append(in_order.pop(len(first) - 1))  # it stays behind all others
    assert [argument for argument in ours if argument in in_order] == in_order
    assert set(others.values()) <= set(first or second)
    parity(name, "formals", SECOND)


def test_no_deviation_is_listed_in_vain():
    used = {
        (version, name, argument)
        for version in oracles.VERSIONS
        for name in FUNCTIONS
        for argument in oracles.formals(version).get(name, ())
    }
    assert set(DEVIATIONS) <= used
    assert all(row["theirs"] != row["ours"] and row["reason"] for row in DEVIATIONS.values())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *[(0, "0"), (0.1, "0.1"), (1e-4, "1e-04"), (0.001, "0.001"), (100000, "1e+05"), (1e-7, "1e-07"), (-1, "-1")],
        *[(0.99, "0.99"), (2.0, "2"), (1000, "1000"), (123456, "123456")],
        *[(True, "TRUE"), (None, "NULL"), ('a"b', r'"a\"b"')],
    ],
)
def test_constants_are_written_as_r_deparses_them(value, text):
    assert r_formals.r_text(value) == text
