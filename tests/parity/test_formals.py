"""Names, order and defaults are R keras'."""

import oracles
import pytest
import r_formals

import rkeras_py

FUNCTIONS = {name: one for name in rkeras_py.__all__ if hasattr(one := getattr(rkeras_py, name), "__contract__")}
BOOK = oracles.formals("book")
KNOWN = [
    (version, name)
    for version in oracles.VERSIONS
    for name in FUNCTIONS
    # R keras passes some functions of other packages on: their formals are not its own.
    if oracles.formals(version).get(name) and oracles.is_followed(version, name)
]

DEVIATIONS = {(row["version"], row["fun"], row["arg"]): row for row in oracles.deviations()}


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


@pytest.mark.parametrize(("version", "name"), KNOWN)
def test_formals_are_those_of_r_keras(version, name, parity):
    theirs = oracles.formals(version)[name]
    ours = r_formals.formals(FUNCTIONS[name])
    expected = {}
    for argument, default in theirs.items():
        deviation = DEVIATIONS.get((version, name, argument))
        if deviation is None:
            expected[argument] = default
        elif deviation["ours"] != "(none)":
            assert deviation["theirs"] == default
            expected[argument] = deviation["ours"]
    assert {argument: ours.get(argument) for argument in expected} == expected
    assert [argument for argument in ours if argument in expected] == list(expected)
    parity(name, "formals", version)


def test_no_deviation_is_listed_in_vain():
    used = {(version, name, argument) for version, name in KNOWN for argument in oracles.formals(version)[name]}
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
