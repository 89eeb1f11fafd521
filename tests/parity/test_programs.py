"""Programs of the books, small, in behaviour/programs/: R comes to the numbers that Python comes to."""

import warnings
from pathlib import Path

import numpy as np
import pytest
import test_expressions

pytestmark = pytest.mark.r

FOLDER = Path(__file__).parent / "behaviour" / "programs"
PROGRAMS = sorted(path.stem for path in FOLDER.glob("*.R"))
# What else shows that a program does what it is for.
SHOWN_BY = {
    "class_activation": lambda loss, _, heatmap: heatmap.max() == 1 and loss[-1] < loss[0],
    "filter_pictures": lambda losses, _, dreams, image: (np.diff(losses) > 0).all() and (np.diff(dreams) > 0).all(),
    "movie_reviews": lambda learnt, given, acc, predicted, data, _, kept, matrix: (
        learnt[-1] < learnt[0] and given[-1] < given[0] and np.allclose(kept, matrix) and data.shape == (20, 6)
    ),
    "neural_style": lambda losses, _: (np.diff(losses) < 0).all(),
    "recurrent_steps": lambda last, outputs, *_: (last == outputs[:, -1]).all(),
    "small_convnet": lambda batch, labels, history, frozen, tuned, before, after, _: (
        history[-1] < history[0] and tuned[-1] < frozen[0] and (before == after).all() and batch.shape == (4, 12, 12, 3)
    ),
    "temperature_forecasting": lambda loss, _, again, *__: (np.diff(loss) < 0).all() and max(again) < loss[0] / 2,
    "text_generation": lambda losses, written: losses[-1] < losses[0] / 2 and len(set(written)) > 3,
    "variational_autoencoder": lambda losses, *_: (np.diff(losses) < 0).all(),
}


def text(program, suffix):
    return (FOLDER / (program + suffix)).read_text("utf-8")


def said(program):
    """The functions of rkeras that a program calls, in R and in Python."""
    return test_expressions.functions_in(text(program, ".R")) & test_expressions.functions_in(text(program, ".py"))


SAID = {name for program in PROGRAMS for name in said(program) if name.startswith("k_")}


def test_each_program_is_there_in_both_languages():
    assert sorted(path.stem for path in FOLDER.glob("*.py")) == PROGRAMS == sorted(SHOWN_BY)


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_same_numbers(program, r, parity):
    in_python = {}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*has begun to compute")  # R is in this process as well
        exec(text(program, ".py"), in_python)
    in_python = [np.asarray(one, "float64") for one in in_python["result"]]
    from_r = [np.asarray(one) for one in r(f'local({{sys.source("{FOLDER / program}.R", environment()); result}})')]
    assert SHOWN_BY[program](*in_python)
    for one, other in zip(in_python, from_r, strict=True):
        assert one.size == other.size
        np.testing.assert_allclose(other.reshape(one.shape), one, rtol=1e-6, atol=1e-7)
    for name in said(program) & SAID:
        parity(name, "behaves", "R and Python")
