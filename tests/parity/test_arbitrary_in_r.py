"""Whatever a constructor of a callback and `fit(callbacks = …)` are given in R: they work, or stop in rkeras's words.

The Python twin is tests/python/test_arbitrary.py. A crash of R would take this process with it.
"""

import os
import shutil
from collections import Counter

import arbitrary
import embedded_r
import in_r
import keras
import numpy as np
import pytest
import signatures
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.r

CONSTRUCTORS = int(os.environ.get("RKERAS_CONSTRUCTORS_IN_R", "300"))
TRAININGS = int(os.environ.get("RKERAS_TRAININGS_IN_R", "10"))
COUNTED = Counter()
_HOW = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}

# What only R has, or has in another way.
OF_R = [
    *["NA", "NA_integer_", "NA_character_", "NULL", "NaN", "Inf", "1i", "as.raw(1)", "1e10", "-1", "5L", "5.7"],
    *["factor('a')", "data.frame(a = 1)", "quote(x)", "expression(1)", "y ~ x", "as.name('x')", "matrix(1:4, 2)"],
    *["Sys.Date()", "Sys.time()", "as.difftime(3, units = 'mins')", "new.env()", "globalenv()", "numeric(0)", "list()"],
    *[
        "character(0)",
        "c(a = 1)",
        "c(a = 'b')",
        "list(1, 'a')",
        "list(a = list(1))",
        "structure(list(), class = 'odd')",
    ],
    *["KerasCallback", "KerasCallback$new()", "KerasCallback$new", "callback_lambda()", "callback_lambda", "sum"],
    *["function() 0.1", "function(epoch) 0.1", "function(epoch, lr) lr", "function(a, b, c) 1", "function(...) 'a'"],
    *[
        "function(epoch, logs) list(new = 1)",
        "function(logs) stop('of the user')",
        "function(epoch) stop('of the user')",
    ],
    *["'a.csv'", "'b.h5'", "'中文.csv'", "'c.{epoch}.h5'", "'val_loss'", "'loss'", "'max'", "1:3", "TRUE", "FALSE"],
]
OUTCOME = """local({
  outcome <- suppressWarnings(tryCatch(
    {
      capture.output(made <- %s)
      if (inherits(made, c("keras.src.callbacks.callback.Callback", "keras_training_history"))) "works" else class(made)
    },
    rkeras_argument_error = function(cond) paste("refused:", conditionMessage(cond)),
    rkeras_file_error = function(cond) paste("refused:", conditionMessage(cond)),
    error = function(cond) {
      # R says so of a function that uses an argument which it was not given.
      if (grepl("of the user|is missing, with no default", conditionMessage(cond))) "of the user"
      else paste(c(class(cond), conditionMessage(cond)), collapse = " | ")
    }
  ))
  paste(outcome, collapse = " ")
})"""


def _in_r(value):
    """R code for a value; what has a NUL or half of a character in a text is none of R's."""
    code = in_r.text(value)
    return "NA_character_" if "\0" in code or any("\ud800" <= sign <= "\udfff" for sign in code) else code


@st.composite
def calls(draw):
    """R code that calls a constructor, and its name."""
    function, arguments = draw(arbitrary.calls(plain=True))
    codes = {name: _in_r(value) for name, value in arguments.items()}
    for name, annotation, _ in signatures.parameters(function):
        if name in codes and draw(st.integers(0, 4)) == 3:
            codes[name] = draw(st.sampled_from(OF_R))
        if name in codes and "Callable" in str(annotation):
            codes[name] = draw(st.sampled_from([code for code in OF_R if "function" in code]))
    given = ", ".join(f"{name} = {code}" for name, code in codes.items())
    return function.__name__, f"{function.__name__}({given})"


@settings(max_examples=CONSTRUCTORS, **_HOW)
@given(calls())
def test_a_constructor_works_or_refuses_its_arguments(r, call):
    name, code = call
    outcome = r(OUTCOME % code)
    COUNTED["constructors"] += 1
    COUNTED["refused"] += outcome != "works"
    assert outcome == "works" or outcome.startswith(f"refused: {name}(): "), code


def model():
    made = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    made.compile("sgd", "mse", metrics=["mae"], run_eagerly=True)
    return made


@settings(max_examples=TRAININGS, **_HOW)
@given(st.lists(calls(), min_size=1, max_size=3), arbitrary.mostly(st.just("NULL"), st.sampled_from(OF_R)))
def test_a_training_goes_through_or_is_refused(r, chosen, junk):
    works = [code for _, code in chosen if r(OUTCOME % code) == "works"]
    embedded_r.lent.append(model())
    data = f".lent({len(embedded_r.lent) - 1}L), {in_r.text(np.ones((8, 2)))}, rep(1, 8)"
    code = f"fit({data}, epochs = 2, verbose = 0, callbacks = list({', '.join([*works, junk])}))"
    outcome = r(OUTCOME % code)
    COUNTED["trainings"] += 1
    COUNTED[f"trainings: {outcome.split(':')[0]}"] += 1
    for name in os.listdir():
        shutil.rmtree(name) if os.path.isdir(name) else os.unlink(name)
    assert outcome in ("works", "of the user") or (outcome.startswith("refused: ") and "(): " in outcome), code


def test_what_was_tried_is_told(capsys):
    with capsys.disabled():
        print(f"\n{dict(COUNTED)}")
    assert COUNTED["refused"] < COUNTED["constructors"]
